"""What must be identical in two wordings: figures, units, dates and negations.

When in doubt they differ: a person looks at two lines, and nothing slides unseen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from annotations.text.languages import guessed
from annotations.text.quantities import Change, Quantity, figures
from annotations.text.quantities.units import singular
from annotations.text.spans import Span

from .folding import SMALL_WORD, Token, has_digits, tokens
from .outcomes import Doubt
from .vocabulary import (
    BEFORE_SUMMER,
    DAYS,
    MEASURES,
    MONEY,
    MONTH_NAMES,
    NEGATIONS,
    PARTS_OF_A_YEAR,
    REACH_OF_NE,
    SIGNS,
    WITH_NE,
    number_of,
)

# Code points around a passage that are read to complete a figure it cuts: the longest are
# such as "environ quatorze milliards trois cents millions de dollars canadiens par an".
AROUND = 80

# Tokens behind a number among which is what it counts: "12 nouveaux cas".
REACH_OF_A_NUMBER = 4

type Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a passage says that no edit may change unseen.

    `counted` are the words behind each number in digits: what it is a number of.
    """

    digits: tuple[str, ...]
    numbers: tuple[str, ...]
    counted: tuple[frozenset[str], ...]
    quantities: tuple[tuple[object, ...], ...]
    moves: tuple[Change, ...]
    measures: Counts
    dates: Counts
    negations: Counts


def stakes(text: str, span: Span) -> Stakes:
    """What is at stake in the words at `span`, with the whole of a figure that it cuts."""
    around = line_around(text, span)
    language = guessed(around.of(text), otherwise="fr")
    found = [
        quantity
        for quantity in figures(text, language=language, within=around)
        if quantity.span.overlaps(span)
    ]
    start = min([span.start, *(quantity.span.start for quantity in found)])
    end = max([span.end, *(quantity.span.end for quantity in found)])
    row = list(tokens(text, start, end))
    low = [token.key.lower() for token in row]
    return Stakes(
        tuple(token.key for token in row if has_digits(token)),
        tuple(filter(None, map(number_of, low))),
        tuple(counted(row)),
        tuple(said(quantity) for quantity in found),
        tuple(quantity.change for quantity in found),
        counts(measures(low)),
        counts(dates(low)),
        counts(negations(low)),
    )


def line_around(text: str, span: Span) -> Span:
    """`span` with what is on either side in the same line, as far as figures reach."""
    start = max(0, span.start - AROUND)
    end = min(len(text), span.end + AROUND)
    start = max(start, text.rfind("\n", start, span.start) + 1)
    past = text.find("\n", span.end, end)
    return Span(start, end if past < 0 else past)


def said(quantity: Quantity) -> tuple[object, ...]:
    return (
        quantity.value,
        quantity.lower,
        quantity.upper,
        quantity.unit,
        quantity.approximation,
        quantity.per,
        quantity.period if quantity.is_time else None,
    )


def counts(words: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(words).items()))


def counted(row: Sequence[Token]) -> Iterator[frozenset[str]]:
    """The words close behind each number in digits, one of which is what it counts."""
    for index, token in enumerate(row):
        if has_digits(token):
            behind = takewhile(is_word, row[index + 1 : index + 1 + REACH_OF_A_NUMBER])
            yield frozenset(word.stem for word in behind if word.weight > SMALL_WORD)


def is_word(token: Token) -> bool:
    return token.key[0].isalpha()


def measures(low: Sequence[str]) -> Iterator[str]:
    """The units and currencies; a "week-end" is no week."""
    for word, after in zip(low, [*low[1:], ""], strict=True):
        if word in SIGNS:
            yield word
        elif singular(word) in MONEY or (singular(word) in MEASURES and after != "-"):
            yield singular(word)


def dates(low: Sequence[str]) -> Iterator[str]:
    """The names of days, months and seasons."""
    for before, word in zip(["", *low], low, strict=False):
        if (
            word in DAYS
            or word in MONTH_NAMES
            or word in PARTS_OF_A_YEAR
            or (word == "été" and before in BEFORE_SUMMER)
        ):
            yield word


def negations(low: Sequence[str]) -> Iterator[str]:
    """What denies; "plus" and the like with a "ne" before them only."""
    last_ne = -REACH_OF_NE - 1
    for index, word in enumerate(low):
        if word in {"ne", "n'"}:
            last_ne = index
        if word in WITH_NE:
            if index - last_ne <= REACH_OF_NE:
                yield "que" if word == "qu'" else word
        elif word in NEGATIONS:
            yield NEGATIONS[word]
        elif word.endswith("n'") and low[index + 1 : index + 2] == ["t"]:
            yield "not"


def difference(ours: Stakes, theirs: Stakes) -> Doubt | None:
    """What differs first, if anything does."""
    if (ours.digits, ours.numbers, ours.quantities, ours.measures) != (
        theirs.digits,
        theirs.numbers,
        theirs.quantities,
        theirs.measures,
    ):
        return Doubt.OTHER_FIGURE
    counts_others = any(
        one and other and not one & other
        for one, other in zip(ours.counted, theirs.counted, strict=True)
    )
    # Whether it says a change at all is read from words around, and not always seen.
    turned = any(
        {one, other} == {Change.UP, Change.DOWN}
        for one, other in zip(ours.moves, theirs.moves, strict=True)
    )
    if counts_others or turned:
        return Doubt.OTHER_FIGURE
    if ours.dates != theirs.dates:
        return Doubt.OTHER_DATE
    if ours.negations != theirs.negations:
        return Doubt.OTHER_NEGATION
    return None
