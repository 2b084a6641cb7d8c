"""A passage whose own place is gone, looked for among words that are new."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotations.text.spans import Span

from .alignment import BREAK, Alignment, Stretch, linked, row_of
from .folding import Token, spelled
from .matching import matched
from .outcomes import Carried, Doubt, Outcome, Proposal
from .pairing import SHORT, has_twice
from .placing import Place, measured
from .resembling import Bag, Index, bag_of, joined, likeness
from .stakes import difference, stakes

# Of a sentence, the share of its words that came from another place: from here on it is
# not a place that is free.
TAKEN = 0.5
# How like the sentence of a passage another must be to be taken without a person, by how
# much more than the next one, and from where on it is worth proposing.
ACCEPTED = 0.8
CLEAR = 0.2
PROPOSED = 0.4
SAME_PARAGRAPH = 0.5
MOST_PROPOSALS = 3
# Code points of the shortest words that are looked for as they are.
SHORTEST_QUOTE = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Sentences of the new text, side by side, and how like the passage's own they are."""

    units: tuple[int, ...]
    likeness: float


class Search:
    """Looks for passages among the sentences of a new text that are new there."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment

    @cached_property
    def free(self) -> Index:
        """The new sentences that did not come from anywhere."""
        return Index(
            {
                unit: bag_of(self.alignment.new.row(unit))
                for number, gap in enumerate(self.alignment.gaps)
                for unit in untaken(self.alignment.stretch(number), gap.new)
            }
        )

    @cached_property
    def lost(self) -> Index:
        """The old sentences that are not as they were."""
        old = self.alignment.old
        return Index({unit: bag_of(old.row(unit)) for unit in self.alignment.gap_of})

    def verbatim(self, span: Span) -> Span | None:
        """The passage in its sentence, if both texts have that sentence once, word for word."""
        old, new = self.alignment.old, self.alignment.new
        units = old.units_at(span)
        here = Span(old.units[units[0]].start, old.units[units[-1]].end)
        words = here.of(old.text)
        if len(words) <= SHORT or not here.covers(span):
            return None
        start = new.text.find(words)
        if start < 0 or has_twice(old.text, words) or has_twice(new.text, words):
            return None
        if cuts_a_word(new.text, start) or cuts_a_word(new.text, start + len(words)):
            return None
        return Span(span.start - here.start + start, span.end - here.start + start)

    def is_anothers(self, span: Span, place: Span) -> bool:
        """Whether what stands at `place` is more like another old sentence than the passage's."""
        new = self.alignment.new
        own = self.alignment.units(span)
        bag = bag_of(token for unit in new.units_at(place) for token in new.row(unit))
        mine = bag_of(token for unit in own for token in self.alignment.old.row(unit))
        near = likeness(mine, bag)
        return any(
            other - near > CLEAR / 2 and unit not in own
            for other, unit in self.lost.best(bag)
        )

    def find(self, span: Span) -> Carried:
        """The passage where its sentence stands now, if there is one such place."""
        old, new = self.alignment.old, self.alignment.new
        own = list(self.alignment.units(span))
        row = row_of(old, own)[0]
        bag = bag_of(row)
        candidates = distinct(
            self.grown(Candidate((unit,), near), bag)
            for near, unit in self.free.best(bag)
        )
        placed = []
        for candidate in candidates:
            place = self.place(span, row, candidate)
            if place is not None and candidate.likeness >= PROPOSED:
                placed.append((candidate, place))
        proposals = []
        for at, (candidate, place) in enumerate(placed):
            next_best = placed[at + 1][0].likeness if at + 1 < len(placed) else 0.0
            doubt = self.doubt(own, candidate, place, next_best)
            if at == 0 and doubt is None:
                return accepted(old.text, span, new.text, place)
            proposals.append(
                Proposal(place.span, candidate.likeness, doubt or Doubt.SEVERAL_PLACES)
            )
        proposals += self.as_they_are(span, beside=[p.span for p in proposals])
        outcome = Outcome.AMBIGUOUS if placed else Outcome.ORPHANED
        return Carried(outcome, None, tuple(proposals[:MOST_PROPOSALS]))

    def grown(self, candidate: Candidate, bag: Bag) -> Candidate:
        """The candidate with free neighbours, as long as that makes it more alike."""
        bags = self.free.bags
        first = last = candidate.units[0]
        mine, best = bags[first], candidate.likeness
        while True:
            options = [
                (likeness(bag, both), unit, both)
                for unit in (first - 1, last + 1)
                if unit in bags
                for both in [joined(mine, bags[unit])]
            ]
            near, unit, both = max(options, key=lambda o: o[0], default=(0.0, 0, mine))
            if near <= best:
                return Candidate(tuple(range(first, last + 1)), best)
            best, mine = near, both
            first, last = min(first, unit), max(last, unit)

    def place(
        self, span: Span, row: Sequence[Token], candidate: Candidate
    ) -> Place | None:
        """Where in the candidate the words of the passage itself are."""
        new = self.alignment.new
        other = row_of(new, candidate.units)[0]
        found = matched(row, other)
        links = [
            linked(token, other[at] if at >= 0 else None)
            for token, at in zip(row, found, strict=True)
            if token.key != BREAK and token.start < span.end and span.start < token.end
        ]
        kept = [one.pair for one in links if one.pair]
        if not kept:
            return None
        is_all = row[0].start >= span.start and row[-1].end <= span.end
        if is_all:
            where = Span(
                new.units[candidate.units[0]].start, new.units[candidate.units[-1]].end
            )
        else:
            where = Span(kept[0].new.start, kept[-1].new.end)
        return measured(self.alignment, where, links, kept)

    def doubt(
        self,
        own: Sequence[int],
        candidate: Candidate,
        place: Place,
        next_best: float,
    ) -> Doubt | None:
        """Why the place is not taken without a person, if it is not."""
        old, new = self.alignment.old, self.alignment.new
        there = Span(
            new.units[candidate.units[0]].start, new.units[candidate.units[-1]].end
        )
        here = Span(old.units[own[0]].start, old.units[own[-1]].end)
        doubt = difference(stakes(old.text, here), stakes(new.text, there))
        if doubt:
            return doubt
        if candidate.likeness - next_best < CLEAR:
            return Doubt.SEVERAL_PLACES
        is_same = spelled(here.of(old.text)) == spelled(there.of(new.text))
        is_own = self.is_own_paragraph(own, candidate)
        if not is_own and not (is_same and here.end - here.start > SHORT):
            return Doubt.OTHER_PARAGRAPH
        if candidate.likeness < ACCEPTED or place.likeness < ACCEPTED:
            return Doubt.WORDS_DIFFER
        return None

    def is_own_paragraph(self, own: Sequence[int], candidate: Candidate) -> bool:
        """Whether the paragraph of the candidate is the passage's, moved or not."""
        old, new = self.alignment.old, self.alignment.new
        mine = [u for u in old.units_of(old.block[own[0]]) if u not in own]
        theirs = set(new.units_of(new.block[candidate.units[0]]))
        if any(old.pair[unit] in theirs for unit in mine if old.pair[unit] >= 0):
            return True
        weight = kept = 0.0
        for unit in mine:
            span = old.units[unit]
            for one in self.alignment.links(unit, span):
                weight += one.old.weight
                if (
                    one.pair
                    and new.block[new.unit_at(one.pair.new.start)]
                    == new.block[candidate.units[0]]
                ):
                    kept += one.weight
        return weight > 0 and kept >= SAME_PARAGRAPH * weight

    def as_they_are(self, span: Span, *, beside: Sequence[Span]) -> list[Proposal]:
        """Places where the very words stand, though their sentence is another."""
        quote, text = span.of(self.alignment.old.text), self.alignment.new.text
        if len(quote) < SHORTEST_QUOTE:
            return []
        found: list[Proposal] = []
        at = text.find(quote)
        while at >= 0 and len(found) < MOST_PROPOSALS:
            place = Span(at, at + len(quote))
            if not any(place.overlaps(other) for other in beside):
                found.append(Proposal(place, PROPOSED, Doubt.OTHER_CONTEXT))
            at = text.find(quote, at + len(quote))
        return found


def cuts_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def untaken(stretch: Stretch, units: Iterable[int]) -> Iterator[int]:
    """The new sentences of which little has a place in the old text."""
    total: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    for token, link, unit in zip(
        stretch.new, stretch.back, stretch.other_units, strict=True
    ):
        total[unit] += token.weight
        if link >= 0:
            taken[unit] += token.weight
    for unit in units:
        if taken[unit] < TAKEN * total[unit]:
            yield unit


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best of those that share a sentence."""
    found: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: -c.likeness):
        if not any(set(candidate.units) & set(other.units) for other in found):
            found.append(candidate)
    return found


def accepted(old: str, span: Span, new: str, place: Place) -> Carried:
    """The passage at a place beyond doubt."""
    if span.of(old) == place.span.of(new):
        return Carried(Outcome.CARRIED, place.span)
    if spelled(span.of(old)) == spelled(place.span.of(new)):
        return Carried(Outcome.RETOUCHED, place.span)
    proposal = Proposal(place.span, place.likeness, Doubt.WORDS_DIFFER)
    return Carried(Outcome.CHANGED, place.span, (proposal,))
