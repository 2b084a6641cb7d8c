"""Two texts beside each other, paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .cleaning import fold

# difflib takes the square of what it compares: so many paragraphs a side, words in a pair of
# paragraphs, and pairs of words over all, stay within a second. Beyond, a pair counts as
# different and its words are not looked at.
MOST_PARAGRAPHS = 1500
MOST_WORDS = 1200
MOST_WORK = 4_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph; `only` says that the other text does not have them there."""

    words: str
    only: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of each text, or of one alone: "same", "changed", "left" or "right"."""

    kind: str
    left: list[Piece]
    right: list[Piece]


def rows(left: Sequence[str], right: Sequence[str]) -> tuple[list[Row], bool]:
    """The paragraphs of both, those alike on one row; and whether all were compared."""
    is_whole = max(len(left), len(right)) <= MOST_PARAGRAPHS
    left, right = left[:MOST_PARAGRAPHS], right[:MOST_PARAGRAPHS]
    matcher = SequenceMatcher(
        None, [alike(text) for text in left], [alike(text) for text in right], False
    )
    found: list[Row] = []
    work = 0
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        ours, theirs = left[start:end], right[other_start:other_end]
        if kind == "equal":
            found += [
                Row("same", [Piece(one, False)], [Piece(other, False)])
                for one, other in zip(ours, theirs, strict=True)
            ]
            continue
        for one, other in paired(ours, theirs):
            if one is None or other is None:
                found.append(
                    Row(
                        "left" if other is None else "right",
                        [Piece(one, True)] if one else [],
                        [Piece(other, True)] if other else [],
                    )
                )
                continue
            first, second = one.split(), other.split()
            work += len(first) * len(second)
            if max(len(first), len(second)) > MOST_WORDS or work > MOST_WORK:
                found.append(Row("changed", [Piece(one, True)], [Piece(other, True)]))
            else:
                found.append(Row("changed", *pieces(first, second)))
    return found, is_whole


def alike(text: str) -> str:
    return " ".join(fold(text).text.split())


def paired(
    left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs that stand in each other's place: those that share words, in order."""
    place = 0
    for one in left:
        words = set(one.split())
        match = next(
            (
                number
                for number in range(place, min(place + 5, len(right)))
                if 2 * len(words & set(right[number].split())) > len(words)
            ),
            None,
        )
        if match is None:
            yield one, None
            continue
        for number in range(place, match):
            yield None, right[number]
        yield one, right[match]
        place = match + 1
    for number in range(place, len(right)):
        yield None, right[number]


def pieces(left: list[str], right: list[str]) -> tuple[list[Piece], list[Piece]]:
    """The words of two paragraphs, those that only one has apart."""
    ours: list[Piece] = []
    theirs: list[Piece] = []
    matcher = SequenceMatcher(None, left, right, False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if start < end:
            ours.append(Piece(" ".join(left[start:end]), kind != "equal"))
        if other_start < other_end:
            theirs.append(
                Piece(" ".join(right[other_start:other_end]), kind != "equal")
            )
    return ours, theirs
