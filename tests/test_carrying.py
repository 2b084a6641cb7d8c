"""Passages go over to the next text of their article."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from annotations import carrying, highlighting, settling
from annotations.importing import import_article
from annotations.models import (
    Appearance,
    Carriage,
    CarriageOutcome,
    CarriageState,
    ClaimStatus,
    Edition,
)
from tests import make

OLD = (
    "Before the sea there was rain. The dam holds 40 million litres, he said.\n\n"
    "Nobody has measured it twice. It was built in 1974 by hand.\n\n"
    "The mayor lives upstream, as we all know.\n\n"
    "A last word was said about the turbines that nobody repaired."
)
NEW = (
    "Before the sea there was rain. The dam holds 45 million litres, he said.\n\n"
    "The mayor lives upstream, as we all know.\n\n"
    "Nobody has measured it twice. It was built in 1974 by hand.\n\n"
    "Something else was printed over the end of this article."
)
PASSAGES = [
    "there was rain",
    "The dam holds 40 million litres",
    "built in 1974",
    "The mayor lives upstream",
    "the turbines that nobody repaired",
]


@pytest.fixture
def old(editor) -> Edition:
    edition = make.edition(OLD, by=editor)
    for quote in PASSAGES:
        make.claim(quote, edition=edition, by=editor)
    return edition


def outcomes(edition) -> dict[str, tuple[str, str, str]]:
    """For the words of each passage its outcome, its state and its words in `edition`."""
    rows = Carriage.objects.filter(edition=edition).select_related("appearance")
    return {row.appearance.quote: (row.outcome, row.state, row.quote) for row in rows}


def add(edition, text, *, by):
    """The next text of the article, before any task has run."""
    return import_article(
        text, by=by, headline="-", address=edition.article.address
    ).edition


@pytest.mark.django_db
def test_the_same_words_are_carried_and_others_wait_for_a_person(old, editor):
    new = add(old, NEW, by=editor)

    assert carrying.carry_over.call(new.pk) == 5

    assert outcomes(new) == {
        "there was rain": ("carried", "carried", "there was rain"),
        "The dam holds 40 million litres": ("figure_changed", "waiting", ""),
        "built in 1974": ("carried", "carried", "built in 1974"),
        "The mayor lives upstream": ("carried", "carried", "The mayor lives upstream"),
        "the turbines that nobody repaired": ("orphaned", "waiting", ""),
    }
    assert new.appearances.count() == 3
    assert old.appearances.count() == 5
    for row in new.appearances.all():
        assert new.text[row.start : row.end] == row.quote
        assert row.added_by == editor


@pytest.mark.django_db
def test_carrying_over_twice_does_no_harm(old, editor):
    new = add(old, NEW, by=editor)
    carrying.carry_over.call(new.pk)
    before = outcomes(new)

    assert carrying.carry_over.call(new.pk) == 0
    assert outcomes(new) == before


@pytest.mark.django_db
def test_a_stopped_task_goes_on_where_it_was(old, editor, monkeypatch):
    new = add(old, NEW, by=editor)
    monkeypatch.setattr(carrying, "BATCH", 2)
    write, calls = carrying._write, []

    def stop_after_one(*args, **kwargs):
        if calls:
            raise KeyboardInterrupt
        calls.append(1)
        return write(*args, **kwargs)

    monkeypatch.setattr(carrying, "_write", stop_after_one)
    with pytest.raises(KeyboardInterrupt):
        carrying.carry_over.call(new.pk)
    halfway = carrying.report(new)
    monkeypatch.setattr(carrying, "_write", write)

    assert (halfway.done, halfway.remaining, halfway.total) == (2, 3, 5)
    assert carrying.carry_over.call(new.pk) == 3
    assert carrying.report(new).remaining == 0


@pytest.mark.django_db
def test_importing_a_next_text_has_it_carried_over_and_a_first_one_not(
    editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as first:
        edition = make.edition("It is round. It is old.", by=editor)
        make.claim("It is round.", edition=edition, by=editor)
    with django_capture_on_commit_callbacks(execute=True) as second:
        new = add(edition, "It is round. It is new.", by=editor)
    with django_capture_on_commit_callbacks() as same:
        add(edition, "It is round. It is new.", by=editor)

    # Suggestions are asked for too, whenever there is a text that nobody has read.
    assert (len(first), len(second), len(same)) == (1, 2, 0)
    assert outcomes(new) == {"It is round.": ("carried", "carried", "It is round.")}


@pytest.mark.django_db
def test_texts_in_quick_succession_are_gone_through_one_by_one(old, editor):
    second = add(old, OLD.replace("rain", "much rain"), by=editor)
    third = add(old, OLD.replace("rain", "much rain") + " Indeed.", by=editor)

    carrying.carry_over.call(third.pk)

    assert outcomes(second)["built in 1974"][1] == "carried"
    later = outcomes(third)
    assert later["built in 1974"][1] == "carried"
    # What waited in the second text is asked of the third, and no longer of the second.
    assert outcomes(second)["there was rain"][1] == "overtaken"
    assert later["there was rain"][1] == "waiting"
    assert Carriage.objects.waiting().count() == 1


@pytest.mark.django_db
def test_what_has_gone_on_is_not_carried_over_a_second_time(old):
    second = make.next_edition(old, "It began so. " + OLD)
    third = make.next_edition(old, "It began otherwise. " + OLD)

    rows = Carriage.objects.filter(edition=third).select_related("appearance")
    assert {row.appearance.edition_id for row in rows} == {second.pk}
    assert len(rows) == 5


@pytest.mark.django_db
def test_words_that_come_back_are_found_again(old, editor):
    make.next_edition(old, NEW)
    third = make.next_edition(old, OLD + "\n\nA correction was added below it.")

    assert {state for _, state, _ in outcomes(third).values()} == {"carried"}
    assert not Carriage.objects.waiting().exists()


@pytest.mark.django_db
def test_going_back_to_an_earlier_text_brings_every_passage_home(old, editor):
    new = make.next_edition(old, NEW)
    waiting = {row.appearance.quote: row for row in Carriage.objects.waiting()}
    settling.settle(waiting["The dam holds 40 million litres"], 0, seen=1, by=editor)
    settling.settle(
        waiting["the turbines that nobody repaired"], None, seen=1, by=editor
    )
    fresh = make.claim("Something else was printed", edition=new, by=editor)

    home = make.next_edition(old, OLD)

    where = [(row.claim_id, row.start, row.end) for row in old.appearances.all()]
    assert [
        (row.claim_id, row.start, row.end) for row in home.appearances.all()
    ] == where
    report = carrying.report(home)
    assert report.outcomes == [
        (CarriageOutcome.CARRIED, 5),
        (CarriageOutcome.ORPHANED, 1),
    ]
    [left] = Carriage.objects.waiting()
    assert left.appearance.claim == fresh
    changed = Carriage.objects.get(
        edition=home, state=CarriageState.HOME, outcome=CarriageOutcome.CHANGED
    )
    assert (changed.appearance.quote, changed.quote) == (
        "The dam holds 45 million litres",
        "The dam holds 40 million litres",
    )


@pytest.mark.django_db
def test_what_a_person_gave_up_is_not_asked_again(old, editor):
    make.next_edition(old, NEW)
    row = Carriage.objects.waiting().get(outcome="orphaned")
    settling.settle(row, None, seen=1, by=editor)

    third = make.next_edition(old, NEW.replace("rain", "hail"))

    assert outcomes(third)["the turbines that nobody repaired"] == (
        "orphaned",
        "gone",
        "",
    )


@pytest.mark.django_db
def test_a_highlight_on_an_earlier_text_is_carried_over_too(
    old, editor, django_capture_on_commit_callbacks
):
    new = make.next_edition(old, NEW)

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        span = make.span(old, "Nobody has measured it twice.")
        made = highlighting.highlight(old, span, by=editor)
    with django_capture_on_commit_callbacks(execute=True) as again:
        highlighting.highlight_again(old, span, by=editor)
        highlighting.add_passage(
            made.claim, old, make.span(old, "The mayor"), by=editor
        )
    with django_capture_on_commit_callbacks() as on_the_latest:
        highlighting.highlight(new, make.span(new, "Something else"), by=editor)

    assert (len(callbacks), len(again), len(on_the_latest)) == (1, 2, 0)
    carried = new.appearances.filter(quote="Nobody has measured it twice.")
    assert [row.ordinal for row in carried] == [1, 2]
    assert set(
        made.claim.appearances.filter(edition=new).values_list("quote", flat=True)
    ) == {
        "Nobody has measured it twice.",
        "The mayor",
    }


@pytest.mark.django_db
def test_words_that_are_highlighted_already_in_the_new_text_are_one_passage(
    old, editor
):
    new = add(old, NEW, by=editor)
    claim = Appearance.objects.get(quote="built in 1974").claim
    by_hand = highlighting.add_passage(
        claim, new, make.span(new, "built in 1974"), by=editor
    ).appearance
    other = highlighting.highlight(new, make.span(new, "there was rain"), by=editor)

    carrying.carry_over.call(new.pk)

    row = Carriage.objects.get(passage=by_hand)
    assert (row.state, row.has_made_passage) == ("carried", False)
    both = new.appearances.filter(quote="there was rain").order_by("ordinal")
    assert [one.ordinal for one in both] == [1, 2]
    assert both[0].claim == other.claim


@pytest.mark.django_db
@pytest.mark.parametrize(
    "status", [one for one in ClaimStatus if one != ClaimStatus.SUGGESTED]
)
def test_a_claim_in_any_state_is_carried_and_stays_in_it(status, editor):
    claim = make.claim(status=status, by=editor)
    edition = claim.appearances.get().edition

    new = make.next_edition(edition, "Long before. It is round. After.")

    claim.refresh_from_db()
    assert claim.status == status
    assert claim.appearances.get(edition=new).start == 13


@pytest.mark.django_db
def test_a_fresh_highlight_can_still_be_undone_after_it_was_carried(editor):
    claim = make.claim(by=editor)
    make.next_edition(claim.appearances.get().edition, "Now. It is round.")

    highlighting.undo(claim, by=editor)

    assert not Appearance.objects.exists()
    assert not Carriage.objects.exists()


@pytest.mark.django_db
def test_500_passages_are_carried_with_few_queries(
    editor, django_assert_max_num_queries
):
    text = "\n\n".join(f"Sentence number {n:03d} is one of many." for n in range(500))
    edition = make.edition(text, by=editor)
    for number in range(500):
        span = make.span(edition, f"number {number:03d}")
        highlighting.highlight(edition, span, by=editor)
    new = add(edition, text.replace("250 is one", "250 was one"), by=editor)

    # Fifteen for each hundred, and what the texts themselves take.
    with django_assert_max_num_queries(90):
        carrying.carry_over.call(new.pk)

    assert new.appearances.count() == 500


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_everything_down_once(old, editor):
    new = add(old, NEW, by=editor)
    Carriage.objects.all().delete()
    Appearance.objects.filter(edition=new).delete()
    barrier, totals = Barrier(2), []

    def work():
        barrier.wait()
        totals.append(carrying.carry_over.call(new.pk))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(totals) == 5
    assert new.appearances.count() == 3
    assert carrying.report(new).remaining == 0


@pytest.mark.django_db(transaction=True)
def test_people_highlight_the_same_words_while_they_are_carried(old, editor):
    new = add(old, NEW, by=editor)
    Carriage.objects.all().delete()
    Appearance.objects.filter(edition=new).delete()
    barrier = Barrier(2)

    def work(deed):
        barrier.wait()
        deed()
        connection.close()

    def highlight_all():
        for quote in ("there was rain", "built in 1974", "The mayor lives upstream"):
            highlighting.highlight(new, make.span(new, quote), by=editor)

    deeds = [lambda: carrying.carry_over.call(new.pk), highlight_all]
    workers = [Thread(target=work, args=[deed]) for deed in deeds]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    carried = Carriage.objects.filter(edition=new, state="carried")
    assert carried.count() == 3
    for row in carried:
        assert row.passage.claim_id == row.appearance.claim_id
