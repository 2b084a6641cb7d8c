"""Attaching sources, as forms send it."""

import pytest

from annotations.models import Evidence, Source
from tests import make

pytestmark = pytest.mark.django_db

ADDRESS = "https://institute.example/report"


def sent(**fields: str) -> dict[str, str]:
    return {
        "address": ADDRESS,
        "title": "The report",
        "publisher": "Institute",
        "published_on": "",
        "source_kind": "primary",
        "stance": "supports",
        "excerpt": "It is round.",
    } | fields


@pytest.fixture
def claim(editor):
    return make.claim(by=editor)


def test_a_known_source_described_otherwise_is_shown_before_it_is_attached(desk, claim):
    desk.post(f"/claims/{claim.pk}/attach/", sent())

    other = sent(title="Another title", excerpt="It turns.")
    answer = desk.post(f"/claims/{claim.pk}/attach/", other)

    assert answer.status_code == 422
    assert "you described it as “Another title”, Institute" in answer.text
    assert 'value="The report"' in answer.text
    assert "It turns." in answer.text
    assert Evidence.objects.count() == 1

    assert desk.post(f"/claims/{claim.pk}/attach/", sent(excerpt="It turns.")).url
    assert Evidence.objects.count() == 2
    assert Source.objects.count() == 1


def test_what_an_ended_session_kept_is_called_as_on_its_form(client, claim):
    body = "We asked.\n" * 20
    answer = client.post(
        f"/claims/{claim.pk}/fact-check/",
        {"seen": "0", "title": "Is it?", "body": body},
    )

    assert answer.status_code == 401
    assert '<input type="hidden" name="seen" value="0">' in answer.text
    assert ">Titre</label>" in answer.text
    assert 'name="body" rows="14"' in answer.text
