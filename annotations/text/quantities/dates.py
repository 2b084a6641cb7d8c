"""When: days, months, quarters, years, and "l'an dernier" seen from the article's day.

A period is read at one place of a list of tokens: `period_at` answers with it and with the
index past it. What is said without a year is taken to be what is nearest to the article.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from .tokens import Kind, Token
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


def may_begin(token: Token) -> bool:
    """Whether a period may begin with the token; most do not, which is soon said."""
    if token.kind is Kind.WORD:
        return token.lower in STARTS or ROMAN_CENTURY.fullmatch(token.text) is not None
    return token.kind is not Kind.SIGN


def period_at(
    row: Sequence[Token], index: int, language: str, published: date | None
) -> tuple[Period, int] | None:
    """The period whose first word is `row[index]`, and the index past its last."""
    token = row[index]
    if token.kind is Kind.DATE:
        day = written_day(token.text)
        return (days(day, 1), index + 1) if day else None
    for reader in (day_at, month_at, part_at, decade_at, century_at):
        if found := reader(row, index, language, published):
            return found
    if found := relative_at(row, index, published):
        return found
    return year_at(row, index)


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


def word_at(row: Sequence[Token], index: int) -> str:
    return row[index].lower if 0 <= index < len(row) else ""


def month_of(row: Sequence[Token], index: int, language: str) -> tuple[int, int] | None:
    """The month that `row[index]` names, and the index past it and its full stop."""
    month = MONTHS[language].get(word_at(row, index))
    if month is None:
        return None
    past = index + 1
    if word_at(row, past) == "." and len(row[index].text) < 5 and past + 1 < len(row):
        past += 1
    return month, past


def said_year(
    row: Sequence[Token],
    first: int,
    past: int,
    published: date | None,
    *,
    month: int,
    day: int | None = None,
) -> tuple[int | None, int]:
    """The year of a time without one, the tokens from `first` up to `past`, and the index past.

    "mars dernier" and "last March" are over, "mars prochain" is to come; any other is the
    nearest to the article's day.
    """
    after, before = word_at(row, past), word_at(row, first - 1)
    steps = SEEN.get(after, 0)
    past += bool(steps)
    steps = steps or SEEN.get(before, 0)
    if published is None or not steps:
        return nearest_year(month, published), past
    said, now = (month, day or published.day), (published.month, published.day)
    if steps < 0:
        return published.year - (said >= now), past
    return published.year + (said <= now), past


def nearest_year(month: int, published: date | None) -> int | None:
    """The year of the `month` that is nearest to the article's day."""
    if published is None:
        return None
    months_ahead = month - published.month
    return published.year + (-1 if months_ahead > 6 else 1 if months_ahead < -6 else 0)


def day_at(
    row: Sequence[Token], index: int, language: str, published: date | None
) -> tuple[Period, int] | None:
    """ "14 juillet 2025", "1er janvier", "July 14, 2025", "14th of July"."""
    day = small(row[index], 31)
    if several := days_at(row, index, language, published):
        return several
    if day is not None:
        past = index + 1
        if (
            word_at(row, past) in {"er", "st", "nd", "rd", "th"}
            and row[past].start == row[index].end
        ):
            past += 1
        if word_at(row, past) == "of":
            past += 1
        if not (found := month_of(row, past, language)):
            return None
        month, past = found
    elif language == "en" and (found := month_of(row, index, language)):
        month, past = found
        if past >= len(row) or (day := small(row[past], 31)) is None:
            return None
        past += 1
        if (
            word_at(row, past) in {"st", "nd", "rd", "th"}
            and row[past].start == row[past - 1].end
        ):
            past += 1
    else:
        return None
    comma = past + 1 if word_at(row, past) == "," and language == "en" else past
    year: int | None
    if (year := year_of(row, comma)) is not None:
        past = comma + 1
    else:
        year, past = said_year(row, index, past, published, month=month, day=day)
    start = day_of(year, month, day) if year else None
    return (days(start, 1), past) if start else None


def days_at(
    row: Sequence[Token], index: int, language: str, published: date | None
) -> tuple[Period, int] | None:
    """ "(du) 12 au 15 octobre 2025", "12-15 October"."""
    first, joint = small(row[index], 31), word_at(row, index + 1)
    if (
        first is None
        or joint not in {"au", "-", "–", "to", "et", "and"}
        or index + 2 >= len(row)
    ):
        return None
    last = small(row[index + 2], 31)
    if (
        last is None
        or last <= first
        or not (found := month_of(row, index + 3, language))
    ):
        return None
    month, past = found
    year = year_of(row, past)
    past += year is not None
    year = year or nearest_year(month, published)
    start, end = (day_of(year, month, day) if year else None for day in (first, last))
    return (Period(start, end + timedelta(days=1)), past) if start and end else None


def month_at(
    row: Sequence[Token], index: int, language: str, published: date | None
) -> tuple[Period, int] | None:
    """ "octobre 2021", "October 2021", "en octobre" """
    if not (found := month_of(row, index, language)):
        return None
    month, past = found
    after = past + 1 if word_at(row, past) in {"of", ","} else past
    if (year := year_of(row, after)) is not None:
        return months(year, month, 1), after + 1
    if language == "en" and (
        row[index].text[0].islower() or row[index].lower in WORDS_TOO
    ):
        return None
    if language == "fr" and word_at(row, index - 1) not in {
        "en",
        "de",
        "d'",
        "mi",
        "fin",
        "début",
        "-",
    }:
        return None
    if word_at(row, index - 1) == "-" and word_at(row, index - 2) != "mi":
        return None  # "le 11-Septembre" is an event
    near, past = said_year(row, index, past, published, month=month)
    return (months(near, month, 1), past) if near else None


