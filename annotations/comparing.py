"""Two texts of an article beside each other, and the passages that somebody has to settle."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from .figures import between_editions
from .models import Carriage, CarriageOutcome, Edition
from .text.blocks import Block
from .text.carrying import Kind, Row, changes
from .text.spans import Span

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

# Code points around words that are shown out of their text: about a sentence.
AROUND = 90
# Paragraphs in a row that are as they were, and fold away; one stays at either end.
FOLDED = 4
CUT = "…"

REASONS: dict[str, "StrOrPromise"] = {
    CarriageOutcome.CHANGED: _("The words have changed."),
    CarriageOutcome.FIGURE_CHANGED: _("A figure, a unit, a date or a negation has changed."),
    CarriageOutcome.AMBIGUOUS: _("No place is sure enough to be taken without a person."),
    CarriageOutcome.ORPHANED: _("Nothing in this version is like these words."),
}  # fmt: skip
DOUBTS: dict[str, "StrOrPromise"] = {
    "other_figure": _("Another figure stands here."),
    "other_negation": _("A negation came or went."),
    "other_date": _("Another date stands here."),
    "words_differ": _("The words differ."),
    "several_places": _("The same words stand in several places."),
    "other_paragraph": _("It stands in another paragraph."),
    "other_context": _("What stands around it differs."),
    "split": _("The words stand apart now, with others between them."),
}


class Excerpt(NamedTuple):
    """Words of a text, and some of those around them in their paragraph."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage may stand now, and why that is for a person to say."""

    number: int
    excerpt: Excerpt
    doubt: "StrOrPromise"


@dataclass(frozen=True, slots=True)
class Question:
    """A passage to settle: its words as they were, why it is asked, and where it may be."""

    carriage: Carriage
    excerpt: Excerpt
    reason: "StrOrPromise"
    figures: list[str]
    places: list[Place]


def questions(rows: Iterable[Carriage], new: Edition) -> list[Question]:
    """What has to be asked of a person about each. A query for each earlier text."""
    texts: dict[int, Edition] = {}
    found = []
    for row in rows:
        passage = row.appearance
        old = texts.get(passage.edition_id)
        if old is None:
            old = Edition.objects.defer("search").get(pk=passage.edition_id)
            texts[old.pk] = old
        places = [
            Place(
                number, excerpt(new, Span(start, end)), DOUBTS.get(doubt, DOUBTS["words_differ"])
            )
            for number, (start, end, _score, doubt) in enumerate(row.proposals)
        ]  # fmt: skip
        found.append(
            Question(
                row,
                excerpt(old, Span(passage.start, passage.end)),
                REASONS.get(row.outcome, ""),
                between_editions(
                    passage.quote,
                    places[0].excerpt.words,
                    language=new.article.language,
                    published=new.article.published_on,
                )
                if row.outcome == CarriageOutcome.FIGURE_CHANGED and places
                else [],
                places,
            )
        )
    return found


def excerpt(edition: Edition, span: Span) -> Excerpt:
    """The words at `span`, with what stands around them in their paragraphs."""
    inside = [block.span for block in edition.layout if block.span.overlaps(span)]
    start = min((block.start for block in inside), default=span.start)
    end = max((block.end for block in inside), default=span.end)
    first, last = max(start, span.start - AROUND), min(end, span.end + AROUND)
    before = edition.text[first : span.start]
    after = edition.text[span.end : last]
    # Not in the middle of a word.
    if first > start:
        before = CUT + before.partition(" ")[2]
    if last < end:
        after = after.rpartition(" ")[0] + CUT
    return Excerpt(before, span.of(edition.text), after)


