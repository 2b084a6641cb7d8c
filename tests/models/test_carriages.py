"""What the database holds of carried passages, against the ORM and raw SQL alike."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models.functions import Now

from annotations import settling
from annotations.models import (
    Appearance,
    Carriage,
    CarriageOutcome,
    CarriageState,
    ClaimStatus,
)
from annotations.models.carriages import BY_A_PERSON, BY_THEMSELVES, CARRIAGE_STEPS
from annotations.text.carrying import Outcome
from tests import make

from .refusing import refused, sql

pytestmark = pytest.mark.django_db


def appearance_of(edition, quote, claim):
    """A passage that no deed has made, for the database to judge."""
    there = make.span(edition, quote)
    return Appearance(
        claim=claim,
        edition=edition,
        start=there.start,
        end=there.end,
        quote=quote,
        added_by=claim.created_by,
    )


def test_every_outcome_of_comparing_can_be_kept():
    assert set(CarriageOutcome.values) == {str(outcome) for outcome in Outcome}


def test_a_passage_goes_over_to_an_edition_once():
    row = make.carriage()

    again = Carriage(appearance=row.appearance, edition=row.edition, outcome="changed")
    with pytest.raises(ValidationError, match="carried over already"):
        again.full_clean()
    with refused("carriage_once_per_edition"):
        again.save()


def test_a_passage_never_goes_to_an_earlier_text_or_another_article():
    row = make.carriage()
    elsewhere = make.edition("Something else.")

    for edition in (row.appearance.edition, elsewhere):
        with refused("carriage_leads_to_a_later_edition"):
            Carriage.objects.create(
                appearance=row.appearance, edition=edition, outcome="orphaned"
            )


@pytest.mark.parametrize("outcome", ["changed", "figure_changed", "ambiguous"])
def test_other_words_are_never_settled_by_themselves(outcome):
    row = make.carriage()
    claim = row.appearance.claim
    Carriage.objects.filter(pk=row.pk).delete()
    passage = appearance_of(row.edition, "It is flat.", claim)
    passage.save()
    made = Carriage(
        appearance=row.appearance,
        edition=row.edition,
        outcome=outcome,
        state="carried",
        passage=passage,
        quote=passage.quote,
    )

    with pytest.raises(ValidationError, match="Other words wait for a person"):
        made.full_clean()
    with refused("carriage_by_itself_has_the_same_words"):
        made.save()
    waiting = Carriage.objects.create(
        appearance=row.appearance, edition=row.edition, outcome=outcome
    )
    with refused("Invalid transition"):
        sql(
            "UPDATE annotations_carriage SET state = 'carried', passage_id = %s, "
            "quote = %s WHERE id = %s",
            passage.pk,
            passage.quote,
            waiting.pk,
        )


@pytest.mark.parametrize("state", BY_A_PERSON)
def test_what_a_person_settles_names_the_person(state):
    row = make.carriage()
    passage = None
    if state != CarriageState.ORPHAN:
        passage = appearance_of(row.edition, "It is flat.", row.appearance.claim)
        passage.save()
    values = {
        "state": state,
        "passage": passage,
        "quote": passage.quote if passage else "",
    }

    with refused("carriage_is_settled_by_somebody"):
        Carriage.objects.filter(pk=row.pk).update(**values)

    Carriage.objects.filter(pk=row.pk).update(
        **values, settled_by=make.editor(), settled_at=Now()
    )


def test_what_is_placed_has_a_place_and_nothing_else_has():
    row = make.carriage()
    person = {"settled_by": make.editor(), "settled_at": Now()}

    with refused("carriage_leads_somewhere_where_it_is_placed"):
        Carriage.objects.filter(pk=row.pk).update(state="accepted", **person)

    passage = appearance_of(row.edition, "It is flat.", row.appearance.claim)
    passage.save()
    with refused("carriage_leads_somewhere_where_it_is_placed"):
        Carriage.objects.filter(pk=row.pk).update(
            state="orphan", passage=passage, quote=passage.quote, **person
        )


def test_the_place_is_of_the_same_claim_and_edition_and_in_its_words():
    row = make.carriage()
    other = make.claim("Before.", edition=row.edition)
    wrong = other.appearances.get()
    person = {"settled_by": make.editor(), "settled_at": Now()}

    with refused("carriage_passage_is_of_its_claim"):
        Carriage.objects.filter(pk=row.pk).update(
            state="accepted", passage=wrong, quote=wrong.quote, **person
        )
    with refused("carriage_passage_is_of_its_claim"):
        Carriage.objects.filter(pk=row.pk).update(
            state="accepted", passage=row.appearance, quote="It is round.", **person
        )


@pytest.mark.parametrize(
    ("column", "value"),
    [("outcome", "carried"), ("proposals", "[]"), ("made_at", "2020-01-01")],
)
def test_what_comparing_found_never_changes(column, value):
    row = make.carriage()

    with refused("Cannot update rows"):
        sql(
            f"UPDATE annotations_carriage SET {column} = %s WHERE id = %s",  # noqa: S608
            value,
            row.pk,
        )


def test_what_is_settled_changes_by_a_next_decision_only():
    row = make.carriage()
    settling.settle(row, 0, seen=1, by=make.editor())

    with refused("carriage_settled_rests"):
        Carriage.objects.filter(pk=row.pk).update(reason="Another.")
    with refused("carriage_settled_rests"):
        sql("UPDATE annotations_carriage SET reason = 'Another.'")
    with refused("Invalid transition"):
        sql(
            "UPDATE annotations_carriage SET state = 'carried', version = 3, "
            "outcome = outcome"
        )
    with refused("carriage_settled_rests"):
        sql(
            "UPDATE annotations_carriage SET state = 'waiting', passage_id = NULL, "
            "quote = '', settled_by_id = NULL, settled_at = NULL, version = 3"
        )


def test_every_state_can_be_reached_and_none_leads_back_to_waiting():
    assert {to for _, to in CARRIAGE_STEPS} == {
        state
        for state in CarriageState
        # These are where a row begins.
        if state not in (CarriageState.WAITING, *BY_THEMSELVES)
    }
    assert {old for old, _ in CARRIAGE_STEPS} >= {*BY_THEMSELVES, *BY_A_PERSON}
    assert CarriageState.OVERTAKEN not in {old for old, _ in CARRIAGE_STEPS}


def test_a_carried_passage_goes_with_its_open_claim_and_with_no_other():
    row = make.carriage(status=ClaimStatus.IN_REVIEW)
    with refused("carriage_stays"):
        sql("DELETE FROM annotations_carriage WHERE id = %s", row.pk)

    open_one = make.carriage("It is old.", "It is new.")
    open_one.appearance.claim.delete()
    assert not Carriage.objects.filter(pk=open_one.pk).exists()


def test_words_join_a_claim_under_way_only_where_they_carry_on_what_it_has():
    claim = make.claim(status=ClaimStatus.PUBLISHED)
    edition = claim.appearances.get().edition

    for text, quote in [(edition, "Before."), (make.edition("So it is."), "So it is.")]:
        with refused("appearance_joins_an_open_claim"):
            appearance_of(text, quote, claim).save()
            sql("SET CONSTRAINTS ALL IMMEDIATE")

    later = make.next_edition(edition, "Now. It is round.")
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert claim.appearances.get(edition=later).quote == "It is round."
