"""What the database holds by itself, against the ORM, the admin and raw SQL alike."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from annotations.models import (
    Appearance,
    Authorship,
    Claim,
    Claimant,
    ClaimStatus,
    Decision,
    Edition,
    Evidence,
    Newsroom,
    Revision,
    Transition,
    User,
    Verdict,
)
from annotations.models.claims import STEPS
from tests import make

from .refusing import refused, sql


@pytest.fixture
def published(db) -> Claim:
    return make.claim(status=ClaimStatus.PUBLISHED)


# What was recorded is never changed and never taken away.

# Each record, a column of it, another value, and whether the row may go with its claim.
RECORDS = [
    (Edition, "text", "Another text."),
    (Verdict, "reason", "Another reason."),
    (Decision, "reason", "Another reason."),
    (Transition, "reason", "Another reason."),
    (Revision, "content", {"title": "Another"}),
    (Appearance, "quote", "Other words."),
]
NAMES = [model.__name__ for model, *_rest in RECORDS]


@pytest.mark.parametrize(("model", "column", "value"), RECORDS, ids=NAMES)
def test_a_record_is_not_changed_by_the_orm(published, model, column, value):
    row = model.objects.first()
    setattr(row, column, value)

    with refused("Cannot update rows"):
        row.save()
    with refused("Cannot update rows"):
        model.objects.filter(pk=row.pk).update(**{column: value})


@pytest.mark.parametrize(("model", "column", "value"), RECORDS, ids=NAMES)
def test_a_record_is_not_changed_by_raw_sql(published, model, column, value):
    table = model._meta.db_table
    value = "{}" if model is Revision else value

    with refused("Cannot update rows"):
        sql(f'UPDATE {table} SET "{column}" = %s', value)  # noqa: S608


@pytest.mark.parametrize(
    "model",
    [model for model, *_rest in RECORDS if model is not Appearance],
    ids=[name for name in NAMES if name != "Appearance"],
)
def test_a_record_is_not_taken_away(published, model):
    row = model.objects.first()

    with refused("Cannot delete rows"):
        model.objects.filter(pk=row.pk)._raw_delete("default")
    with refused("Cannot delete rows"):
        sql(f"DELETE FROM {model._meta.db_table}")  # noqa: S608


def test_evidence_is_detached_and_never_deleted(db):
    piece = make.evidence(make.claim())

    with refused("Cannot delete rows"):
        piece.delete()
    with refused("Cannot delete rows"):
        sql("DELETE FROM annotations_evidence WHERE id = %s", piece.pk)


def test_the_newsroom_is_one_and_stays(db):
    row = make.newsroom()

    with refused("newsroom_is_one"):
        Newsroom.objects.create(pk=2, name="Another", address="https://a.example/")
    with refused("Cannot delete rows"):
        row.delete()
    with refused("newsroom_asks_for_verdicts"):
        Newsroom.objects.update(verdicts_asked=0)


# Passages


def test_a_quote_fills_its_span(editor):
    edition = make.edition("The moon is round.")
    passage = Appearance(
        claim=make.claim(),
        edition=edition,
        start=0,
        end=8,
        quote="The",
        added_by=editor,
    )

    with pytest.raises(ValidationError, match="not as long as its span"):
        passage.full_clean()
    # The trigger looks first; both would refuse it.
    with refused("appearance_stands_in_its_text"):
        passage.save()


def test_an_empty_passage_is_none(editor):
    edition = make.edition("The moon is round.")

    with refused("appearance_quote_fills_its_span"):
        Appearance.objects.create(
            claim=make.claim(), edition=edition, start=3, end=3, added_by=editor
        )


@pytest.mark.parametrize(
    ("start", "quote"),
    [(0, "A moon"), (1, "The mo"), (14, "round.!"), (400, "beyond")],
)
def test_a_quote_stands_in_its_text(editor, start, quote):
    edition = make.edition("The moon is round.")

    with refused("appearance_stands_in_its_text"):
        Appearance.objects.create(
            claim=make.claim(),
            edition=edition,
            start=start,
            end=start + len(quote),
            quote=quote,
            added_by=editor,
        )


def test_offsets_count_code_points_as_python_does(editor):
    edition = make.edition("👋🏽 The e\u0301te\u0301, 5\u202f% 🌙 of it.")
    span = make.span(edition, "5\u202f% 🌙")

    Appearance.objects.create(
        claim=make.claim(),
        edition=edition,
        start=span.start,
        end=span.end,
        quote="5\u202f% 🌙",
        added_by=editor,
    )


def test_the_same_words_are_the_same_claim_once(editor):
    claim = make.claim()
    there = claim.appearances.get()
    again = Appearance(
        claim=claim,
        edition=there.edition,
        start=there.start,
        end=there.end,
        ordinal=2,
        quote=there.quote,
        added_by=editor,
    )

    with pytest.raises(ValidationError, match="These words are this claim already"):
        again.full_clean()
    with refused("appearance_once_per_span"):
        again.save()
    again.claim, again.ordinal = make.claim(), 1
    with refused("appearance_once_per_ordinal"):
        again.save()


# The steps of a claim


@pytest.mark.parametrize("old", ClaimStatus)
def test_raw_sql_takes_no_step_that_does_not_exist(db, old):
    if old == ClaimStatus.SUGGESTED:
        claim = Claim.objects.create(created_by=make.editor(), status=old)
    else:
        claim = make.claim(status=old)

    for new in ClaimStatus:
        if new != old and (old, new) not in STEPS:
            with refused("Invalid transition|claim_is_published_with_its_page"):
                sql(
                    "UPDATE annotations_claim SET status = %s WHERE id = %s",
                    new.value,
                    claim.pk,
                )

    claim.refresh_from_db()
    assert claim.status == old


def test_there_is_no_other_status_or_kind(db):
    claim = make.claim()

    with refused("claim_kind_is_known"):
        Claim.objects.filter(pk=claim.pk).update(kind="rumour")
    with refused("claim_status_is_known|Invalid transition"):
        Claim.objects.filter(pk=claim.pk).update(status="lost")


def test_no_claim_is_published_without_its_page(db):
    claim = make.claim(status=ClaimStatus.DECIDED)
    make.factcheck(claim)

    with refused("claim_is_published_with_its_page"):
        Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.PUBLISHED)
    with refused("claim_is_published_with_its_page"):
        sql("UPDATE annotations_claim SET status = 'published' WHERE id = %s", claim.pk)


def test_a_claimant_is_not_named_and_unknown_at_once(db):
    claim = make.claim(statement="So.", claimant="Ada Lovelace")

    with refused("claim_claimant_is_named_or_unknown"):
        Claim.objects.filter(pk=claim.pk).update(claimant_is_unknown=True)


RESTING = [
    ClaimStatus.IN_REVIEW,
    ClaimStatus.DECIDED,
    ClaimStatus.PUBLISHED,
    ClaimStatus.RETRACTED,
]


@pytest.mark.parametrize("status", RESTING)
def test_what_is_judged_does_not_change_under_the_eyes_of_those_who_judge(db, status):
    claim = make.claim(status=status)
    other = Claimant.objects.create(name="Somebody else")

    for change in (
        {"statement": "Another."},
        {"claimant": other},
        {"claimed_on": "2020-01-01"},
        {"claimant": None, "claimant_is_unknown": True},
    ):
        with refused("Cannot update rows"):
            Claim.objects.filter(pk=claim.pk).update(**change)
    with refused("Cannot update rows"):
        sql("UPDATE annotations_claim SET statement = 'Another.'")
    Claim.objects.filter(pk=claim.pk).update(note="For colleagues.")


@pytest.mark.parametrize("status", [*RESTING, ClaimStatus.DROPPED])
def test_a_claim_under_way_is_not_deleted(db, status):
    claim = make.claim(status=status)

    with refused("Cannot delete rows"):
        Claim.objects.filter(pk=claim.pk)._raw_delete("default")
    with refused("Cannot delete rows"):
        sql("DELETE FROM annotations_claim WHERE id = %s", claim.pk)


@pytest.mark.parametrize("status", RESTING)
def test_the_evidence_of_a_claim_that_is_judged_rests(db, status):
    claim = make.claim(status=status)
    piece = claim.evidence.first()

    with refused("evidence_rests_with_its_claim"):
        Evidence.objects.filter(pk=piece.pk).update(excerpt="Another.")
    with refused("evidence_rests_with_its_claim"):
        sql("UPDATE annotations_evidence SET position = 9 WHERE id = %s", piece.pk)
    with refused("evidence_rests_with_its_claim"):
        Evidence.objects.filter(pk=piece.pk).update(
            detached_by=claim.created_by, detached_at=timezone.now()
        )


def test_evidence_does_not_slip_into_a_claim_that_is_judged(db):
    judged = make.claim(status=ClaimStatus.IN_REVIEW)
    piece = make.evidence(make.claim())

    with refused("evidence_rests_with_its_claim"):
        Evidence.objects.filter(pk=piece.pk).update(claim=judged)


# Authorship


def test_whoever_makes_a_claim_is_its_author_however_it_is_made(editor):
    claim = Claim.objects.create(created_by=editor)

    assert list(claim.authors.all()) == [editor]


def test_who_wrote_a_claim_does_not_change(editor):
    claim = make.claim()

    with refused("Cannot update rows"):
        Authorship.objects.filter(claim=claim).update(user=editor)
    with refused("authorship_once_per_person"):
        Authorship.objects.create(claim=claim, user=claim.created_by)


@pytest.mark.parametrize("status", [*RESTING, ClaimStatus.DROPPED])
def test_authorship_stays(db, status):
    claim = make.claim(status=status)

    with refused("authorship_stays"):
        Authorship.objects.filter(claim=claim).delete()
    with refused("authorship_stays"):
        sql("DELETE FROM annotations_authorship WHERE claim_id = %s", claim.pk)


def test_authorship_stays_with_a_claim_that_was_sent_back(moderator):
    from annotations.workflow import move

    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    move(claim, ClaimStatus.OPEN, by=moderator, reason="A source is missing.")

    with refused("authorship_stays"):
        Authorship.objects.filter(claim=claim).delete()


# Verdicts and decisions


def verdict(claim: Claim, reviewer: User, **fields: object) -> Verdict:
    fields = {"round": 1, "reason": "So.", "rating": make.ratings()["true"]} | fields
    return Verdict(claim=claim, reviewer=reviewer, **fields)


def test_the_database_refuses_a_verdict_by_whoever_wrote_the_claim(db):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)

    with refused("verdict_is_by_another"):
        verdict(claim, claim.created_by).save()


def test_the_database_refuses_a_second_verdict_and_one_without_a_reason(reviewer):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    verdict(claim, reviewer).save()

    with pytest.raises(ValidationError, match="given your verdict already"):
        verdict(claim, reviewer).full_clean()
    with refused("verdict_once_per_round"):
        verdict(claim, reviewer).save()
    with refused("verdict_has_a_reason"):
        verdict(claim, make.reviewer(), reason=" \n").save()


def test_a_round_is_decided_once(moderator):
    claim = make.claim(status=ClaimStatus.DECIDED)

    with refused("decision_once_per_round"):
        Decision.objects.create(
            claim=claim, round=1, rating=make.ratings()["false"], by=moderator
        )


def test_a_step_is_from_a_known_state_to_a_known_state(editor):
    with refused("transition_statuses_are_known"):
        Transition.objects.create(
            claim=make.claim(), old_status="open", new_status="lost", by=editor
        )
