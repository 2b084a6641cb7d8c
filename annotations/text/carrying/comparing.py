"""Two texts side by side for a reader: paragraph beside paragraph, and the words that differ."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.text.spans import Span

from .alignment import BREAK, Alignment
from .folding import Token
from .matching import longest_rising
from .pairing import Side

# Of the weight of the lighter of two paragraphs, what both have: less is chance.
IN_COMMON = 0.2


class Kind(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    RETOUCHED = "retouched"
    CHANGED = "changed"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"  # at its new place; its words may have changed, too
    MOVED_AWAY = "moved_away"  # at its old place; `new` is where it is now


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the old text beside the one of the new that it became.

    `deleted` and `inserted` are the words that differ, as spans of the old and of the new
    text. `left` and `joined` stayed as they are, but in another paragraph: a sentence that
    was moved out or in, a paragraph that was split or joined.
    """

    kind: Kind
    old: Span | None
    new: Span | None
    deleted: tuple[Span, ...] = ()
    inserted: tuple[Span, ...] = ()
    left: tuple[Span, ...] = ()
    joined: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A token or a whole equal sentence, its paragraph, and the paragraph of what it became."""

    span: Span
    block: int
    other: int | None
    is_same: bool
    weight: int


def changes(
    old: str, old_blocks: Sequence[Span], new: str, new_blocks: Sequence[Span]
) -> list[Row]:
    """The paragraphs of both texts as rows, in the order of the new text.

    A deleted paragraph follows the one it followed. Every paragraph of either text is in
    exactly one row, but for those that moved: they have a row at either place.
    """
    return rows(Alignment(old, old_blocks, new, new_blocks))


def rows(alignment: Alignment) -> list[Row]:
    """As `changes`, of texts that are compared already."""
    old, new = alignment.old, alignment.new
    ours, theirs = words(alignment)
    shared = kin(ours, theirs)
    partner = partners(shared)
    back = {other: block for block, other in partner.items()}
    in_place = chain(partner)
    made: list[Row] = []
    waiting = 0

    def without_place(until: int) -> Iterator[Row]:
        """Rows of the old paragraphs before `until` that are no longer there."""
        for block in range(waiting, until):
            if block in in_place:
                continue
            if block in partner:
                yield Row(
                    Kind.MOVED_AWAY, old.blocks[block], new.blocks[partner[block]]
                )
            else:
                yield row(block, None)

    def stays(word: Word, *, is_old: bool) -> bool:
        """Whether the word is as it was, in a paragraph that is kin of its own."""
        ends = (word.block, word.other) if is_old else (word.other, word.block)
        return word.is_same and ends in shared

    def row(block: int | None, other: int | None) -> Row:
        mine = ours[block] if block is not None else []
        its = theirs[other] if other is not None else []
        one = old.blocks[block] if block is not None else None
        two = new.blocks[other] if other is not None else None
        marks = (
            joined_up(old.text, [w.span for w in mine if not stays(w, is_old=True)]),
            joined_up(new.text, [w.span for w in its if not stays(w, is_old=False)]),
            joined_up(
                old.text,
                [w.span for w in mine if stays(w, is_old=True) and w.other != other],
            ),
            joined_up(
                new.text,
                [w.span for w in its if stays(w, is_old=False) and w.other != block],
            ),
        )
        if one is None or two is None:
            return Row(Kind.INSERTED if one is None else Kind.DELETED, one, two, *marks)
        if block not in in_place:
            return Row(Kind.MOVED, one, two, *marks)
        if any(marks):
            return Row(Kind.CHANGED, one, two, *marks)
        is_same = one.of(old.text) == two.of(new.text)
        return Row(Kind.SAME if is_same else Kind.RETOUCHED, one, two)

    for other in range(len(new.blocks)):
        block = back.get(other)
        if block in in_place:
            made += without_place(block)
            waiting = block + 1
        made.append(row(block, other))
    made += without_place(len(old.blocks))
    return made


def words(
    alignment: Alignment,
) -> tuple[dict[int, list[Word]], dict[int, list[Word]]]:
    """The words of each paragraph of the old text, and of the new."""
    old, new = alignment.old, alignment.new
    ours: dict[int, list[Word]] = defaultdict(list)
    theirs: dict[int, list[Word]] = defaultdict(list)
    for side, other_side, found in ((old, new, ours), (new, old, theirs)):
        for unit, pair in enumerate(side.pair):
            if pair >= 0:
                span = side.units[unit]
                weight = span.end - span.start
                block, other = side.block[unit], other_side.block[pair]
                found[block].append(Word(span, block, other, True, weight))
    for number in range(len(alignment.gaps)):
        stretch = alignment.stretch(number)
        here = Half(old, stretch.old, stretch.units)
        there = Half(new, stretch.new, stretch.other_units)
        for word in here.words(stretch.found, there):
            ours[word.block].append(word)
        for word in there.words(stretch.back, here):
            theirs[word.block].append(word)
    for found in (ours, theirs):
        for row in found.values():
            row.sort(key=lambda word: word.span)
    return ours, theirs


@dataclass(frozen=True, slots=True)
class Half:
    """The tokens of one side of a stretch, and the unit of each."""

    side: Side
    row: Sequence[Token]
    units: Sequence[int]

    def words(self, links: Sequence[int], other: "Half") -> Iterator[Word]:
        for token, unit, link in zip(self.row, self.units, links, strict=True):
            if token.key != BREAK:
                yield Word(
                    Span(token.start, token.end),
                    self.side.block[unit],
                    other.side.block[other.units[link]] if link >= 0 else None,
                    link >= 0 and other.row[link].key == token.key,
                    token.weight,
                )


def kin(
    ours: dict[int, list[Word]], theirs: dict[int, list[Word]]
) -> Counter[tuple[int, int]]:
    """Old and new paragraphs that have more in common than chance, and the weight of it."""
    shared: Counter[tuple[int, int]] = Counter()
    for block, row in ours.items():
        for word in row:
            if word.other is not None:
                shared[block, word.other] += word.weight
    for block, other in list(shared):
        lighter = min(weight_of(ours[block]), weight_of(theirs[other]))
        if shared[block, other] < IN_COMMON * lighter:
            del shared[block, other]
    return shared


def weight_of(row: Sequence[Word]) -> int:
    return sum(word.weight for word in row)


def partners(shared: Counter[tuple[int, int]]) -> dict[int, int]:
    """For each old paragraph the new one that has most of its words, each taken once."""
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for (block, other), _ in sorted(
        shared.items(), key=lambda item: (-item[1], item[0])
    ):
        if block not in partner and other not in taken:
            partner[block] = other
            taken.add(other)
    return partner


def chain(partner: dict[int, int]) -> set[int]:
    """The old paragraphs that did not move: most of them in the same order."""
    blocks = sorted(partner)
    return {blocks[at] for at in longest_rising([partner[block] for block in blocks])}


def joined_up(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans, those in one that only white space parts."""
    found: list[Span] = []
    for span in spans:
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)
