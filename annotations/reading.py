"""The article as an editor reads it: blocks, sentences, and the passages painted on them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from .models import Appearance, Article, Claim, Edition
from .text.blocks import Block
from .text.segmentation import sentences
from .text.segments import Segment, cut, share_out
from .text.spans import Span


class Passage(NamedTuple):
    """The words of an edition that make a claim, as light as 5 000 on a page must be."""

    start: int
    end: int
    claim: int
    status: str


@dataclass(frozen=True, slots=True)
class PaintedBlock:
    """A paragraph or subhead, cut into flat segments; `sentences` are spans in the text."""

    number: int
    kind: str
    span: Span
    sentences: list[Span]
    segments: list[Segment[Passage]]


def passages(edition: Edition, within: Span | None = None) -> list[Passage]:
    """The passages of the edition, in reading order; one query, whatever their number."""
    found = Appearance.objects.filter(edition=edition)
    if within is not None:
        found = found.filter(start__lt=within.end, end__gt=within.start)
    rows = found.order_by("start", "-end", "pk").values_list(
        "start", "end", "claim_id", "claim__status"
    )
    return [Passage(*row) for row in rows]


def painted(
    edition: Edition, on_it: Iterable[Passage], only: Collection[int] | None = None
) -> list[PaintedBlock]:
    """The blocks of the edition, or `only` those of these numbers, with their passages."""
    layout = edition.layout()
    spans = [block.span for block in layout]
    keyed = [(Span(passage.start, passage.end), passage) for passage in on_it]
    shares = share_out(keyed, spans)
    blocks = []
    for number, (block, share) in enumerate(zip(layout, shares, strict=True)):
        if only is not None and number not in only:
            continue
        found = sentences(edition.text, block.span)
        blocks.append(
            PaintedBlock(
                number, block.kind, block.span, found, cut(block.span, share, found)
            )
        )
    return blocks


def blocks_under(layout: Iterable[Block], span: Span) -> list[int]:
    """The numbers of the blocks in which `span` has words."""
    return [number for number, block in enumerate(layout) if block.span.overlaps(span)]


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as a list shows it, with the words of the text that make it."""

    claim: Claim
    quote: str


def cards(
    edition: Edition, on_it: Iterable[Passage], start: int = 0, end: int | None = None
) -> list[Card]:
    """The claims of the edition as their words stand in it, from `start` up to `end`."""
    first: dict[int, Passage] = {}
    for passage in on_it:
        first.setdefault(passage.claim, passage)
    wanted = list(first.values())[start:end]
    rows = (
        Appearance.objects.filter(
            edition=edition, claim__in=[passage.claim for passage in wanted]
        )
        .select_related("claim__claimant")
        .defer("claim__search")
    )
    found = {(row.claim_id, row.start, row.end): row for row in rows}
    return [
        Card(row.claim, row.quote)
        for passage in wanted
        if (row := found.get((passage.claim, passage.start, passage.end)))
    ]


def card_before(edition: Edition, appearance: Appearance) -> int | None:
    """The id of the claim whose card stands just above that of `appearance`."""
    earlier = (
        Appearance.objects.filter(edition=edition)
        .exclude(claim=appearance.claim_id)
        .filter(
            Q(start__lt=appearance.start)
            | Q(start=appearance.start, end__gt=appearance.end)
        )
        .order_by("-start", "end")
    )
    return earlier.values_list("claim", flat=True).first()


def claim_counts(articles: Collection[Article]) -> dict[int, dict[str, int]]:
    """For each article's id, how many of its claims are in which state; one query."""
    counts: dict[int, dict[str, int]] = {article.pk: {} for article in articles}
    rows = (
        Appearance.objects.filter(edition__article__in=list(counts))
        .order_by()
        .values_list("edition__article", "claim__status")
        .annotate(count=Count("claim", distinct=True))
    )
    for article, status, count in rows:
        counts[article][status] = count
    return counts
