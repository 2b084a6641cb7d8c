"""Which paragraphs and sentences of a new text are those of an old one, moved ones included.

Heckel's method ("A technique for isolating differences between files", 1978): what both
texts have exactly once is the same, and then so are equal neighbours of what is the same.
First for paragraphs as they are, then as they are spelled, then for the sentences of the
paragraphs that are left.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from annotations.text.segmentation import sentences
from annotations.text.spans import Span

from .folding import Token, spelled, tokens
from .matching import longest_rising
from .resembling import Bag, Index, bag_of

# Code points up to which a sentence says too little to be known by its words alone:
# "Total : 12 %" may stand under another heading.
SHORT = 24
# How like each other paragraphs are that are the same, moved and edited, and by how much
# more than the next: a paragraph of few words must be more so.
KIN = 0.6
KIN_IF_SHORT = 0.75
SHORT_BAG = 60
CLEAR = 0.15


@dataclass
class Side:
    """One text, cut into paragraphs, and where those differ into sentences.

    `pair[i]` is the index of the unit of the other side that is unit i, or -1;
    `block[i]` the paragraph it belongs to.
    """

    text: str
    blocks: list[Span]
    units: list[Span]
    block: list[int]
    keys: list[str]
    pair: list[int] = field(default_factory=list)
    rows: dict[int, list[Token]] = field(default_factory=dict)

    def row(self, unit: int) -> list[Token]:
        """The tokens of a unit, read once."""
        if unit not in self.rows:
            span = self.units[unit]
            self.rows[unit] = list(tokens(self.text, span.start, span.end))
        return self.rows[unit]

    @cached_property
    def stayed(self) -> set[int]:
        """The units that have a pair in the same order: see `in_order`."""
        return in_order(self)

    def units_of(self, block: int) -> range:
        """The units of a paragraph."""
        return range(bisect_left(self.block, block), bisect_right(self.block, block))

    def units_at(self, span: Span) -> range:
        """The units that `span` has a character of."""
        first = bisect_right(self.units, span.start, key=lambda unit: unit.end)
        past = bisect_left(self.units, span.end, key=lambda unit: unit.start)
        return range(first, past)

    def around(self, span: Span) -> Span:
        """`span` and the rest of the units it has a part of."""
        first, last = self.unit_at(span.start), self.unit_at(span.end - 1)
        return Span(
            min(span.start, self.units[first].start),
            max(span.end, self.units[last].end),
        )

    def unit_at(self, offset: int) -> int:
        """The last unit that starts at or before `offset`; 0 if none does."""
        return max(0, bisect_right(self.units, offset, key=lambda unit: unit.start) - 1)


def paired(
    old: str, old_blocks: Sequence[Span], new: str, new_blocks: Sequence[Span]
) -> tuple[Side, Side]:
    """Both texts, cut and paired."""
    ours, theirs = side(old, old_blocks), side(new, new_blocks)
    pair_up(ours, theirs)
    respell(ours)
    respell(theirs)
    pair_up(ours, theirs)
    ours, theirs = cut(ours, theirs)
    pair_up(ours, theirs)
    return ours, theirs


def side(text: str, blocks: Sequence[Span]) -> Side:
    units = [span for span in blocks if span.of(text).strip()]
    if not units and text.strip():
        units = [Span(0, len(text))]
    keys = [span.of(text) for span in units]
    return Side(text, units, units, list(range(len(units))), keys, [-1] * len(units))


def respell(side: Side) -> None:
    """Gives what has no pair its one spelling as its key."""
    for index, pair in enumerate(side.pair):
        if pair < 0:
            side.keys[index] = spelled(side.keys[index])


def cut(old: Side, new: Side) -> tuple[Side, Side]:
    """Both, with the paragraphs that have no pair cut into sentences."""
    cuts: list[Side] = []
    starts: list[list[int]] = []
    for one in (old, new):
        units: list[Span] = []
        block: list[int] = []
        keys: list[str] = []
        start: list[int] = []
        for index, span in enumerate(one.units):
            start.append(len(units))
            pieces = [span] if one.pair[index] >= 0 else list(pieces_of(one.text, span))
            units += pieces
            block += [index] * len(pieces)
            keys += (
                [one.keys[index]]
                if one.pair[index] >= 0
                else [spelled(piece.of(one.text)) for piece in pieces]
            )
        cuts.append(Side(one.text, one.blocks, units, block, keys, [-1] * len(units)))
        starts.append(start)
    for index, pair in enumerate(old.pair):
        if pair >= 0:
            cuts[0].pair[starts[0][index]] = starts[1][pair]
            cuts[1].pair[starts[1][pair]] = starts[0][index]
    return cuts[0], cuts[1]


def pieces_of(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a paragraph, each line of it on its own."""
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        yield from sentences(text, Span(start, end))
        start = end + 1


