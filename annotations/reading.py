"""The article as an editor reads it: blocks, sentences, and the passages painted on them."""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Count

from .models import Appearance, Article, Claim, Edition
from .text.blocks import Block
from .text.segmentation import sentences
from .text.segments import Segment, cut, share_out
from .text.spans import Span

# Texts that a process keeps at hand; a few megabytes, were all of them as long as can be.
KEPT_EDITIONS = 32


def edition_of(pk: int) -> Edition | None:
    """The edition with its text, which a process that has read it lately has at hand.

    Editions never change and never go (triggers see to that), so what is kept does not
    grow old; what hangs on one does, so each caller has a record of their own.
    """
    try:
        return copy(_kept_edition(pk))
    except Edition.DoesNotExist:
        return None


@lru_cache(KEPT_EDITIONS)
def _kept_edition(pk: int) -> Edition:
    edition = Edition.objects.defer("search").get(pk=pk)
    _ = edition.layout  # laid out once, for all who ask
    return edition


class Passage(NamedTuple):
    """The words of an edition that make a claim, as light as 5 000 on a page must be."""

    start: int
    end: int
    claim: int
    status: str


@dataclass(frozen=True, slots=True)
class PaintedBlock:
    """A block of the text, cut into flat segments; `sentences` are spans in the text.

    `locator` is where it stood in what it was taken from, if not where the one before did;
    `suggested` are the offsets at which a sentence begins that asks to be checked.
    """

    number: int
    kind: str
    span: Span
    sentences: list[Span]
    segments: list[Segment[Passage]]
    locator: str
    suggested: frozenset[int] = frozenset()


def passages(edition: Edition) -> list[Passage]:
    """The passages of the edition, in reading order; one query, whatever their number."""
    found = Appearance.objects.filter(edition=edition)
    rows = found.order_by("start", "-end", "pk").values_list(
        "start", "end", "claim_id", "claim__status"
    )
    return [Passage(*row) for row in rows]


# The passages of a region, and the last one before it: all that a highlight there repaints,
# and the card that its own goes under.
AROUND = """
SELECT start, "end", claim_id, status
FROM annotations_appearance JOIN annotations_claim ON annotations_claim.id = claim_id
WHERE edition_id = %(edition)s AND start < %(end)s AND "end" > %(start)s
   OR annotations_appearance.id = (
        SELECT id FROM annotations_appearance
        WHERE edition_id = %(edition)s AND "end" <= %(start)s
        ORDER BY start DESC, "end" LIMIT 1
   )
ORDER BY start, "end" DESC, annotations_appearance.id
"""


def passages_around(edition: Edition, region: Span) -> list[Passage]:
    """Those with words in `region` and the last one before it, in reading order."""
    with connection.cursor() as cursor:
        where = {"edition": edition.pk, "start": region.start, "end": region.end}
        cursor.execute(AROUND, where)
        return [Passage(*row) for row in cursor]


def painted(
    edition: Edition,
    on_it: Iterable[Passage],
    only: Collection[int] | None = None,
    suggested: Iterable[int] = (),
) -> list[PaintedBlock]:
    """The blocks of the edition, or `only` those of these numbers, with their passages."""
    numbers = range(len(edition.layout)) if only is None else sorted(only)
    layout = [edition.layout[number] for number in numbers]
    keyed = [(Span(passage.start, passage.end), passage) for passage in on_it]
    shares = share_out(keyed, [block.span for block in layout])
    blocks, suggested = [], frozenset(suggested)
    for number, block, share in zip(numbers, layout, shares, strict=True):
        found = sentences(edition.text, block.span)
        before = edition.layout[number - 1].locator if number else ""
        blocks.append(
            PaintedBlock(
                number=number,
                kind=block.kind,
                span=block.span,
                sentences=found,
                segments=cut(block.span, share, found),
                locator=block.locator if block.locator != before else "",
                suggested=suggested,
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


def card_before(on_it: Iterable[Passage], claim: int) -> int | None:
    """The claim whose card stands just above that of the first passage of `claim`."""
    above = None
    for passage in on_it:
        if passage.claim == claim:
            break
        above = passage.claim
    return above


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