class Piece(NamedTuple):
    """Words of a paragraph that are alike: as they were, or how they differ."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph beside the one it became, cut where they differ, with its passages."""

    kind: Kind
    old: list[Piece]
    new: list[Piece]
    is_subhead: bool
    passages: list[Carriage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs in a row; those as they were are folded where there are many."""

    pairs: list[Pair]
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side; `apart` are passages that neither has a paragraph for."""

    stretches: list[Stretch]
    apart: list[Carriage]
    is_same: bool


def compared(old: Edition, new: Edition, rows: Iterable[Carriage]) -> Comparison:
    """The paragraphs of both texts, with the passages that went over to the new one. No query."""
    lines = changes(
        old.text,
        [block.span for block in old.layout],
        new.text,
        [block.span for block in new.layout],
    )
    here, apart = _shared_out(rows, lines, old)
    pairs = [
        _pair(line, old, new, here.get(number, [])) for number, line in enumerate(lines)
    ]
    return Comparison(
        list(_stretches(pairs)), apart, all(pair.kind is Kind.SAME for pair in pairs)
    )


def _shared_out(
    rows: Iterable[Carriage], lines: Sequence[Row], old: Edition
) -> tuple[dict[int, list[Carriage]], list[Carriage]]:
    """The passages beside each line, by its number, and those beside none.

    A passage stands where its words are now, or else where they were.
    """
    # What moved away is met where it went to.
    there = [item for item in enumerate(lines) if item[1].kind is not Kind.MOVED_AWAY]
    now = sorted((line.new, number) for number, line in there if line.new)
    before = sorted((line.old, number) for number, line in there if line.old)
    here: dict[int, list[Carriage]] = {}
    apart = []
    for row in rows:
        place = row.passage or row.appearance
        if row.passage is None and place.edition_id != old.pk:
            apart.append(row)
            continue
        spans = now if row.passage else before
        index = bisect_right(spans, place.start, key=lambda item: item[0].start) - 1
        if index >= 0 and spans[index][0].end > place.start:
            here.setdefault(spans[index][1], []).append(row)
        else:
            apart.append(row)
    return here, apart


def _pair(row: Row, old: Edition, new: Edition, here: list[Carriage]) -> Pair:
    # What moved is read where it is now; where it was, beside it only if its words changed.
    is_read_once = row.kind is Kind.MOVED and not (row.deleted or row.left)
    return Pair(
        row.kind,
        [] if is_read_once else
        _pieces(old.text, row.old, {"deleted": row.deleted, "left": row.left}),
        [] if row.kind is Kind.MOVED_AWAY else
        _pieces(new.text, row.new, {"inserted": row.inserted, "joined": row.joined}),
        _is_subhead(new.layout, row.new) if row.new else _is_subhead(old.layout, row.old),
        here,
    )  # fmt: skip


def _pieces(
    text: str, block: Span | None, marked: dict[str, tuple[Span, ...]]
) -> list[Piece]:
    if block is None:
        return []
    spans = sorted((span, kind) for kind, spans in marked.items() for span in spans)
    pieces = []
    at = block.start
    for span, kind in spans:
        if span.start > at:
            pieces.append(Piece("same", text[at : span.start]))
        pieces.append(Piece(kind, text[max(at, span.start) : span.end]))
        at = max(at, span.end)
    if at < block.end:
        pieces.append(Piece("same", text[at : block.end]))
    return pieces


def _is_subhead(layout: Iterable[Block], span: Span | None) -> bool:
    return any(block.span == span and block.kind == "subhead" for block in layout)


def _stretches(pairs: list[Pair]) -> Iterator[Stretch]:
    def is_quiet(pair: Pair) -> bool:
        return pair.kind is Kind.SAME and not any(
            passage.is_waiting for passage in pair.passages
        )

    for quiet, run in groupby(pairs, key=is_quiet):
        rows = list(run)
        if not quiet or len(rows) < FOLDED:
            yield Stretch(rows, is_folded=False)
            continue
        yield Stretch(rows[:1], is_folded=False)
        yield Stretch(rows[1:-1], is_folded=True)
        yield Stretch(rows[-1:], is_folded=False)
