"""The demo shows every state, and every passage stands where it says."""

from collections import Counter
from hashlib import sha256
from unicodedata import normalize

import pytest
from django.core.management import call_command

from annotations.carrying import report
from annotations.models import (
    Appearance,
    Carriage,
    Claim,
    Edition,
    FactCheck,
    Verdict,
)
from annotations.text.blocks import lay_out
from annotations.text.carrying import Carrier
from annotations.text.spans import Span


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


def test_an_article_was_changed_after_it_was_checked():
    call_command("loaddata", "demo_versions", verbosity=0)
    call_command("loaddata", "demo_versions", verbosity=0)

    old, new = Edition.objects.filter(article=2).order_by("number")
    for edition in (old, new):
        assert lay_out(edition.text)[0] == normalize("NFC", edition.text)
        assert edition.sha256 == sha256(edition.text.encode()).hexdigest()
    for one in Appearance.objects.filter(edition__article=2).select_related("edition"):
        assert one.edition.text[one.start : one.end] == one.quote
    # What is written down is what comparing the texts finds, today too.
    carrier = Carrier(
        old.text,
        [block.span for block in old.layout],
        new.text,
        [block.span for block in new.layout],
    )
    rows = Carriage.objects.select_related("appearance", "passage")
    for row in rows:
        found = carrier.carry(Span(row.appearance.start, row.appearance.end))
        assert row.outcome == str(found.outcome), row.appearance.quote
        if row.passage:
            assert found.span == Span(row.passage.start, row.passage.end)
    assert Counter(row.state for row in rows) == {"carried": 4, "waiting": 4}
    assert {row.outcome for row in rows} >= {
        "carried",
        "retouched",
        "figure_changed",
        "orphaned",
    }
    assert report(new).remaining == 0
    assert Claim.objects.changed_under().get().factcheck in FactCheck.objects.public()


def test_loading_it_twice_does_no_harm():
    call_command("loaddata", "demo", verbosity=0)

    assert Claim.objects.count() == 8
