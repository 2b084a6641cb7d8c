"""When: days, months, quarters, years, and "l'an dernier" seen from the article's day.

A period is read at one place of a list of tokens: `period_at` answers with it and with the
index past it. What is said without a year is taken to be what is nearest to the article.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from .calendar import (
    BEFORE_A_YEAR,
    FIRST_OF_RELATIVE,
    MIDDLE_OF,
    NTH,
    PARTS,
    ROMAN,
    ROMAN_CENTURY,
    SEASONS,
    SEEN,
    SHORT_PART,
    STARTS,
    TOWARDS_A_PART,
    WORDS_TOO,
    YEARS,
    day_of,
    days,
    month_of,
    months,
    nearest_year,
    small,
    written_day,
    year_of,
)
from .tokens import Kind, Token, counts_things, lower_at
from .values import Period


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
    after, before = lower_at(row, past), lower_at(row, first - 1)
    steps = SEEN.get(after, 0)
    past += bool(steps)
    steps = steps or SEEN.get(before, 0)
    if published is None or not steps:
        return nearest_year(month, published), past
    said, now = (month, day or published.day), (published.month, published.day)
    if steps < 0:
        return published.year - (said >= now), past
    return published.year + (said <= now), past


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
            lower_at(row, past) in {"er", "st", "nd", "rd", "th"}
            and row[past].start == row[index].end
        ):
            past += 1
        if lower_at(row, past) == "of":
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
            lower_at(row, past) in {"st", "nd", "rd", "th"}
            and row[past].start == row[past - 1].end
        ):
            past += 1
    else:
        return None
    comma = past + 1 if lower_at(row, past) == "," and language == "en" else past
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
    first, joint = small(row[index], 31), lower_at(row, index + 1)
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
    after = past + 1 if lower_at(row, past) in {"of", ","} else past
    if (year := year_of(row, after)) is not None:
        return months(year, month, 1), after + 1
    if language == "en" and (
        row[index].text[0].islower() or row[index].lower in WORDS_TOO
    ):
        return None
    if language == "fr" and lower_at(row, index - 1) not in {
        "en",
        "de",
        "d'",
        "mi",
        "fin",
        "début",
        "-",
    }:
        return None
    if lower_at(row, index - 1) == "-" and lower_at(row, index - 2) != "mi":
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
            ordinal += lower_at(row, past)
            past += 1
        found = NTH.get(ordinal)
        count = PARTS.get(lower_at(row, past), 0)
        if found is None or not count:
            return None
        nth, past = found or 12 // count, past + 1
    if nth * count > 12:
        return None
    after = past
    while lower_at(row, after) in TOWARDS_A_PART and after < past + 4:
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
    if year is None or year % 10 or lower_at(row, index + 1) != "s":
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
    if lower_at(row, past) not in {"siècle", "century"} or not 1 <= number <= 21:
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
    before = lower_at(row, index - 1)
    past = index + 1
    joint = lower_at(row, past)
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