def pair_up(old: Side, new: Side) -> None:
    """Pairs what is equal and has no pair yet, as far as it is certain which is which."""
    counts, others = Counter(old.keys), Counter(new.keys)
    place = {key: index for index, key in enumerate(new.keys)}
    for index, key in enumerate(old.keys):
        is_only = old.pair[index] < 0 and counts[key] == 1 and others[key] == 1
        if is_only and new.pair[place[key]] < 0:
            old.pair[index], new.pair[place[key]] = place[key], index
    # Of equal neighbours first those of what stayed in its place: what moved may have
    # come to stand beside others' like.
    for sure in (in_order(old), None):
        extend(old, new, range(len(old.keys)), 1, sure)
        extend(old, new, range(len(old.keys) - 1, -1, -1), -1, sure)
    part_lost(old, new)


def in_order(old: Side) -> set[int]:
    """The units that have a pair and did not move: most of them in the same order."""
    chain = [index for index, pair in enumerate(old.pair) if pair >= 0]
    return {
        chain[place] for place in longest_rising([old.pair[index] for index in chain])
    }


def extend(
    old: Side, new: Side, order: Sequence[int], step: int, sure: set[int] | None
) -> None:
    """Pairs equal neighbours, one `step` on, of what has a pair; the text's ends are neighbours.

    Only of those in `sure`, if it is given: it grows by what is found.
    """
    for index in order:
        if old.pair[index] >= 0:
            continue
        before = index - step
        if 0 <= before < len(old.keys):
            if old.pair[before] < 0 or (sure is not None and before not in sure):
                continue
            other = old.pair[before] + step
        else:
            other = 0 if step > 0 else len(new.keys) - 1
        if not 0 <= other < len(new.keys) or new.pair[other] >= 0:
            continue
        if old.keys[index] == new.keys[other]:
            old.pair[index], new.pair[other] = other, index
            if sure is not None:
                sure.add(index)


def part_lost(old: Side, new: Side) -> None:
    """Takes the pair from a few words that moved with none of their neighbours."""
    stayed = in_order(old)
    lost = []
    for index, pair in enumerate(old.pair):
        if pair < 0 or index in stayed or len(old.keys[index]) > SHORT:
            continue
        is_beside = (index and pair and old.pair[index - 1] == pair - 1) or (
            index + 1 < len(old.pair)
            and pair + 1 < len(new.pair)
            and old.pair[index + 1] == pair + 1
        )
        if not is_beside:
            lost.append(index)
    for index in lost:
        new.pair[old.pair[index]] = -1
        old.pair[index] = -1


def may_slide(side: Side, index: int) -> bool:
    """Whether unit `index`, which has a pair, stands beside its like that has none."""
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(side.keys) and side.keys[at] == side.keys[index]:
            if side.pair[at] < 0:
                return True
            at += step
    return False


def is_one_of_several(old: Side, new: Side, index: int) -> bool:
    """Whether unit `index`, which has a pair elsewhere, has its like, and another neighbour."""
    pair = old.pair[index]
    if index in old.stayed or (
        0 < index < len(old.pair) - 1
        and old.pair[index - 1] == pair - 1
        and old.pair[index + 1] == pair + 1
    ):
        return False
    words, others = old.units[index].of(old.text), new.units[pair].of(new.text)
    return has_twice(old.text, words) or has_twice(new.text, others)


def has_twice(text: str, words: str) -> bool:
    return text.find(words, text.find(words) + 1) >= 0


@dataclass(slots=True)
class Gap:
    """Units without a pair that stand in the same place of both texts."""

    old: list[int]
    new: list[int]


