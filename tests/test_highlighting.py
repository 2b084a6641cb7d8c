from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from annotations.highlighting import (
    HighlightRefused,
    add_passage,
    can_be_undone,
    highlight,
    highlight_again,
    undo,
)
from annotations.models import Appearance, Claim, ClaimStatus
from annotations.workflow import assign
from tests import make
from tests.test_writing import rewrite

TEXT = "The 🌙 is made of cheese. It is round."


def test_the_claim_keeps_the_words_and_who_found_them(editor):
    edition = make.edition(TEXT)

    made = highlight(edition, make.span(edition, "made of cheese"), by=editor)

    assert made.is_new
    assert made.claim.status == ClaimStatus.OPEN
    assert made.claim.created_by == editor
    appearance = made.appearance
    assert (appearance.quote, appearance.start) == ("made of cheese", 9)
    assert appearance.prefix.endswith("The 🌙 is ")
    assert appearance.suffix.startswith(". It is round.")


def test_highlighting_the_same_words_twice_gives_the_same_claim(editor, reviewer):
    edition = make.edition(TEXT)
    span = make.span(edition, "It is round.")

    first = highlight(edition, span, by=editor)
    second = highlight(edition, span, by=reviewer)

    assert (second.claim, second.appearance) == (first.claim, first.appearance)
    assert (first.is_new, second.is_new) == (True, False)
    assert Claim.objects.get().created_by == editor


def test_passages_may_overlap_and_nest(editor):
    edition = make.edition(TEXT)

    claims = {
        highlight(edition, make.span(edition, quote), by=editor).claim
        for quote in ("made of cheese", "of cheese. It", "cheese", TEXT)
    }

    assert len(claims) == 4


def test_the_same_words_can_make_another_claim_on_purpose(editor):
    edition = make.edition(TEXT)
    span = make.span(edition, "It is round.")
    first = highlight(edition, span, by=editor)

    second = highlight_again(edition, span, by=editor)
    third = highlight_again(edition, span, by=editor)

    assert len({first.claim, second.claim, third.claim}) == 3
    assert [second.appearance.ordinal, third.appearance.ordinal] == [2, 3]
    assert highlight(edition, span, by=editor).claim == first.claim


def test_a_claim_is_made_by_other_words_too(editor):
    first = make.claim("It is round.", by=editor)
    edition = make.edition("Round it is.")
    span = make.span(edition, "Round it is.")

    added = add_passage(first, edition, span, by=editor)
    again = add_passage(first, edition, span, by=editor)

    assert (added.is_new, again.is_new) == (True, False)
    assert added.appearance == again.appearance
    assert first.appearances.count() == 2


def test_words_that_are_a_claim_can_make_an_earlier_one_too(editor):
    edition = make.edition(TEXT)
    other = make.claim("It is round.", edition=edition)
    claim = make.claim("cheese", edition=edition)

    added = add_passage(claim, edition, make.span(edition, "It is round."), by=editor)

    assert added.appearance.ordinal == 2
    assert added.claim == claim != other


def test_a_claim_in_review_gets_no_other_passages(editor):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    edition = make.edition(TEXT)

    with pytest.raises(HighlightRefused, match="while a claim is open"):
        add_passage(claim, edition, make.span(edition, "cheese"), by=editor)


def test_a_fresh_highlight_is_undone(editor):
    claim = make.claim(by=editor)

    undo(claim, by=editor)
    undo(claim, by=editor)

    assert not Claim.objects.exists()
    assert not Appearance.objects.exists()


def test_a_highlight_of_somebody_else_is_not_undone(editor):
    claim = make.claim()

    with pytest.raises(HighlightRefused, match="Somebody else made this claim"):
        undo(claim, by=editor)


WORK = {
    "written on": lambda claim, moderator: rewrite(claim, by=claim.created_by),
    "sourced": lambda claim, moderator: make.evidence(claim),
    "with a fact-check": lambda claim, moderator: make.factcheck(claim),
    "assigned": lambda claim, moderator: assign(claim, moderator, by=moderator),
    "dropped": lambda claim, moderator: make.take(
        claim, ClaimStatus.DROPPED, by=claim.created_by
    ),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_a_highlight_with_work_on_it_is_not_undone(editor, moderator, work):
    claim = make.claim(by=editor)
    assert can_be_undone(claim)

    work(claim, moderator)

    claim.refresh_from_db()
    assert not can_be_undone(claim)
    with pytest.raises(HighlightRefused, match="There is work on this claim already"):
        undo(claim, by=editor)


def test_a_highlight_that_a_colleague_found_again_elsewhere_is_not_undone(editor):
    claim = make.claim(by=editor)
    edition = make.edition(TEXT)
    add_passage(claim, edition, make.span(edition, "It is round."), by=make.editor())

    assert not can_be_undone(claim)


@pytest.mark.django_db(transaction=True)
def test_two_who_highlight_the_same_words_at_once_make_one_claim():
    edition = make.edition(TEXT)
    span = make.span(edition, "made of cheese")
    people = [make.editor() for _ in range(4)]
    together = Barrier(4)

    def go(person):
        together.wait(timeout=10)
        try:
            return highlight(edition, span, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(go, people))

    assert len({one.claim.pk for one in made}) == 1
    assert sum(one.is_new for one in made) == 1
    assert Claim.objects.count() == Appearance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_make_another_claim_of_the_same_words_at_once_make_two():
    edition = make.edition(TEXT)
    span = make.span(edition, "made of cheese")
    people = [make.editor(), make.editor()]
    together = Barrier(2)

    def go(person):
        together.wait(timeout=10)
        try:
            return highlight_again(edition, span, by=person).appearance.ordinal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(go, people)) == {1, 2}
