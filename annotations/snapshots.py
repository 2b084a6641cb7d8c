"""What readers see of a fact-check, put down whole when it is published."""

from datetime import date, datetime
from typing import Any, cast

from .models import Carriage, Claim, ClaimStatus, Evidence, FactCheck
from .workflow import newsroom

Content = dict[str, Any]


def _day(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def _claimant(claim: Claim) -> Content | None:
    claimant = claim.claimant
    if claimant is None:
        return None
    return {
        "name": claimant.name,
        "kind": claimant.kind,
        "role": claimant.role,
        "organisation": claimant.organisation,
        "wikidata_id": claimant.wikidata_id,
    }


def _appearances(claim: Claim) -> list[Content]:
    """Where it was claimed, the newest edition of each article only, in reading order.

    Words that a person put in the place of others since the verdicts were asked for are
    not what was judged, and are left out.
    """
    appearances = claim.appearances.select_related("edition__article").defer(
        "edition__text", "edition__blocks", "edition__search"
    )
    unjudged = _placed_since_review(claim)
    rows = [row for row in appearances if row.pk not in unjudged]
    newest: dict[int, int] = {}
    for row in rows:
        article = row.edition.article_id
        newest[article] = max(newest.get(article, 0), row.edition.number)
    return [
        {
            "quote": row.quote,
            "start": row.start,
            "end": row.end,
            "edition": row.edition_id,
            "article": row.edition.article_id,
            "headline": row.edition.article.headline,
            "outlet": row.edition.article.outlet,
            "byline": row.edition.article.byline,
            "address": row.edition.article.address,
            "language": row.edition.article.language,
            "published_on": _day(row.edition.article.published_on),
        }
        for row in rows
        if row.edition.number == newest[row.edition.article_id]
    ]


def _placed_since_review(claim: Claim) -> set[int]:
    """The passages that came about by a person's settling during the round, and after them."""
    steps = claim.transitions.filter(new_status=ClaimStatus.IN_REVIEW)
    asked = steps.order_by("-at").values_list("at", flat=True).first()
    if asked is None:
        return set()
    unjudged: set[int] = set()
    carriages = Carriage.objects.filter(
        appearance__claim=claim, passage__isnull=False, has_made_passage=True
    )
    for row in carriages.order_by("edition__number"):
        if row.appearance_id in unjudged or (row.settled_at and row.settled_at > asked):
            unjudged.add(cast(int, row.passage_id))
    return unjudged


def _evidence(piece: Evidence) -> Content:
    return {
        "stance": piece.stance,
        "excerpt": piece.excerpt,
        "locator": piece.locator,
        "title": piece.source.title,
        "address": piece.source.address,
        "publisher": piece.source.publisher,
        "published_on": _day(piece.source.published_on),
        "kind": piece.source.kind,
    }


def snapshot(page: FactCheck) -> Content:
    """Everything that the page, its markup and its summary in lists show, as JSON."""
    claim = Claim.objects.select_related("claimant").get(pk=page.claim_id)
    decision = (
        claim.decisions.filter(round=claim.round)
        .select_related("rating__scale")
        .first()
    )
    if decision is None:
        raise ValueError("There is no decision to publish.")
    rating = decision.rating
    numbers = [
        number
        for number in rating.scale.ratings.values_list("number", flat=True)
        if number is not None
    ]
    room = newsroom()
    return {
        "slug": page.slug,
        "title": page.title,
        "summary": page.summary,
        "body": page.body,
        "exception": page.exception,
        "statement": claim.statement,
        "claimed_on": _day(claim.claimed_on),
        "kind": claim.kind,
        "claimant": _claimant(claim),
        "appearances": _appearances(claim),
        "rating": {
            "code": rating.code,
            "label_fr": rating.label_fr,
            "label_en": rating.label_en,
            "definition_fr": rating.definition_fr,
            "definition_en": rating.definition_en,
            "colour": rating.colour,
            "sign": rating.sign,
            "number": rating.number,
            "best": max(numbers, default=None),
            "worst": min(numbers, default=None),
        },
        "evidence": [
            _evidence(piece)
            for piece in claim.evidence.attached().select_related("source")
        ],
        "author": str(page.author),
        "approved_by": str(page.published_by or ""),
        "newsroom": {"name": room.name, "address": room.address},
        "published_at": _day(page.embargo_until or page.published_at),
    }