def part_at(
    row: Sequence[Token], index: int, language: str, published: date | None
) -> tuple[Period, int] | None:
    """ "premier trimestre 2026", "1er trimestre de 2026", "T1 2026", "first half of 2025"."""
    token = row[index]
    short = SHORT_PART.fullmatch(token.text)
    if short:
        count = 3 if short[1] in "TQ" else 6
        nth, past = int(short[2]), index + 1
    elif token.lower in SEASONS:
        if (year := year_of(row, index + 1)) is None:
            return None
        return months(year, SEASONS[token.lower], 3), index + 2
    else:
        ordinal = token.lower
        past = index + 1
        if (
            token.kind is Kind.NUMBER
            and past < len(row)
            and row[past].start == token.end
        ):
            ordinal += word_at(row, past)
            past += 1
        found = NTH.get(ordinal)
        count = PARTS.get(word_at(row, past), 0)
        if found is None or not count:
            return None
        nth, past = found or 12 // count, past + 1
    if nth * count > 12:
        return None
    after = past
    while word_at(row, after) in TOWARDS_A_PART and after < past + 4:
        after += 1
    if (year := year_of(row, after)) is not None:
        past = after + 1
    elif short or published is None:
        return None
    else:
        middle = (nth - 1) * count + (count + 1) // 2
        year = nearest_year(middle, published)
    return (months(year, (nth - 1) * count + 1, count), past) if year else None


def decade_at(
    row: Sequence[Token], index: int, language: str, published: date | None
) -> tuple[Period, int] | None:
    """ "années 1990", "années 90", "the 1990s"."""
    if row[index].lower in {"années", "decennie", "décennie"}:
        past = index + 1
        if (year := year_of(row, past)) is not None and year % 10 == 0:
            return months(year, 1, 120), past + 1
        two = small(row[past], 90) if past < len(row) else None
        if two is not None and two % 10 == 0:
            return months(1900 + two, 1, 120), past + 1
        return None
    year = year_of(row, index)
    if year is None or year % 10 or word_at(row, index + 1) != "s":
        return None
    if row[index + 1].start != row[index].end:
        return None
    return months(year, 1, 120), index + 2


def century_at(
    row: Sequence[Token], index: int, language: str, published: date | None
) -> tuple[Period, int] | None:
    """ "XXIe siècle", "21st century"; a century begins with its year 1."""
    written = row[index].text
    roman = written.rstrip("eèmr")
    past = index + 1
    if roman and set(roman) <= ROMAN.keys() and roman != written:
        figures = [ROMAN[letter] for letter in roman]
        number = sum(
            -figure if figure < max(figures[place:]) else figure
            for place, figure in enumerate(figures)
        )
    elif (counted := small(row[index], 21)) is not None and past < len(row):
        if row[past].start != row[index].end:
            return None
        number, past = counted, past + 1
    else:
        return None
    if word_at(row, past) not in {"siècle", "century"} or not 1 <= number <= 21:
        return None
    return months((number - 1) * 100 + 1, 1, 1200), past + 1


def relative_at(
    row: Sequence[Token], index: int, published: date | None
) -> tuple[Period, int] | None:
    """ "l'an dernier", "last month", seen from the article's day."""
    if published is None:
        return None
    for words, (what, steps) in FIRST_OF_RELATIVE.get(row[index].lower, ()):
        past = index + len(words)
        if [token.lower for token in row[index:past]] != words:
            continue
        if what == "year":
            return months(published.year + steps, 1, 12), past
        if what == "quarter":
            return months(
                published.year, (published.month - 1) // 3 * 3 + 1 + 3 * steps, 3
            ), past
        if what == "month":
            return months(published.year, published.month + steps, 1), past
        if what == "week":
            monday = published - timedelta(days=published.weekday())
            return days(monday + timedelta(weeks=steps), 7), past
        return days(published + timedelta(days=steps), 1), past
    return None


def year_at(row: Sequence[Token], index: int) -> tuple[Period, int] | None:
    """ "en 2019", "2019", "de 2019 à 2024", "mi-2025": of four digits that count nothing."""
    token = row[index]
    if token.kind is Kind.OTHER:
        match = MIDDLE_OF.fullmatch(token.lower)
        if match and int(match[1]) in YEARS:
            return months(int(match[1]), 1, 12), index + 1
        return None
    if (year := year_of(row, index)) is None:
        return None
    before = word_at(row, index - 1)
    past = index + 1
    joint = word_at(row, past)
    second = year_of(row, past + 1)
    if (
        second is not None
        and second > year
        and (
            (joint in {"-", "–"} and row[past].start == token.end)
            or (joint == "à" and before == "de")
            or (joint == "to" and before == "from")
            or (joint in {"et", "and"} and before in {"entre", "between"})
        )
    ):
        return months(year, 1, 12 * (second - year + 1)), past + 2
    if past < len(row) and row[past].kind is Kind.WORD and row[past].start == token.end:
        return None
    if before not in BEFORE_A_YEAR and counts_things(row, past):
        return None
    return months(year, 1, 12), past


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
