"""Where the words of a passage stand now, judged by the words that stayed."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.text.spans import Span

from .alignment import BREAK, Alignment, Link, Pair, Stretch
from .folding import SMALL_WORD, tokens
from .resembling import bag_of, likeness

# Code points between two words that are still of one place, beyond the passage's length.
FAR = 200
# So far from the others a few light words at an end have come there by chance.
ASTRAY = 25
LIGHT = 2 * SMALL_WORD
# Signs behind which nothing belongs to the sentence that had them at its end.
STOPS = frozenset({".", "!", "?", "..."})
# Tokens that may be new before or behind the first or last word of a whole sentence.
LONGEST_ADDITION = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the new text, and how much of the passage is there.

    `weight` is that of the words that are found at the span, `kept` their share of the
    passage; `likeness` is also less the more there is beside them (Dice's coefficient).
    """

    span: Span
    weight: float
    kept: float
    likeness: float


def place_of(alignment: Alignment, span: Span) -> Place | None:
    """The place of what is left of the words at `span`, if any are."""
    links = [
        link for unit in alignment.units(span) for link in alignment.links(unit, span)
    ]
    kept = nearest(links, span)
    if not kept:
        return None
    if is_unbroken(alignment, links, kept):
        # What was put before or behind whole words is none of theirs.
        start = kept[0].new.start + cut_into(kept[0], span.start - kept[0].old.start)
        end = kept[-1].new.end - cut_into(kept[-1], kept[-1].old.end - span.end)
        weight = sum(pair.weight for pair in kept)
        return Place(Span(start, end), weight, 1.0, 1.0)
    start, end = start_of(alignment, span, kept[0]), end_of(alignment, span, kept[-1])
    place = measured(alignment, Span(start, end), links, kept)
    return rearranged(alignment, span, place) or place


def is_unbroken(
    alignment: Alignment, links: Sequence[Link], kept: Sequence[Pair]
) -> bool:
    """Whether all of the words stayed as they were, with nothing new between them."""
    if len(kept) != len(links) or any(pair.old.key != pair.new.key for pair in kept):
        return False
    there = tokens(alignment.new.text, kept[0].new.start, kept[-1].new.end)
    return sum(1 for _ in there) == len(kept)


def rearranged(alignment: Alignment, span: Span, place: Place) -> Place | None:
    """The whole of the sentences at `place`, if they are the passage's in another order.

    None if they are not, or are in part what other sentences became.
    """
    old, new = alignment.old, alignment.new
    mine, its = alignment.units(span), new.units_at(place.span)
    here = Span(old.units[mine[0]].start, old.units[mine[-1]].end)
    there = Span(new.units[its[0]].start, new.units[its[-1]].end)
    if not span.covers(here):
        return None
    for unit in its:
        number = alignment.gap_of_new.get(unit)
        if number is None:
            return None
        stretch = alignment.stretch(number)
        for at, owner in zip(stretch.back, stretch.other_units, strict=True):
            if owner == unit and at >= 0 and stretch.units[at] not in mine:
                return None
    ours = bag_of(token for unit in mine for token in old.row(unit))
    theirs = bag_of(token for unit in its for token in new.row(unit))
    near = likeness(ours, theirs)
    if near <= place.likeness:
        return None
    weight = near * (ours.total + theirs.total) / 2
    return Place(there, weight, weight / ours.total, near)


def measured(
    alignment: Alignment, found: Span, links: Sequence[Link], kept: Sequence[Pair]
) -> Place:
    total = sum(link.old.weight for link in links)
    weight = sum(pair.weight for pair in kept)
    there = sum(
        token.weight for token in tokens(alignment.new.text, found.start, found.end)
    )
    return Place(found, weight, weight / total, min(1.0, 2 * weight / (total + there)))


def nearest(links: Sequence[Link], span: Span) -> list[Pair]:
    """The pairs of the links, or the heaviest run of them that leads to one place."""
    runs: list[list[Pair]] = []
    last: int | None = None
    for pair in (link.pair for link in links):
        if pair is None:
            continue
        is_near = (
            last is not None
            and last <= pair.new.start <= last + FAR + span.end - span.start
        )
        if not is_near:
            runs.append([])
        runs[-1].append(pair)
        last = pair.new.end
    best = max(runs, key=lambda run: sum(pair.weight for pair in run), default=[])
    return without_strays(best)


def without_strays(pairs: list[Pair]) -> list[Pair]:
    """The pairs without a few light ones at an end, far from the others: a full stop, say."""
    parts: list[list[Pair]] = []
    for pair in pairs:
        if not parts or pair.new.start - parts[-1][-1].new.end > ASTRAY:
            parts.append([])
        parts[-1].append(pair)
    while len(parts) > 1 and sum(pair.old.weight for pair in parts[-1]) <= LIGHT:
        parts.pop()
    while len(parts) > 1 and sum(pair.old.weight for pair in parts[0]) <= LIGHT:
        parts.pop(0)
    return [pair for part in parts for pair in part]


