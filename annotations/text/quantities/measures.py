"""What a number counts: the currency or unit that is written beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .tokens import Kind, Token
from .units import (
    CODES,
    CURRENCIES,
    LONGEST_NAME,
    PER,
    SCALES_OF_MONEY,
    SIGNS,
    SYMBOLS,
    UNITS,
    WHOSE,
    in_singular,
    singular,
)

OF = frozenset({"de", "d'", "of", "en"})
# After "$": whose dollars.
AFTER_DOLLAR = {"us": "USD", "ca": "CAD", "can": "CAD", "au": "AUD"}
# Units that "un" may count: not "un point de vue", "un jour".
NOT_AFTER_ONE = frozenset({
    "point", "day", "×", "°C", "s", "bar", "quarter", "century", "decade", "m", "l", "g",
    "t", "h",
})  # fmt: skip
ONLY_LARGE = frozenset(
    {"real", "rand", "won", "wons", "lira", "couronne", "couronnes", "reais"}
)
YEARLY = {
    "annuel": "year", "annuelle": "year", "annuels": "year", "annuelles": "year",
    "mensuel": "month", "mensuelle": "month", "mensuels": "month", "mensuelles": "month",
    "annually": "year", "yearly": "year", "monthly": "month", "daily": "day",
}  # fmt: skip
CURRENCIES_IN_SINGULAR = {in_singular(name): code for name, code in CURRENCIES.items()}
UNITS_IN_SINGULAR = {in_singular(name): unit for name, unit in UNITS.items()}
FARTHEST_PER = 4  # words between a unit and "par an"


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit, the power of ten that its sign carries ("M€"), and the index past it."""

    unit: str
    is_money: bool
    power: int
    past: int


def prefix_at(row: Sequence[Token], index: int) -> Measure | None:
    """The currency before a number: "$", "US$", "EUR"."""
    if index >= len(row):
        return None
    token = row[index]
    following = row[index + 1] if index + 1 < len(row) else None
    if (
        following
        and following.start == token.end
        and token.text + following.text in SYMBOLS
    ):
        return Measure(SYMBOLS[token.text + following.text], True, 0, index + 2)
    if token.kind is Kind.SIGN and token.text in SYMBOLS:
        return Measure(SYMBOLS[token.text], True, 0, index + 1)
    if token.text in CODES:
        return Measure(token.text, True, 0, index + 1)
    if token.text == "Rs":
        return Measure(SYMBOLS["Rs"], True, 0, index + 1)
    return None


def power_after(row: Sequence[Token], index: int) -> int | None:
    """The power of ten after an amount whose currency came first: "£2m", "$14.3bn"."""
    return SCALES_OF_MONEY.get(row[index].text) if index < len(row) else None


def measure_at(row: Sequence[Token], index: int, *, is_scaled: bool) -> Measure | None:
    """The currency or unit whose first token is at `index`, which is right after a number."""
    if index >= len(row):
        return None
    if row[index].lower in OF:
        # "3 milliards d'euros", but not "3 de mètres".
        if not is_scaled:
            return None
        return name_at(row, index + 1) or money_at(row, index + 1)
    return money_at(row, index) or name_at(row, index) or sign_at(row, index)


def money_at(row: Sequence[Token], index: int) -> Measure | None:
    """ "€", "M€", "k€", "M d'€", "$ canadiens", "F CFA", "EUR"."""
    if index >= len(row):
        return None
    power = SCALES_OF_MONEY.get(row[index].text)
    if power is not None:
        place = index + 1
        if place < len(row) and row[place].lower in {"d'", "de"}:
            place += 1
        if (found := name_at(row, place)) and found.is_money:
            return Measure(found.unit, True, power, found.past)
        if found := symbol_at(row, place):
            return Measure(found.unit, True, power, found.past)
    return symbol_at(row, index)


def symbol_at(row: Sequence[Token], index: int) -> Measure | None:
    if index >= len(row):
        return None
    token = row[index]
    following = row[index + 1] if index + 1 < len(row) else None
    if following:
        both = f"{token.text} {following.text}"
        if both in SYMBOLS:
            return Measure(SYMBOLS[both], True, 0, index + 2)
        if following.start == token.end and token.text + following.text in SYMBOLS:
            return Measure(SYMBOLS[token.text + following.text], True, 0, index + 2)
    if token.text == "$" and following:
        code = AFTER_DOLLAR.get(following.lower) or WHOSE["dollar"].get(
            singular(following.lower)
        )
        if code:
            return Measure(code, True, 0, index + 2)
    if token.text in CODES:
        return Measure(token.text, True, 0, index + 1)
    if token.text in SYMBOLS:
        return Measure(SYMBOLS[token.text], True, 0, index + 1)
    return None


def name_at(row: Sequence[Token], index: int) -> Measure | None:
    """The longest name of a currency or unit at `index`: "points de pourcentage"."""
    places: list[int] = []
    place = index
    while place < len(row) and len(places) < LONGEST_NAME:
        if row[place].text == "-" and places:
            place += 1
            continue
        if row[place].kind not in {Kind.WORD, Kind.OTHER}:
            break
        places.append(place)
        place += 1
    words = [row[place].lower for place in places]
    for length in range(len(words), 0, -1):
        name = in_singular(" ".join(words[:length]))
        if code := CURRENCIES_IN_SINGULAR.get(name):
            return Measure(code, True, 0, places[length - 1] + 1)
        if unit := UNITS_IN_SINGULAR.get(name):
            return Measure(unit, False, 0, places[length - 1] + 1)
    return None


def sign_at(row: Sequence[Token], index: int) -> Measure | None:
    """ "%", "km", "km/h", "°C", "m²": in the case in which signs are written."""
    token = row[index]
    if token.text == "°" and index + 1 < len(row) and row[index + 1].text in {"C", "F"}:
        return Measure(f"°{row[index + 1].text}", False, 0, index + 2)
    joined = "".join(item.text for item in row[index : index + 3])
    if index + 2 < len(row) and row[index + 1].text == "/" and joined in SIGNS:
        return Measure(SIGNS[joined], False, 0, index + 3)
    unit = SIGNS.get(token.text)
    if token.lower == "sq" and index + 1 < len(row):
        return (
            Measure("ft²", False, 0, index + 2)
            if row[index + 1].lower == "ft"
            else None
        )
    return Measure(unit, False, 0, index + 1) if unit else None


def per_at(row: Sequence[Token], index: int) -> tuple[str, int]:
    """What a figure is counted by, and the index past it: "par an", "/h", "a year"."""
    if index >= len(row):
        return "", index
    if found := YEARLY.get(row[index].lower):
        return found, index + 1
    for place in range(index, min(index + FARTHEST_PER, len(row) - 1)):
        word, counted = row[place].lower, row[place + 1].lower
        if word in {"par", "per"} or (place == index and word in {"/", "a", "an"}):
            found = PER.get(counted) or PER.get(singular(counted))
            return (
                (found, place + 2) if found and place == index else (found or "", index)
            )
        if row[place].kind is not Kind.WORD:
            break
    return "", index
