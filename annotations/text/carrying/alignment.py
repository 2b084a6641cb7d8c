"""Two texts side by side, word by word, as far as somebody asks."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from annotations.text.spans import Span

from .folding import SMALL_WORD, Token
from .matching import matched
from .pairing import Gap, Side, gaps, paired

BREAK = "¶"


@dataclass(frozen=True, slots=True)
class Pair:
    """A token of the old text, and the one of the new text that it became."""

    old: Token
    new: Token

    @property
    def weight(self) -> float:
        """How much of the old token is in the new text: half, if it is a form of the word."""
        return self.old.weight if self.old.key == self.new.key else self.old.weight / 2


@dataclass(frozen=True, slots=True)
class Link:
    """A token of the old text, and its pair, if it has one."""

    old: Token
    pair: Pair | None

    @property
    def weight(self) -> float:
        return self.pair.weight if self.pair else 0


def linked(old: Token, new: Token | None) -> Link:
    return Link(old, Pair(old, new) if new else None)


class Stretch:
    """Words of both texts that stand in the same place and differ.

    `found` is for each old token the index of the new one, or -1, and `back` the same the
    other way round; `units` and `other_units` say which sentence each belongs to. Where a
    line ends, or what follows stands elsewhere, is a token "¶", and at both ends.
    """

    def __init__(self, gap: Gap, old: Side, new: Side) -> None:
        self.old, self.units = row_of(old, gap.old)
        self.new, self.other_units = row_of(new, gap.new)
        self.found = matched(self.old, self.new)
        self.back = [-1] * len(self.new)
        for index, other in enumerate(self.found):
            if other >= 0:
                self.back[other] = index

    def within(self, span: Span) -> tuple[int, int]:
        """The range of old tokens that `span` has a part of."""
        first = bisect_right(self.old, span.start, key=lambda token: token.end)
        past = bisect_left(self.old, span.end, key=lambda token: token.start)
        return first, past


def row_of(side: Side, units: Sequence[int]) -> tuple[list[Token], list[int]]:
    """The tokens of these units, and the unit of each; -1 for the breaks, also at the ends."""
    row: list[Token] = []
    owners: list[int] = []
    before: int | None = None
    for unit in units:
        span = side.units[unit]
        if before is None or (
            unit != before + 1 or "\n" in side.text[side.units[before].end : span.start]
        ):
            row.append(Token(span.start, span.start, BREAK, BREAK, SMALL_WORD))
            owners.append(-1)
        words = side.row(unit)
        row += words
        owners += [unit] * len(words)
        before = unit
    end = row[-1].end if row else 0
    row.append(Token(end, end, BREAK, BREAK, SMALL_WORD))
    owners.append(-1)
    return row, owners


class Alignment:
    """What of the old text became what of the new; words are compared when asked for."""

    def __init__(
        self, old: str, old_blocks: Sequence[Span], new: str, new_blocks: Sequence[Span]
    ) -> None:
        self.old, self.new = paired(old, old_blocks, new, new_blocks)
        self.gaps = gaps(self.old, self.new)
        self.gap_of = {
            unit: number for number, gap in enumerate(self.gaps) for unit in gap.old
        }
        self.gap_of_new = {
            unit: number for number, gap in enumerate(self.gaps) for unit in gap.new
        }
        self._stretches: dict[int, Stretch] = {}

    def stretch(self, number: int) -> Stretch:
        """The words of gap `number`, compared once."""
        if number not in self._stretches:
            self._stretches[number] = Stretch(self.gaps[number], self.old, self.new)
        return self._stretches[number]

    def units(self, span: Span) -> range:
        """The units of the old text that `span` has a character of."""
        return self.old.units_at(span)

    def is_whole(self, units: range) -> bool:
        """Whether these units stand in the new text as they do in the old, side by side."""
        pairs = [self.old.pair[unit] for unit in units]
        return (
            bool(pairs)
            and pairs[0] >= 0
            and all(pair == pairs[0] + at for at, pair in enumerate(pairs))
        )

    def links(self, unit: int, span: Span) -> list[Link]:
        """The tokens of `unit` that `span` has a part of, each with what it became."""
        if self.old.pair[unit] >= 0:
            return [
                one
                for one in self._links_of_pair(unit)
                if one.old.start < span.end and span.start < one.old.end
            ]
        stretch = self.stretch(self.gap_of[unit])
        first, past = stretch.within(span)
        return [
            linked(stretch.old[at], stretch.new[other] if other >= 0 else None)
            for at, other in enumerate(stretch.found[first:past], first)
            if stretch.units[at] == unit and stretch.old[at].key != BREAK
        ]

    def _links_of_pair(self, unit: int) -> list[Link]:
        """The tokens of a unit that has a pair, with its pair's."""
        if unit not in self._linked:
            row, other = self.old.row(unit), self.new.row(self.old.pair[unit])
            if [token.key for token in row] == [token.key for token in other]:
                found = list(range(len(row)))
            else:
                found = matched(row, other)
            self._linked[unit] = [
                linked(token, other[at] if at >= 0 else None)
                for token, at in zip(row, found, strict=True)
            ]
        return self._linked[unit]

    @cached_property
    def _linked(self) -> dict[int, list[Link]]:
        return {}