def start_of(alignment: Alignment, span: Span, first: Pair) -> int:
    """Where the passage starts whose first word that stayed is `first`."""
    found = stretch_at(alignment, first)
    if found is None:
        return first.new.start + cut_into(first, span.start - first.old.start)
    stretch, at = found
    here = stretch.found[at]
    began = stretch.within(span)[0]
    while began < at and stretch.old[began].key == BREAK:
        began += 1
    # Back to the word before that has a place of its own, a paragraph's or sentence's start.
    ahead = at
    while ahead > 0 and stretch.found[ahead - 1] < 0:
        ahead -= 1
    other = here
    unit = stretch.other_units[here]
    while (
        other > 0
        and stretch.back[other - 1] < 0
        and stretch.other_units[other - 1] == unit
        and stretch.new[other - 1].key != BREAK
    ):
        other -= 1
    inside, outside = at - began, max(0, began - ahead)
    starts_sentence = began == 0 or stretch.units[began - 1] != stretch.units[began]
    reaches = other == 0 or stretch.other_units[other - 1] != unit
    between = here - other
    if starts_sentence and reaches and between <= LONGEST_ADDITION:
        take = between
    elif inside == 0:
        take = 0
    elif outside == 0 or starts_sentence:
        take = between
    else:
        take = round(between * inside / (inside + outside))
    if take == 0:
        offset = span.start - first.old.start if at == began else 0
        return first.new.start + cut_into(first, offset)
    return stretch.new[here - take].start


def end_of(alignment: Alignment, span: Span, last: Pair) -> int:
    """Where the passage ends whose last word that stayed is `last`."""
    found = stretch_at(alignment, last)
    if found is None:
        return last.new.end - cut_into(last, last.old.end - span.end)
    stretch, at = found
    here = stretch.found[at]
    past = stretch.within(span)[1]
    while past > at + 1 and stretch.old[past - 1].key == BREAK:
        past -= 1
    behind = at + 1
    while behind < len(stretch.old) and stretch.found[behind] < 0:
        behind += 1
    other = here + 1
    unit = stretch.other_units[here]
    while (
        other < len(stretch.new)
        and stretch.back[other] < 0
        and stretch.other_units[other] == unit
        and stretch.new[other].key != BREAK
    ):
        other += 1
    inside, outside = past - at - 1, max(0, behind - past)
    ends_sentence = (
        past >= len(stretch.old) or stretch.units[past] != stretch.units[past - 1]
    )
    reaches = other >= len(stretch.new) or stretch.other_units[other] != unit
    between = other - here - 1
    is_ended = inside == 0 and last.new.key in STOPS
    if ends_sentence and reaches and between <= LONGEST_ADDITION and not is_ended:
        take = between
    elif inside == 0:
        take = 0
    elif outside == 0 or ends_sentence:
        take = between
    else:
        take = round(between * inside / (inside + outside))
    if take == 0:
        offset = last.old.end - span.end if at == past - 1 else 0
        return last.new.end - cut_into(last, offset)
    return stretch.new[here + take].end


def cut_into(pair: Pair, offset: int) -> int:
    """`offset` if the passage cuts a word that stayed as it is; else the whole word counts."""
    is_same = pair.old.end - pair.old.start == pair.new.end - pair.new.start
    return offset if offset > 0 and is_same and pair.old.key == pair.new.key else 0


def stretch_at(alignment: Alignment, pair: Pair) -> tuple[Stretch, int] | None:
    """The stretch whose old words hold the pair's, and its index there."""
    unit = alignment.old.unit_at(pair.old.start)
    if alignment.old.pair[unit] >= 0:
        return None
    stretch = alignment.stretch(alignment.gap_of[unit])
    return stretch, stretch.within(Span(pair.old.start, pair.old.end))[0]


def shifted(alignment: Alignment, span: Span, units: range) -> Span:
    """The span's place where its units stand in the new text as they do in the old."""
    return Span(
        moved(alignment, units[0], span.start, is_end=False),
        moved(alignment, units[-1], span.end, is_end=True),
    )


def moved(alignment: Alignment, unit: int, offset: int, *, is_end: bool) -> int:
    """Where the `offset` in a unit that has a pair is in the pair."""
    old, new = alignment.old, alignment.new
    ours, theirs = old.units[unit], new.units[old.pair[unit]]
    offset = min(max(offset, ours.start), ours.end)
    if ours.of(old.text) == theirs.of(new.text):
        return theirs.start + offset - ours.start
    around = Span(offset - 1, offset) if is_end else Span(offset, offset + 1)
    pairs = [link.pair for link in alignment.links(unit, around) if link.pair]
    if not pairs:
        return theirs.end if is_end else theirs.start
    pair = pairs[0]
    if is_end:
        return pair.new.end - cut_into(pair, pair.old.end - offset)
    return pair.new.start + cut_into(pair, offset - pair.old.start)
