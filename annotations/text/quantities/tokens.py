"""A text cut into numbers, words and signs: what the grammar of figures is written over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .units import CODES

# White space between groups of thousands: plain, no-break, narrow no-break, thin.
GROUPING = " \u00a0\u202f\u2009"
# Digits with one kind of separator. What follows another point or comma with digits is a
# version, an IP address or a date, and no number: atomic groups keep it from being cut.
NUMBER = rf"""
    (?> \d{{1,3}} (?:[{GROUPING}]\d{{3}}(?!\d))+ (?:[.,]\d+)?
      | \d{{1,3}} (?P<separator>[.,'’])\d{{3}}(?!\d) (?:(?P=separator)\d{{3}}(?!\d))*
        (?:(?!(?P=separator))[.,]\d+)?
      | \d+ (?:[.,]\d+)? )
    (?! [.,]\d )
"""
TOKEN = re.compile(
    rf"""
    (?P<nothing>
        https?://\S+ | www\.\S+ | [\w.+-]{{1,64}}@\w[\w.-]*      # addresses
      | (?<![\w.,]) (?:\+\d{{2}}[ ]?(?:\(0\)[ ]?)?|0)\d (?:[ .\u00a0-]?\d\d){{4}} (?!\d)  # telephone
      | \d{{1,2}} [ \u00a0\u202f]? h [ \u00a0\u202f]? [0-5]\d (?!\w)                    # 20 h 30
      | \d{{1,2}} : [0-5]\d (?: : [0-5]\d )? (?: [ ]?[ap]\.?m\.? )? (?!\w)    # 20:30
      | \d{{1,2}} (?:[.:][0-5]\d)? [ ]? [ap]\.?m\.? (?!\w)                    # 8.30 pm
      | (?<!\w) (?!(?:{"|".join(sorted(CODES))})\d) [^\W\d_]+ -? \d [\w-]*   # G20, Covid-19
    )
    | (?P<date> \d{{4}}-\d\d-\d\d (?!\d) | \d{{1,2}} (?P<slash>[/.]) \d{{1,2}} (?P=slash) \d{{4}} (?!\d) )
    | (?P<number> {NUMBER} )
    | (?P<other> \d+ (?:[.,]\d+)+ )
    | (?P<word> [^\W\d_]+ ['’]? )
    | (?P<sign> \S )
    """,
    re.VERBOSE,
)


class Kind(Enum):
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"
    DATE = "date"
    OTHER = "other"


KINDS = {kind.value: kind for kind in Kind} | {"nothing": Kind.OTHER}


@dataclass(frozen=True, slots=True)
class Token:
    """`text` stands at `start`, in code points; `lower` has straight apostrophes."""

    kind: Kind
    text: str
    lower: str
    start: int
    end: int


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text` from `start` up to `end`, in reading order, without white space."""
    found = []
    for match in TOKEN.finditer(text, start, end):
        name = match.lastgroup or "sign"
        written = match.group()
        found.append(
            Token(
                KINDS[name],
                written,
                written.lower().replace("’", "'"),
                match.start(),
                match.end(),
            )
        )
    return found


def lower_at(row: Sequence[Token], index: int) -> str:
    """The word or sign at `index` in lower case; empty past either end."""
    return row[index].lower if 0 <= index < len(row) else ""


# Words in -s or -x after a year that are no things counted.
NOT_THINGS = frozenset({
    "les", "des", "ses", "ces", "mes", "nos", "vos", "leurs", "dans", "sous", "sans",
    "vers", "très", "plus", "moins", "mais", "puis", "alors", "depuis", "lors", "dès",
    "aux", "deux", "trois", "six", "dix", "is", "was", "has", "its", "as", "this", "us",
    "less", "versus", "across", "always", "after", "nous", "vous", "ils", "elles",
    "jamais", "toujours", "parmi", "à",
})  # fmt: skip


def counts_things(row: Sequence[Token], index: int) -> bool:
    """Whether `row[index]` is a noun in the plural."""
    if index >= len(row) or row[index].kind is not Kind.WORD:
        return False
    word = row[index].lower
    return (
        len(word) > 3
        and word[-1] in "sx"
        and word not in NOT_THINGS
        and word == row[index].text
    )
