"""Sentences that ask to be checked, and what people make of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection, transaction
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from annotations import suggesting
from annotations.highlighting import highlight, undo
from annotations.models import (
    Claim,
    Claimant,
    ClaimStatus,
    Detection,
    Suggestion,
    SuggestionState,
)
from annotations.suggesting import (
    PART,
    REASONS,
    SHOWN,
    SuggestionRefused,
    accept,
    in_words,
    reject,
    restore,
    shown,
    suggest,
    suggest_now,
)
from annotations.text import detection
from tests import make

DEBT = "Selon Luc Morel, la dette atteint 3 228 milliards d’euros, soit 114 % du PIB."
BREAD = "Le prix du pain a augmenté de 12 % en 2023."
TEXT = (
    f"Rien de neuf ce matin. {DEBT} Il fait beau. En 2019, c’était 97 %. Qui le sait ?\n\n"
    f"{BREAD} Voilà tout."
)


LONG = " ".join(f"En {1000 + n}, il y en a {n}." for n in range(1200))


@pytest.fixture(autouse=True)
def _figures(settings):
    settings.FACTCHECK_DETECTOR = "tests.detecting.Figures"


def suggested(text=TEXT, **fields):
    """An edition that the detector has read."""
    fields.setdefault("language", "fr")
    edition = make.edition(text, **fields)
    suggest.call(edition_id=edition.pk)
    return edition


def one_of(edition, quote=DEBT):
    return Suggestion.objects.get(edition=edition, quote=quote)


pytestmark = pytest.mark.django_db


# Finding


def test_the_sentences_that_ask_most_come_first_with_their_reasons():
    edition = suggested()

    rows = Suggestion.objects.filter(edition=edition).order_by("rank")
    assert [row.quote for row in rows] == [DEBT]
    first = rows[0]
    assert first.quote == edition.text[first.start : first.end]
    assert first.state == SuggestionState.WAITING
    assert (first.detector, first.detector_version) == ("figures", "1")
    assert first.reasons == ["figure", "of_another_detector"]
    assert Detection.objects.get(edition=edition).sentences == 3


def test_running_it_again_does_nothing():
    edition = suggested()

    assert suggest.call(edition_id=edition.pk) == 0

    assert Suggestion.objects.count() == Detection.objects.count() == 1


def test_a_text_without_any_is_read_once_too():
    edition = suggested("Rien de neuf. Il fait beau.")

    assert Detection.objects.get().sentences == 0
    assert shown(edition).suggestions == []
    assert shown(edition).expected_in is None


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_a_long_text_is_read_in_parts_between_which_others_have_their_turn():
    long, same = (make.edition(LONG, headline=name) for name in ("One", "Two"))

    suggest.call(edition_id=long.pk)
    assert not Detection.objects.exists()
    parts = 1
    while task := DBTaskResult.objects.order_by("enqueued_at").last():
        arguments = task.args_kwargs["kwargs"]
        task.delete()
        suggest.call(**arguments)
        parts += 1
    suggest_now(same.pk)

    assert parts == 3
    rows = [
        list(edition.suggestions.order_by("rank").values_list("start", "rank"))
        for edition in (long, same)
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 401  # one in three of each part
    assert Detection.objects.filter(sentences=1200).count() == 2


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_a_detector_that_changes_in_between_reads_from_the_beginning(settings):
    edition = make.edition(LONG)
    suggest.call(edition_id=edition.pk)
    arguments = DBTaskResult.objects.get().args_kwargs["kwargs"]

    settings.FACTCHECK_DETECTOR = "tests.detecting.LaterFigures"
    suggest.call(**arguments)

    last = DBTaskResult.objects.order_by("enqueued_at").last()
    so_far = last.args_kwargs["kwargs"]["so_far"]
    assert (so_far["detector_version"], so_far["read"]) == ("2", PART)


def test_an_edition_that_is_not_there_is_no_error():
    assert suggest.call(edition_id=12345) == 0


@pytest.mark.django_db(transaction=True)
def test_each_new_edition_is_read_once_it_is_kept():
    first = make.edition(TEXT, address="https://a.example/", language="fr")
    again = make.edition(TEXT, address="https://a.example/", language="fr")
    other = make.edition(TEXT + " Fin.", address="https://a.example/", language="fr")

    assert first == again != other
    assert {row.edition for row in Detection.objects.all()} == {first, other}


def test_nothing_is_read_where_the_newsroom_wants_no_suggestions():
    make.newsroom(suggestions_one_in=0)
    edition = suggested()

    assert not Detection.objects.exists()
    assert shown(edition) == suggesting.Shown([])


def test_words_that_were_answered_are_not_suggested_again(settings, editor):
    edition = suggested(address="https://a.example/")
    reject(one_of(edition), by=editor)

    settings.FACTCHECK_DETECTOR = "tests.detecting.LaterFigures"
    suggest.call(edition_id=edition.pk)
    later = suggested(TEXT.replace("Voilà", "C’est"), address="https://a.example/")

    assert not Suggestion.objects.filter(detector_version="2").exists()
    assert Detection.objects.filter(edition=later).exists()
    assert shown(edition).suggestions == shown(later).suggestions == []


def test_what_another_version_of_the_detector_found_is_kept_and_not_shown(settings):
    edition = suggested()

    settings.FACTCHECK_DETECTOR = "tests.detecting.LaterFigures"
    suggest.call(edition_id=edition.pk)

    old, new = Suggestion.objects.order_by("pk")
    assert (old.detector_version, new.detector_version) == ("1", "2")
    assert [one.pk for one in shown(edition).suggestions] == [new.pk]


# What the desk shows


MANY = " ".join(f"En {1900 + n}, il y en a {n}." for n in range(90))


def test_a_calm_few_are_shown_in_reading_order_and_the_newsroom_says_how_few():
    edition = suggested(MANY)

    assert Suggestion.objects.count() == 30
    assert len(shown(edition).suggestions) == 13
    make.newsroom(suggestions_one_in=30)
    few = shown(edition).suggestions
    assert len(few) == 3
    assert [one.start for one in few] == sorted(one.start for one in few)
    make.newsroom(suggestions_one_in=0)
    assert shown(edition).suggestions == []


def test_a_book_shows_only_so_many_at_a_time(editor):
    edition = suggested(MANY * 10)
    make.newsroom(suggestions_one_in=3)

    before = shown(edition).suggestions
    assert len(before) == SHOWN
    reject(Suggestion.objects.get(pk=before[0].pk), by=editor)
    assert len(shown(edition).suggestions) == SHOWN


@pytest.mark.parametrize("quote", [DEBT, "3 228 milliards", "Morel, la dette", TEXT])
def test_words_that_are_in_a_claim_are_not_shown(editor, quote):
    edition = suggested()
    made = highlight(edition, make.span(edition, quote), by=editor)

    assert shown(edition).suggestions == []

    undo(made.claim, by=editor)
    assert len(shown(edition).suggestions) == 1


def test_a_claim_elsewhere_hides_nothing(editor):
    edition = suggested()
    highlight(edition, make.span(edition, "Rien de neuf ce matin."), by=editor)
    make.claim(DEBT, by=editor)

    assert len(shown(edition).suggestions) == 1


def test_suggestions_are_shown_with_one_query(django_assert_num_queries):
    edition = suggested(MANY)

    with django_assert_num_queries(1):
        assert shown(edition).suggestions[0].why


def test_a_fresh_text_expects_its_suggestions_and_an_old_one_does_not():
    edition = make.edition(TEXT)
    arrived = edition.retrieved_at

    for later, expected_in in [
        (timedelta(seconds=1), suggesting.SOON),
        (timedelta(seconds=30), suggesting.LATER),
        (suggesting.EXPECTED_WITHIN, None),
    ]:
        with time_machine.travel(arrived + later, tick=False):
            assert shown(edition).expected_in == expected_in


def test_reasons_are_read_in_words_and_another_detector_s_are_shown_as_they_are():
    assert in_words(["money", "a_new_one"]) == ["a sum of money", "a new one"]
    assert len(in_words(["money"] * 10)) == suggesting.REASONS_SHOWN


def test_every_reason_of_our_detector_has_its_words():
    assert {slug: str(words) for slug, words in REASONS.items()} == detection.REASONS


# Accepting


def test_an_accepted_suggestion_is_a_claim_written_by_who_accepts_it(editor):
    edition = suggested(published_on=date(2026, 3, 1))
    suggestion = one_of(edition)

    made = accept(suggestion, by=editor)

    claim = Claim.objects.get(pk=made.claim.pk)
    assert made.is_new
    assert claim.statement == DEBT
    assert str(claim.claimant) == "Luc Morel"
    assert claim.claimed_on == date(2026, 3, 1)
    assert claim.status == ClaimStatus.OPEN
    assert list(claim.authors.all()) == [claim.created_by] == [editor]
    assert {figure.unit for figure in claim.figures.all()} >= {"EUR", "%"}
    assert claim.appearances.get().quote == DEBT
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.claim) == ("accepted", claim)
    assert suggestion.answered_by == editor
    assert suggestion.answered_at
    assert list(claim.suggestions.all()) == [suggestion]


def test_nobody_is_named_who_is_not_in_the_sentence(editor):
    made = accept(one_of(suggested(BREAD), BREAD), by=editor)

    assert made.claim.claimant is None
    assert not made.claim.claimant_is_unknown


def test_accepting_twice_makes_one_claim(editor):
    suggestion = one_of(suggested())

    first = accept(suggestion, by=editor)
    second = accept(suggestion, by=make.editor())

    assert (first.claim, first.is_new) == (second.claim, True)
    assert not second.is_new
    suggestion.refresh_from_db()
    assert suggestion.answered_by == editor


def test_words_that_are_a_claim_already_are_accepted_as_that_claim(editor):
    edition = suggested()
    there = highlight(edition, make.span(edition, DEBT), by=make.editor())

    made = accept(one_of(edition), by=editor)

    assert (made.claim, made.is_new) == (there.claim, False)
    assert Claim.objects.get().statement == ""


def test_an_accepted_suggestion_waits_again_when_its_claim_is_undone(editor):
    edition = suggested()
    suggestion = one_of(edition)
    made = accept(suggestion, by=editor)

    undo(made.claim, by=editor)

    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.WAITING
    assert suggestion.claim is suggestion.answered_by is suggestion.answered_at is None
    assert len(shown(edition).suggestions) == 1
    assert accept(suggestion, by=editor).is_new


def test_a_new_claimant_is_an_organisation_where_that_is_sure(editor):
    sentence = "Selon le ministère de la Santé, 43 lits ont été fermés."
    made = accept(one_of(suggested(sentence), sentence), by=editor)
    assert made.claim.claimant.kind == "organisation"

    Claimant.objects.update(kind="person")
    other = "Selon le ministère de la Santé, 12 lits ont été ouverts."
    made = accept(one_of(suggested(other), other), by=editor)
    assert made.claim.claimant.kind == "person"


# Rejecting


def test_a_rejected_suggestion_is_kept_and_not_shown(editor):
    edition = suggested()
    suggestion = one_of(edition)

    reject(suggestion, by=editor)
    reject(suggestion, by=make.editor())

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered_by) == ("rejected", editor)
    assert shown(edition).suggestions == []
    assert not Claim.objects.exists()


def test_a_rejected_suggestion_waits_again_after_a_slip(editor):
    edition = suggested()
    suggestion = one_of(edition)
    reject(suggestion, by=editor)

    restore(suggestion)
    restore(suggestion)

    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.WAITING
    assert len(shown(edition).suggestions) == 1


def test_an_answer_does_not_turn_into_the_other(editor):
    first = one_of(suggested())
    second = one_of(suggested(BREAD), BREAD)
    reject(first, by=editor)
    accept(second, by=editor)

    with pytest.raises(SuggestionRefused, match="editor has rejected this suggestion"):
        accept(first, by=make.editor())
    with pytest.raises(SuggestionRefused, match="editor has made a claim of this"):
        reject(second, by=make.editor())
    with pytest.raises(SuggestionRefused, match="Undo the claim, or drop it"):
        restore(second)


# Two at once


def at_once(*deeds):
    """What each deed gave, or the refusal it met; all of them started together."""
    gate = Barrier(len(deeds))

    def run(deed):
        try:
            gate.wait()
            return deed()
        except SuggestionRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_two_people_accept_at_once_and_there_is_one_claim(editor, _round):
    suggestion = one_of(suggested())
    colleague = make.editor()

    made = at_once(
        lambda: accept(suggestion, by=editor), lambda: accept(suggestion, by=colleague)
    )

    claim = Claim.objects.get()
    assert {each.claim for each in made} == {claim}
    assert sorted(each.is_new for each in made) == [False, True]
    suggestion.refresh_from_db()
    assert suggestion.answered_by == claim.created_by


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_of_an_acceptance_and_a_rejection_at_once_one_holds(editor, _round):
    suggestion = one_of(suggested())
    colleague = make.editor()

    answers = at_once(
        lambda: accept(suggestion, by=editor), lambda: reject(suggestion, by=colleague)
    )

    suggestion.refresh_from_db()
    refusals = [each for each in answers if isinstance(each, SuggestionRefused)]
    assert len(refusals) == 1
    assert Claim.objects.count() == (suggestion.state == SuggestionState.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_words_whose_claim_is_being_undone_are_accepted_as_a_new_one(editor):
    edition = suggested()
    suggestion = one_of(edition)
    there = highlight(edition, make.span(edition, DEBT), by=editor).claim

    def accepting():
        try:
            return accept(suggestion, by=make.editor())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            undo(there, by=editor)
            accepted = pool.submit(accepting)
            wait_until_somebody_waits(accepted)
        made = accepted.result()

    suggestion.refresh_from_db()
    assert made.is_new
    assert Claim.objects.get() == suggestion.claim == made.claim != there


def wait_until_somebody_waits(running):
    """Until a transaction waits for another one's lock, or what runs has come to its end."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with connection.cursor() as cursor:
        while not running.done():
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return


@pytest.mark.django_db(transaction=True)
def test_two_workers_read_a_text_at_once_and_keep_it_once(settings):
    settings.FACTCHECK_DETECTOR = "tests.detecting.Nothing"
    edition = make.edition(TEXT, language="fr")
    settings.FACTCHECK_DETECTOR = "tests.detecting.Figures"

    kept = at_once(*[lambda: suggest.call(edition_id=edition.pk)] * 2)

    assert sorted(kept) == [0, 1]
    assert Suggestion.objects.count() == 1
