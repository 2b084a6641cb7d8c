"""What became of a passage in a new edition."""

from dataclasses import dataclass
from enum import StrEnum

from annotations.text.spans import Span


class Outcome(StrEnum):
    """What became of a passage; only the first two need nobody."""

    CARRIED = "carried"  # the same words
    RETOUCHED = "retouched"  # spaces, quotes, dashes, accents of capitals
    CHANGED = "changed"  # other words, the same figures, at a place that is known
    FIGURE_CHANGED = "figure_changed"  # a figure, unit, date or negation differs
    AMBIGUOUS = "ambiguous"  # there are places, and nobody but a person can tell
    ORPHANED = "orphaned"  # the words are gone


class Doubt(StrEnum):
    """Why a proposal is none that is accepted without a person."""

    OTHER_FIGURE = "other_figure"
    OTHER_NEGATION = "other_negation"
    OTHER_DATE = "other_date"
    WORDS_DIFFER = "words_differ"
    SEVERAL_PLACES = "several_places"
    OTHER_PARAGRAPH = "other_paragraph"
    OTHER_CONTEXT = "other_context"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place in the new text, how like the passage it is (0 to 1), and what speaks against it."""

    span: Span
    score: float
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Carried:
    """`span` is set if the passage was carried, retouched or changed; else a person decides.

    `proposals` are at most three, at different places, the best first. Where a figure
    changed, the first is the place where the other figure stands.
    """

    outcome: Outcome
    span: Span | None = None
    proposals: tuple[Proposal, ...] = ()