def gaps(old: Side, new: Side) -> list[Gap]:
    """All units without a pair: those together that became each other, if any did.

    What stands between the same neighbours in both texts is together; and a paragraph with
    the one it resembles, if it moved.
    """
    found = list(between_pairs(old, new))
    elsewhere = [
        Gap(list(old.units_of(block)), list(new.units_of(other)))
        for block, other in moved(old, new, found)
    ]
    gone = {unit for gap in elsewhere for unit in gap.old}
    come = {unit for gap in elsewhere for unit in gap.new}
    for gap in found:
        gap.old = [unit for unit in gap.old if unit not in gone]
        gap.new = [unit for unit in gap.new if unit not in come]
    return [gap for gap in found + elsewhere if gap.old or gap.new]


def moved(old: Side, new: Side, found: Sequence[Gap]) -> list[tuple[int, int]]:
    """Paragraphs that stand elsewhere in other words, and where: none of their sentences has a pair."""
    place: dict[int, int] = {}
    other_place: dict[int, int] = {}
    for number, gap in enumerate(found):
        mine, its = whole_blocks(old, gap.old), whole_blocks(new, gap.new)
        if len(mine) == len(its) == 1 and share_words(
            old.blocks[mine[0]].of(old.text), new.blocks[its[0]].of(new.text)
        ):
            continue  # a paragraph that was edited where it is
        place |= dict.fromkeys(mine, number)
        other_place |= dict.fromkeys(its, number)
    kin: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for block, other in resembling(old, place, new, other_place):
        is_here = place[block] == other_place[other]
        kin[place[block] if is_here else -1].append((block, other))
    elsewhere = kin.pop(-1, [])
    for pairs in kin.values():
        pairs.sort()
        in_order = set(longest_rising([other for _, other in pairs]))
        elsewhere += [pair for at, pair in enumerate(pairs) if at not in in_order]
    return elsewhere


def share_words(one: str, other: str) -> bool:
    """Whether half of the words of either are the other's: at a glance."""
    ours, theirs = set(one.split()), set(other.split())
    return 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def resembling(
    old: Side, blocks: Iterable[int], new: Side, other_blocks: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Paragraphs of these that are like each other, and like no other of them."""
    ours, theirs = Index(bags(old, blocks)), Index(bags(new, other_blocks))
    for block, bag in ours.bags.items():
        best = theirs.best(bag)
        if not best:
            continue
        near, other = best[0]
        least = KIN_IF_SHORT if bag.total < SHORT_BAG else KIN
        if near < least or (len(best) > 1 and near - best[1][0] < CLEAR):
            continue
        back = ours.best(theirs.bags[other])
        if back[0][1] == block and (len(back) < 2 or near - back[1][0] >= CLEAR):
            yield block, other


def bags(side: Side, blocks: Iterable[int]) -> dict[int, Bag]:
    return {
        block: bag_of(
            token for unit in side.units_of(block) for token in side.row(unit)
        )
        for block in blocks
    }


def whole_blocks(side: Side, units: Sequence[int]) -> list[int]:
    """The paragraphs that have all of their units among these."""
    counts = Counter(side.block[unit] for unit in units)
    return [
        block for block, count in counts.items() if count == len(side.units_of(block))
    ]


def between_pairs(old: Side, new: Side) -> Iterator[Gap]:
    """The units without a pair, together if they have neighbours that are a pair."""
    ours, theirs = list(unpaired(old.pair)), list(unpaired(new.pair))
    starts = {first: number for number, (first, _) in enumerate(theirs)}
    ends = {past: number for number, (_, past) in enumerate(theirs)}
    root = list(range(len(ours) + len(theirs)))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    def join(number: int, other: int | None) -> None:
        if other is not None:
            root[find(len(ours) + other)] = find(number)

    for number, (first, past) in enumerate(ours):
        join(number, starts.get(old.pair[first - 1] + 1 if first else 0))
        join(
            number,
            ends.get(old.pair[past] if past < len(old.pair) else len(new.pair)),
        )
    together: dict[int, Gap] = {}
    for number, (first, past) in enumerate(ours):
        gap = together.setdefault(find(number), Gap([], []))
        gap.old += range(first, past)
    for number, (first, past) in enumerate(theirs):
        gap = together.setdefault(find(len(ours) + number), Gap([], []))
        gap.new += range(first, past)
    yield from together.values()


def unpaired(pair: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The ranges of units that have no pair."""
    first = None
    for index in range(len(pair) + 1):
        if index < len(pair) and pair[index] < 0:
            first = index if first is None else first
        elif first is not None:
            yield first, index
            first = None
