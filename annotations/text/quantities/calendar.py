"""The words of a calendar, and the periods that days, months and years make."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from .tokens import Kind, Token, lower_at
from .values import Period

MONTHS = {
    "fr": {
        "janvier": 1, "janv": 1, "jan": 1, "février": 2, "fevrier": 2, "févr": 2, "fév": 2,
        "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "août": 8,
        "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11,
        "nov": 11, "décembre": 12, "decembre": 12, "déc": 12,
    },
    "en": {
        "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4,
        "apr": 4, "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8,
        "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11,
        "nov": 11, "december": 12, "dec": 12,
    },
}  # fmt: skip
# English words that are months only if a year or a day is beside them.
WORDS_TOO = frozenset({"may", "march", "mar", "sept", "jan"})
NTH = {
    "premier": 1, "première": 1, "1er": 1, "1re": 1, "deuxième": 2, "second": 2, "seconde": 2,
    "2e": 2, "2ème": 2, "2nd": 2, "troisième": 3, "3e": 3, "3ème": 3, "quatrième": 4, "4e": 4,
    "4ème": 4, "dernier": 0, "first": 1, "1st": 1, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
}  # fmt: skip
# Months of the parts of a year.
PARTS = {"trimestre": 3, "quarter": 3, "semestre": 6, "half": 6}
SHORT_PART = re.compile(r"([TQSH])([1-4])")
# First month, by the weather's seasons; a winter lies in two years and is left out.
SEASONS = {
    "printemps": 3,
    "spring": 3,
    "été": 6,
    "summer": 6,
    "automne": 9,
    "autumn": 9,
}
ROMAN = {"I": 1, "V": 5, "X": 10}
# The words of a time seen from the article: what is counted, and how many from now.
RELATIVE = {
    "l' an dernier": ("year", -1), "l' an passé": ("year", -1), "l' année dernière": ("year", -1),
    "l' année passée": ("year", -1), "l' année précédente": ("year", -1),
    "cette année": ("year", 0), "l' an prochain": ("year", 1), "l' année prochaine": ("year", 1),
    "le mois dernier": ("month", -1), "le mois passé": ("month", -1), "ce mois - ci": ("month", 0),
    "le mois prochain": ("month", 1), "le trimestre dernier": ("quarter", -1),
    "ce trimestre": ("quarter", 0), "hier": ("day", -1), "aujourd' hui": ("day", 0),
    "demain": ("day", 1), "avant - hier": ("day", -2),
    "la semaine dernière": ("week", -1), "la semaine passée": ("week", -1),
    "cette semaine": ("week", 0), "la semaine prochaine": ("week", 1),
    "last year": ("year", -1), "this year": ("year", 0), "next year": ("year", 1),
    "last month": ("month", -1), "this month": ("month", 0), "next month": ("month", 1),
    "last quarter": ("quarter", -1), "this quarter": ("quarter", 0), "yesterday": ("day", -1),
    "today": ("day", 0), "tomorrow": ("day", 1), "last week": ("week", -1),
    "this week": ("week", 0), "next week": ("week", 1),
}  # fmt: skip
FIRST_OF_RELATIVE: dict[str, list[tuple[list[str], tuple[str, int]]]] = {}
for _words, _meaning in RELATIVE.items():
    _split = _words.split()
    FIRST_OF_RELATIVE.setdefault(_split[0], []).append((_split, _meaning))

MIDDLE_OF = re.compile(r"(?:mi|mid|pre|post|pré)-(\d{4})")
ROMAN_CENTURY = re.compile(r"[IVX]{1,5}(?:e|è|ème|er)")
# Words beside a month that tell on which side of the article's day it is.
SEEN = {"dernier": -1, "passé": -1, "last": -1, "prochain": 1, "next": 1}
STARTS = frozenset(
    MONTHS["fr"].keys()
    | MONTHS["en"].keys()
    | NTH.keys()
    | SEASONS.keys()
    | FIRST_OF_RELATIVE.keys()
    | {"années", "décennie"}
)
YEARS = range(1000, 2200)
# Before a year, and only there: "en 2019" but not "les 2019 emplois".
BEFORE_A_YEAR = frozenset({
    "en", "depuis", "dès", "fin", "début", "mi", "avant", "après", "pour", "année",
    "années", "d'", "ici", "été", "hiver", "printemps", "automne", "l'", "in", "since",
    "by", "before", "after", "until", "year", "of", "during", "from", "late", "early",
    "mid", "to", "through",
})  # fmt: skip
TOWARDS_A_PART = frozenset(
    {"de", "l'", "année", "of", "the", "d'", "en", "in", "cette", "du"}
)


def written_day(written: str) -> date | None:
    """2025-07-14, 14/07/2025 or 14.07.2025; None if there is no such day."""
    figures = [int(part) for part in re.split(r"[-/.]", written)]
    if figures[0] < 1000:
        figures.reverse()
    return day_of(*figures)


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days(start: date, count: int) -> Period:
    return Period(start, start + timedelta(days=count))


def months(year: int, month: int, count: int) -> Period:
    """`count` months from the first of `month`, which may be past the year's end."""
    first, last = year * 12 + month - 1, year * 12 + month - 1 + count
    return Period(
        date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, 1)
    )


def year_of(row: Sequence[Token], index: int) -> int | None:
    """The year that `row[index]` is, if it is four bare digits."""
    if index >= len(row) or row[index].kind is not Kind.NUMBER:
        return None
    written = row[index].text
    if len(written) == 4 and written.isdecimal() and int(written) in YEARS:
        return int(written)
    return None


def small(token: Token, most: int) -> int | None:
    """The bare number up to `most` that the token is."""
    written = token.text
    if token.kind is Kind.NUMBER and len(written) < 3 and written.isdecimal():
        return int(written) if 1 <= int(written) <= most else None
    return None


def month_of(row: Sequence[Token], index: int, language: str) -> tuple[int, int] | None:
    """The month that `row[index]` names, and the index past it and its full stop."""
    month = MONTHS[language].get(lower_at(row, index))
    if month is None:
        return None
    past = index + 1
    if lower_at(row, past) == "." and len(row[index].text) < 5 and past + 1 < len(row):
        past += 1
    return month, past


def nearest_year(month: int, published: date | None) -> int | None:
    """The year of the `month` that is nearest to the article's day."""
    if published is None:
        return None
    months_ahead = month - published.month
    return published.year + (-1 if months_ahead > 6 else 1 if months_ahead < -6 else 0)
