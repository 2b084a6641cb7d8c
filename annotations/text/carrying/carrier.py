"""A passage of one edition in the next: where it went, or why a person has to say."""

from collections.abc import Sequence
from functools import cached_property

from annotations.text.spans import Span

from .alignment import BREAK, Alignment, Stretch
from .comparing import Row, rows
from .folding import Token, spelled
from .outcomes import Carried, Doubt, Outcome, Proposal
from .pairing import SHORT, is_one_of_several, may_slide
from .placing import LIGHT, Place, place_of, shifted
from .searching import Search
from .stakes import difference, stakes

# How like a passage its place must be to be taken without a person, and from where on it is
# worth proposing. Chosen on the development set: see `make bench`.
ACCEPTED = 0.55
SURE = 0.9  # like enough not to ask whose words they are
KEPT = 0.75  # of the words, however many are new beside them
PROPOSED = 0.25
# The share of the words around a phrase, in its sentence, that must have stayed.
AROUND_KEPT = 0.4
# Tokens on either side that tell apart a phrase that its place has more than once.
BESIDE = 3
MOST_PROPOSALS = 3
YES_AND_NO = frozenset({"oui", "non", "vrai", "faux", "yes", "no", "true", "false"})


class Carrier:
    """Carries passages of `old` over to `new`: both are read and compared once."""

    def __init__(
        self, old: str, old_blocks: Sequence[Span], new: str, new_blocks: Sequence[Span]
    ) -> None:
        self.old, self.new = old, new
        self.alignment = Alignment(old, old_blocks, new, new_blocks)

    def carry(self, span: Span) -> Carried:
        """What became of the passage at `span`."""
        span = bare(self.old, span)
        units = self.alignment.units(span)
        if span.start >= span.end or not units:
            return Carried(Outcome.ORPHANED)
        if self.alignment.is_whole(units):
            return self.whole(span, units)
        if found := self.search.verbatim(span):
            return self.unless_negated(span, Place(found, 0, 1.0, 1.0))
        place = place_of(self.alignment, span)
        if place is None or (place.likeness < PROPOSED and place.kept < KEPT):
            return self.search.find(span)
        return self.judged(span, place)

    def changes(self) -> list[Row]:
        """Both texts side by side: see `comparing.changes`."""
        return rows(self.alignment)

    def whole(self, span: Span, units: range) -> Carried:
        """The passage in sentences that are the same in both texts."""
        place = shifted(self.alignment, span, units)
        old, new = self.alignment.old, self.alignment.new
        if any(
            may_slide(old, unit)
            or may_slide(new, old.pair[unit])
            or is_one_of_several(old, new, unit)
            for unit in units
        ):
            return self.undecided(span, Proposal(place, 1.0, Doubt.SEVERAL_PLACES))
        if len(units) == 1 and self.is_under_another(units[0]):
            return self.undecided(span, Proposal(place, 1.0, Doubt.OTHER_CONTEXT))
        return self.same(span, place)

    def is_under_another(self, unit: int) -> bool:
        """Whether a few words, such as "12 %" or "Non.", now follow what is not what they followed."""
        old = self.alignment.old
        span = old.units[unit]
        if unit == 0 or span.end - span.start > SHORT or not is_answer(old.row(unit)):
            return False
        before = unit - 1
        if old.pair[before] >= 0:
            return old.pair[before] != old.pair[unit] - 1
        links = self.alignment.links(before, old.units[before])
        total = sum(link.old.weight for link in links)
        kept = sum(link.weight for link in links)
        return kept < AROUND_KEPT * total

    def same(self, span: Span, place: Span) -> Carried:
        if span.of(self.old) == place.of(self.new):
            return Carried(Outcome.CARRIED, place)
        return Carried(Outcome.RETOUCHED, place)

    def undecided(self, span: Span, *proposals: Proposal) -> Carried:
        """The places that are proposed, and others that have the very words."""
        apart: list[Proposal] = []
        for proposal in sorted(proposals, key=lambda one: -one.score):
            if not any(proposal.span.overlaps(other.span) for other in apart):
                apart.append(proposal)
        apart += self.search.as_they_are(span, beside=[one.span for one in apart])
        return Carried(Outcome.AMBIGUOUS, None, tuple(apart[:MOST_PROPOSALS]))

    def judged(self, span: Span, place: Place) -> Carried:
        """The passage at a place that its own paragraph's words lead to."""
        is_same = spelled(span.of(self.old)) == spelled(place.span.of(self.new))
        is_like = is_same or (
            place.weight > LIGHT and (place.likeness >= ACCEPTED or place.kept >= KEPT)
        )
        if not is_like or self.around_kept(span) < AROUND_KEPT:
            found = self.search.find(span)
            if found.span is not None:
                return found
            doubt = Doubt.OTHER_CONTEXT if is_like else Doubt.WORDS_DIFFER
            return self.undecided(
                span, Proposal(place.span, place.likeness, doubt), *found.proposals
            )
        if (is_same and self.is_repeated(span)) or (
            place.likeness < SURE and self.search.is_anothers(span, place.span)
        ):
            return self.undecided(span, Proposal(place.span, 1.0, Doubt.SEVERAL_PLACES))
        other = difference(stakes(self.old, span), stakes(self.new, place.span))
        if other:
            proposal = Proposal(place.span, place.likeness, other)
            return Carried(Outcome.FIGURE_CHANGED, None, (proposal,))
        if is_same:
            return self.unless_negated(span, place)
        proposal = Proposal(place.span, place.likeness, Doubt.WORDS_DIFFER)
        return Carried(Outcome.CHANGED, place.span, (proposal,))

    def unless_negated(self, span: Span, place: Place) -> Carried:
        """The same words, that count as changed if their sentence now denies them."""
        if not self.is_negated(span, place.span):
            return self.same(span, place.span)
        proposal = Proposal(place.span, place.likeness, Doubt.OTHER_NEGATION)
        return Carried(Outcome.CHANGED, place.span, (proposal,))

    def is_negated(self, span: Span, place: Span) -> bool:
        """Whether the words around, in the same sentences, have other negations than before."""
        old, new = self.alignment.old, self.alignment.new
        mine, its = old.around(span), new.around(place)
        return stakes(self.old, mine).negations != stakes(self.new, its).negations

    def around_kept(self, span: Span) -> float:
        """The share that stayed of the words beside a phrase, in its sentences.

        All of it where the passage is most of its sentences, and speaks for itself.
        """
        mine = total = kept = 0.0
        for unit in self.alignment.units(span):
            for link in self.alignment.links(unit, self.alignment.old.units[unit]):
                if link.old.end <= span.start or span.end <= link.old.start:
                    total += link.old.weight
                    kept += link.weight
                else:
                    mine += link.old.weight
        return kept / total if 2 * total > mine else 1.0

    def is_repeated(self, span: Span) -> bool:
        """Whether its stretch has these words again, and the words beside them do not tell."""
        for unit in self.alignment.units(span):
            if unit not in self.alignment.gap_of:
                continue
            stretch = self.alignment.stretch(self.alignment.gap_of[unit])
            first, past = stretch.within(span)
            keys = [token.key for token in stretch.old[first:past]]
            if max(occurrences(stretch.old, keys), occurrences(stretch.new, keys)) > 1:
                return not is_held(stretch, first, past)
        return False

    @cached_property
    def search(self) -> Search:
        return Search(self.alignment)


def is_answer(row: Sequence[Token]) -> bool:
    """Whether the words are a figure or a yes or no, which mean nothing alone."""
    return any(
        token.stem == "#number" or token.key.lower() in YES_AND_NO for token in row
    )


def occurrences(row: Sequence[Token], keys: list[str]) -> int:
    words = [token.key for token in row]
    size = len(keys)
    return sum(
        words[at : at + size] == keys
        for at, word in enumerate(words)
        if word == keys[0]
    )


def is_held(stretch: Stretch, first: int, past: int) -> bool:
    """Whether the tokens on both sides stayed beside the passage, up to its sentence's ends."""
    here, there = stretch.found[first], stretch.found[past - 1]
    for step in range(1, BESIDE + 1):
        for at, other in ((first - step, here - step), (past - 1 + step, there + step)):
            row = stretch.old
            if not 0 <= at < len(row) or row[at].key == BREAK:
                continue
            if not 0 <= other < len(stretch.new) or stretch.found[at] != other:
                return False
    return True


def bare(text: str, span: Span) -> Span:
    """`span` without white space at its ends, inside the text."""
    start, end = max(0, span.start), min(len(text), span.end)
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, start + max(lead, len(words.rstrip())))
