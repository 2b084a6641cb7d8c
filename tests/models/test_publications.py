"""What the database holds of a fact-check: what is published rests."""

import pytest
from django.utils import timezone

from annotations.models import (
    Claim,
    ClaimStatus,
    FactCheck,
)
from annotations.publishing import retract
from tests import make

from .refusing import refused, sql


@pytest.fixture
def published(db) -> Claim:
    return make.claim(status=ClaimStatus.PUBLISHED)


def test_what_is_published_does_not_change(published, editor):
    for change in (
        {"title": "Another"},
        {"summary": "Another."},
        {"slug": "another"},
        {"author": editor},
        {"published_at": None, "published_by": None},
        {"embargo_until": timezone.now()},
    ):
        with refused("factcheck_published_rests"):
            FactCheck.objects.filter(claim=published).update(**change)
    with refused("factcheck_published_rests"):
        sql("UPDATE annotations_factcheck SET body = 'Another.'")


def test_what_is_published_is_not_deleted(published):
    with refused("Cannot delete rows"):
        FactCheck.objects.filter(claim=published)._raw_delete("default")
    with refused("Cannot delete rows"):
        sql("DELETE FROM annotations_factcheck")


def test_a_retraction_stays(published, moderator):
    retract(published.factcheck, reason="We were wrong.", by=moderator)

    with refused("factcheck_retracted_rests"):
        FactCheck.objects.update(retraction="Nothing happened.")
    with refused("factcheck_retracted_rests"):
        FactCheck.objects.update(retraction="", retracted_at=None, retracted_by=None)


def test_a_retraction_has_a_person_a_time_and_a_reason(published, moderator):
    now = timezone.now()

    for change in (
        {"retracted_at": now},
        {"retracted_at": now, "retracted_by": moderator},
        {"retracted_at": now, "retracted_by": moderator, "retraction": " "},
        {"retraction": "Wrong."},
    ):
        with refused("factcheck_is_retracted_with_a_reason"):
            FactCheck.objects.filter(claim=published).update(**change)


def test_a_publication_has_a_person_a_time_and_a_summary(moderator):
    page = make.factcheck(make.claim(status=ClaimStatus.DECIDED), summary=" ")
    rows = FactCheck.objects.filter(pk=page.pk)

    with refused("factcheck_is_published_by_somebody"):
        rows.update(published_at=timezone.now(), summary="So.")
    with refused("factcheck_is_published_by_somebody"):
        rows.update(published_by=moderator, summary="So.")
    with refused("factcheck_has_a_summary_when_published"):
        rows.update(published_by=moderator, published_at=timezone.now())
