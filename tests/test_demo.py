"""The demo shows every state, and every passage stands where it says."""

from collections import Counter
from unicodedata import normalize

import pytest
from django.core.management import call_command

from annotations.models import Appearance, Claim, Edition, FactCheck, Verdict
from annotations.text.blocks import lay_out


@pytest.fixture(autouse=True)
def _demo(db) -> None:
    call_command("loaddata", "demo", verbosity=0)


def test_every_passage_stands_where_it_says():
    appearances = Appearance.objects.select_related("edition")

    assert len(appearances) == 8
    for one in appearances:
        assert one.edition.text[one.start : one.end] == one.quote
        assert one.edition.text.count(one.quote) == 1


def test_the_article_is_a_text_as_it_is_kept():
    edition = Edition.objects.get()
    text, blocks = lay_out(edition.text)

    assert text == edition.text == normalize("NFC", text)
    assert [block.span for block in blocks] == [b.span for b in edition.layout]
    assert 430 <= len(text.split()) <= 480
    for sign in ("«\u00a0", "\u202f", "’", "🏽", "investissement de 14,3", "(!)"):
        assert sign in text
    assert sum(block.kind == "subhead" for block in edition.layout) >= 3


def test_eight_claims_are_in_different_states():
    states = Counter(Claim.objects.values_list("status", flat=True))

    assert states == {
        "open": 2,
        "in_review": 2,
        "decided": 1,
        "published": 2,
        "dropped": 1,
    }
    assert FactCheck.objects.public().count() == 2


def test_two_reviewers_disagree_on_one_that_waits():
    waiting = Claim.objects.filter(status="in_review")
    ratings = [
        {verdict.rating_id for verdict in Verdict.objects.filter(claim=claim)}
        for claim in waiting
    ]

    assert sorted(len(given) for given in ratings) == [1, 2]


def test_loading_it_twice_does_no_harm():
    call_command("loaddata", "demo", verbosity=0)

    assert Claim.objects.count() == 8
