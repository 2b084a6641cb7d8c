"""A person says where a passage stands in a text that was changed."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from annotations import highlighting, publishing, reviewing, settling, workflow
from annotations.following import lines, settlements
from annotations.models import (
    Appearance,
    Authorship,
    Carriage,
    CarriageState,
    Claim,
    ClaimStatus,
    FactCheck,
)
from annotations.refusals import Stale
from annotations.snapshots import snapshot
from annotations.telling import story
from annotations.text.spans import Span
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Carriage:
    return make.carriage("It costs 40 euros.", "It costs 45 euros.")


def settled(row, choice, **fields):
    fields.setdefault("by", make.editor())
    fields.setdefault("seen", Carriage.objects.get(pk=row.pk).version)
    return settling.settle(row, choice, **fields)


def test_the_proposal_is_accepted(row, editor):
    done = settled(row, 0, by=editor, reason=" As corrected. ")

    assert done.state == CarriageState.ACCEPTED
    assert done.quote == done.passage.quote == "It costs 45 euros."
    assert (done.settled_by, done.reason) == (editor, "As corrected.")
    assert done.passage.claim == row.appearance.claim
    assert done.passage.added_by == editor


def test_another_proposal_is_chosen():
    row = make.doubtful()
    assert row.outcome == "ambiguous"
    start, end, *_rest = row.proposals[1]

    done = settled(row, 1)

    assert (done.state, done.quote) == ("chosen", row.appearance.quote)
    assert (done.passage.start, done.passage.end) == (start, end)


def test_words_are_selected_by_hand(row):
    done = settled(row, make.span(row.edition, "45 euros"))

    assert (done.state, done.quote) == ("selected", "45 euros")


def test_it_is_no_longer_there(row):
    done = settled(row, None)

    assert (done.state, done.passage, done.quote) == ("orphan", None, "")


@pytest.mark.parametrize("choice", [1, 9, -1, Span(0, 0), Span(7, 8)])
def test_what_is_no_choice_is_refused(row, choice):
    with pytest.raises(settling.SettleRefused):
        settled(row, choice)

    assert Carriage.objects.waiting().count() == 1


@pytest.mark.parametrize(
    ("group", "may"), [("editors", True), ("reviewers", False), ("moderators", True)]
)
def test_editors_and_moderators_settle(row, group, may):
    person = make.user(None, group)

    if may:
        assert settled(row, 0, by=person).state == "accepted"
    else:
        with pytest.raises(settling.SettleRefused, match="may not"):
            settled(row, 0, by=person)


def test_the_same_button_pressed_twice_does_no_harm(row, editor):
    first = settled(row, 0, by=editor, seen=1)
    again = settled(row, 0, by=editor, seen=1)

    assert (again.passage, again.version) == (first.passage, 2)


def test_whoever_comes_second_is_told_who_was_first(row):
    settled(row, None, by=make.editor("ada"), seen=1)

    with pytest.raises(
        Stale, match="ada has settled this passage meanwhile: no longer"
    ):
        settled(row, 0, seen=1)

    assert Carriage.objects.get(pk=row.pk).state == "orphan"


def test_a_decision_can_be_changed_and_each_is_in_the_history(row):
    claim = row.appearance.claim
    settled(row, 0, by=make.editor("ada"))
    settled(row, make.span(row.edition, "45 euros"), by=make.editor("grace"))
    settled(row, None, by=make.editor("mary"), reason="Another price.")

    assert list(claim.appearances.values_list("quote", flat=True)) == [
        "It costs 40 euros."
    ]
    told = [
        (one.who, str(clause), clause.old, clause.new, one.reason)
        for one in story(claim, seen_by=make.moderator())
        for clause in one.clauses
        if clause.said.startswith("settled")
    ]
    where, old = "settled a passage in version 2:", "It costs 40 euros."
    assert told == [
        ("ada", f"{where} the proposal accepted", old, "It costs 45 euros.", ""),
        ("grace", f"{where} selected by hand", old, "45 euros", ""),
        ("mary", f"{where} no longer in the text", old, "", "Another price."),
    ]
    row.refresh_from_db()
    assert [
        (str(one.by), one.state, one.quote, one.reason, one.edition)
        for one in settlements([row])
    ] == [
        ("ada", "accepted", "It costs 45 euros.", "", row.edition),
        ("grace", "selected", "45 euros", "", row.edition),
        ("mary", "orphan", "", "Another price.", row.edition),
    ]
    assert settlements([row])[-1].at == row.settled_at


def test_what_went_over_by_itself_can_be_settled_otherwise():
    row = make.carriage("It is round.", "It is round. It is round indeed.")
    before = row.passage

    done = settled(row, make.span(row.edition, "It is round indeed."))

    assert done.quote == "It is round indeed."
    assert not Appearance.objects.filter(pk=before.pk).exists()


def test_words_that_somebody_highlighted_stay_when_they_are_given_up(row, editor):
    claim = row.appearance.claim
    span = make.span(row.edition, "It costs 45 euros.")
    by_hand = highlighting.add_passage(claim, row.edition, span, by=editor).appearance
    assert settled(row, 0).passage == by_hand

    settled(row, None)

    assert Appearance.objects.filter(pk=by_hand.pk).exists()


def test_an_earlier_text_is_not_settled_once_a_later_one_has_come(row):
    make.next_edition(row.edition, "Before. It costs 50 euros. After.")

    with pytest.raises(settling.SettleRefused, match="later version"):
        settled(row, 0)


def test_what_has_gone_on_is_not_settled_behind_it(row):
    settled(row, 0)
    make.next_edition(row.edition, "Long before. It costs 45 euros. After.")

    with pytest.raises(settling.SettleRefused, match="later version"):
        settled(row, None)


def test_a_passage_whose_claim_was_undone_is_refused_in_a_sentence(row):
    claim = row.appearance.claim
    highlighting.undo(claim, by=claim.created_by)

    with pytest.raises(settling.SettleRefused, match="perhaps its claim was undone"):
        settling.settle(row, 0, seen=1, by=make.editor())


def test_settling_makes_nobody_an_author_of_the_claim():
    row = make.carriage(status=ClaimStatus.IN_REVIEW)
    claim = row.appearance.claim
    person = make.user(None, "editors", "reviewers")

    settled(row, 0, by=person)

    assert not Authorship.objects.filter(claim=claim, user=person).exists()
    claim.refresh_from_db()
    reviewing.give_verdict(
        claim, make.ratings()["true"], reason="I read it.", by=person
    )


def test_what_is_published_does_not_move():
    row = make.carriage(status=ClaimStatus.PUBLISHED)
    page = FactCheck.objects.get(claim=row.appearance.claim)
    before = page.revisions.get().content

    settled(row, 0)

    assert page.revisions.get().content == before
    assert Claim.objects.get(pk=page.claim_id).status == ClaimStatus.PUBLISHED


def test_words_placed_since_the_verdicts_are_not_published_as_judged():
    row = make.carriage(status=ClaimStatus.DECIDED)
    claim = row.appearance.claim
    page = make.factcheck(claim)
    boss = make.moderator()
    with pytest.raises(publishing.PublishRefused, match="settle its passages first"):
        publishing.publish(page, by=boss)

    settled(row, 0)
    make.next_edition(row.edition, "Long before. It is flat. After.")

    assert [one["quote"] for one in snapshot(page)["appearances"]] == ["It is round."]
    assert publishing.publish(page, by=boss).content["appearances"][0]["quote"] == (
        "It is round."
    )


def test_words_placed_before_a_new_round_are_what_is_judged():
    row = make.carriage(status=ClaimStatus.DECIDED)
    claim = row.appearance.claim
    settled(row, 0)
    workflow.move(
        Claim.objects.get(pk=claim.pk),
        ClaimStatus.IN_REVIEW,
        by=make.moderator(),
        reason="The article says something else now.",
    )
    for _ in range(2):
        reviewing.give_verdict(
            Claim.objects.get(pk=claim.pk),
            make.ratings()["false"],
            reason="It is not.",
            by=make.reviewer(),
        )

    page = make.factcheck(claim)

    assert [one["quote"] for one in snapshot(page)["appearances"]] == ["It is flat."]


def test_a_passage_settled_while_a_later_text_comes_goes_on_to_it(
    row, django_capture_on_commit_callbacks
):
    from annotations.importing import import_article

    article = row.edition.article
    third = import_article(
        "Long before. It costs 45 euros. After.",
        by=make.editor(),
        headline="-",
        address=article.address,
    ).edition

    with django_capture_on_commit_callbacks(execute=True):
        settled(row, 0)

    there = Carriage.objects.get(edition=third)
    assert (there.state, there.quote) == ("carried", "It costs 45 euros.")
    claim = row.appearance.claim
    [line] = lines(
        claim.appearances.all(), Carriage.objects.filter(appearance__claim=claim)
    )
    assert [line.first.quote, *(step.quote for step in line.steps)] == [
        "It costs 40 euros.",
        "It costs 45 euros.",
        "It costs 45 euros.",
    ]
    assert line.last == there.passage
    assert line.waiting is None


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_settles_and_one_is_told():
    row = make.carriage("It costs 40 euros.", "It costs 45 euros.")
    people = [make.editor(), make.editor()]
    barrier, answers = Barrier(2), []

    def work(person, choice):
        barrier.wait()
        try:
            answers.append(settling.settle(row, choice, seen=1, by=person).state)
        except Stale:
            answers.append("told")
        connection.close()

    workers = [
        Thread(target=work, args=pair) for pair in zip(people, (0, None), strict=True)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    [state] = set(answers) - {"told"}
    assert "told" in answers
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 2)
    in_new = Appearance.objects.filter(edition=row.edition)
    assert in_new.count() == (1 if state == "accepted" else 0)
