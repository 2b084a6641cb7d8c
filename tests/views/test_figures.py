"""The panel of a claim shows how its figures stand to those of the evidence."""

import pytest

from annotations.figures import beside_evidence
from annotations.highlighting import highlight
from annotations.models import Evidence
from annotations.panels import claim_to_show
from tests import make

pytestmark = pytest.mark.django_db


def test_an_excerpt_in_english_is_read_as_english(desk, editor):
    edition = make.edition("Meta investit 14,3 milliards de dollars.", by=editor)
    claim = highlight(
        edition, make.span(edition, "14,3 milliards de dollars"), by=editor
    ).claim
    make.evidence(claim, by=editor)
    Evidence.objects.filter(claim=claim).update(
        excerpt="an investment of $14.3 billion"
    )

    shown = claim_to_show(claim.pk)
    ((sentence,),) = beside_evidence(shown, list(shown.evidence.all())).values()
    assert "the source says the same" in sentence
    assert "the source says the same" in desk.get(claim.get_absolute_url()).text
