"""Texts of two editions in one spelling: what a newsroom's tidying up does not change.

White space of all kinds, quotation marks, apostrophes, dashes and ellipses are alike; so are
a letter with its accent and the two code points it may be written in; and a capital may go
without its accent: "Etat" is "État". A small letter may not: "a" is not "à".
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from annotations.text.cleaning import ALIKE

from .vocabulary import class_of

# What is written without spaces between words is read character by character.
IDEOGRAM = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
# Digits with spaces between the thousands are one number; a decimal part belongs to it.
TOKEN = re.compile(
    r"(?P<number> (?<!\d) \d{1,3} (?:[ \u00a0\u2009\u202f]\d{3})+ (?!\d) (?:[.,]\d+)*"
    r"  | \d+ (?:[.,]\d+)* )"
    rf"| (?P<ideogram> {IDEOGRAM} )"
    rf"| (?P<word> (?:(?!{IDEOGRAM})[^\W\d_]|[\u0300-\u036f])+ ['’ʼ]? )"
    r"| (?P<sign> \.\.\. | \S )",
    re.VERBOSE,
)
BARE_CAPITALS = {
    code: bare
    for code in range(0xC0, 0x250)
    if (letter := chr(code)).isupper()
    and (bare := unicodedata.normalize("NFD", letter)[0]) != letter
}
SPELLING = (
    ALIKE | BARE_CAPITALS | str.maketrans({"…": "...", "Œ": "OE", "œ": "oe", "Æ": "AE"})
)
# Where a space says nothing: beside a sign, and between the thousands of a number.
IDLE_SPACE = re.compile(r" +(?=[^\w ]|\Z)|(?<=[^\w ]) +|(?<=\d) (?=\d{3}(?!\d))|\A +")
SPACES = re.compile("  +")

# How much of a statement a token is. Figures weigh most, signs and small words little:
# two sentences are not alike because both have "de la" and a full stop.
FIGURE = 6
SIGN = 1
SIGN_OF_A_UNIT = 3
SMALL_WORD = 2
ONE_IDEOGRAM = 4
LETTERS_OF_A_SMALL_WORD = 3
HEAVIEST_WORD = 8
# Letters that two forms of one word share: "ministre" and "ministres".
STEM = 5
# Different words, for all texts, whose reading is kept: a language has few that are common.
WORDS_KEPT = 20_000
ACCENTS = re.compile("[\u0300-\u036f]")


def spelled(text: str) -> str:
    """`text` in the one spelling, spaces between words kept: equal texts say the same."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = text.translate(SPELLING)
    else:
        text = text.replace("\n", " ").replace("\t", " ").replace("`", "'")
    return IDLE_SPACE.sub("", SPACES.sub(" ", text))


class Token(NamedTuple):
    """A word, number or sign of a text.

    `key` is its one spelling, `stem` what its forms share; all numbers have the stem
    "#number", and so on: "deux" may have become "3", and "jours" "semaines".
    """

    start: int
    end: int
    key: str
    stem: str
    weight: int


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of `text` from `start` up to `end`, in reading order."""
    for found in TOKEN.finditer(text, start, end):
        first, past = found.span()
        yield Token(first, past, *read(found.group(), found.lastgroup))


@lru_cache(maxsize=WORDS_KEPT)
def read(written: str, kind: str | None) -> tuple[str, str, int]:
    """Key, stem and weight of a token."""
    if kind == "number":
        return "".join(written.split()), "#number", FIGURE
    key = spelled(written)
    part = class_of(key.lower())
    if kind == "ideogram":
        return key, key, ONE_IDEOGRAM
    if kind == "word":
        weight = FIGURE if part == "#number" else weight_of(key)
        return key, part or stem_of(key), weight
    return key, part or key, SIGN_OF_A_UNIT if part else SIGN


def has_digits(token: Token) -> bool:
    return any(map(str.isdigit, token.key))


def stem_of(key: str) -> str:
    low = key.lower()
    if not low.isascii():
        low = ACCENTS.sub("", unicodedata.normalize("NFD", low))
    return low[:STEM] or key


def weight_of(key: str) -> int:
    letters = len(key.rstrip("'"))
    if letters <= LETTERS_OF_A_SMALL_WORD:
        return SMALL_WORD
    return min(letters, HEAVIEST_WORD)
