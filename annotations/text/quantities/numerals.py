"""One number in a list of tokens: digits or words, with the scale they are counted in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .numbers import (
    COLLECTIVES,
    EXACT_COLLECTIVES,
    FRACTIONS,
    SCALES,
    SIGNS_OF_FRACTIONS,
    WORDS,
    NotANumber,
    in_digits,
    in_words,
    share,
)
from .tokens import Kind, Token, lower_at

HALF = Decimal("0.5")
LONGEST_RUN = 24  # tokens of a number in words
ONE = {"fr": frozenset({"un", "une"}), "en": frozenset({"one", "a", "an"})}
AND = {"fr": "et", "en": "and"}
DECIMAL_POINT = {"fr": "virgule", "en": "point"}
ORDINALS = frozenset(
    ["e", "er", "re", "ère", "ème", "eme", "nd", "nde", "st", "rd", "th", "es", "ers"]
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number of the tokens up to `past`; `mantissa` is it without its scale.

    `is_bare` says that it is digits alone, `is_one` that it is "un" alone: either may be
    no figure at all.
    """

    value: Decimal
    quantum: Decimal
    past: int
    mantissa: Decimal
    readings: tuple[Decimal, ...] = ()
    is_about: bool = False
    is_bare: bool = False
    is_one: bool = False
    is_share: bool = False
    is_scaled: bool = False

    def times(self, power: int, past: int) -> "Numeral":
        """The number in units of ten to the `power`."""
        return replace(
            self,
            value=self.value.scaleb(power),
            quantum=self.quantum.scaleb(power),
            readings=tuple(reading.scaleb(power) for reading in self.readings),
            past=past,
            is_bare=False,
            is_one=False,
            is_scaled=True,
        )


def is_glued(row: Sequence[Token], index: int) -> bool:
    """Whether no space is before the token at `index`."""
    return 0 < index < len(row) and row[index - 1].end == row[index].start


def quantum_of(value: Decimal) -> Decimal:
    """The value of one in the last digit that says something: two digits at least do."""
    if value != value.to_integral_value() or not value:
        exponent = value.as_tuple().exponent
        return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    digits = str(value.to_integral_value().normalize().as_tuple().exponent)
    return Decimal(1).scaleb(max(0, min(int(digits), value.adjusted() - 1)))


def numeral_at(row: Sequence[Token], index: int, language: str) -> Numeral | None:
    """The number whose first token is at `index`, or None."""
    found = (
        halves_at(row, index, language)
        or fraction_at(row, index, language)
        or collective_at(row, index, language)
        or plain_at(row, index, language)
    )
    if found is None:
        return None
    if found.is_share:
        return part_of_a_scale(row, found, language)
    return compound(row, found, language)


def plain_at(row: Sequence[Token], index: int, language: str) -> Numeral | None:
    """A number below a million in words, or one in digits, and no scale yet."""
    token = row[index] if index < len(row) else None
    if token is None:
        return None
    if token.kind is Kind.NUMBER:
        return digits_at(row, index, language)
    if token.lower in WORDS[language]:
        whole = words_at(row, index, language)
        return whole and with_decimals(row, whole, language)
    is_scale_next = lower_at(row, index + 1) in SCALES[language]
    if language == "en" and token.lower in {"a", "an"} and is_scale_next:
        return Numeral(Decimal(1), Decimal(1), index + 1, Decimal(1), is_one=True)
    return None


def digits_at(row: Sequence[Token], index: int, language: str) -> Numeral | None:
    token = row[index]
    if len(token.text) > 1 and token.text[0] == "0" and token.text[1].isdecimal():
        return None
    try:
        value, quantum, readings = in_digits(token.text, language)
    except NotANumber:
        return None
    past = index + 1
    if quantum == 1:
        quantum = quantum_of(value)
    if is_glued(row, past):
        after = row[past].text
        if after in SIGNS_OF_FRACTIONS:
            value += share(*SIGNS_OF_FRACTIONS[after])
            return Numeral(value, Decimal("0.01"), past + 1, value)
        if after.lower() in ORDINALS:
            return None
        if (
            after == "/"
            and is_glued(row, past + 1)
            and row[past + 1].kind is Kind.NUMBER
        ):
            below = row[past + 1].text
            if not below.isdecimal() or len(below) > 4 or not 0 < value < int(below):
                return None
            part = share(value, int(below))
            return Numeral(part, quantum_of(part), past + 2, part, is_share=True)
    return Numeral(value, quantum, past, value, readings, is_bare=True)


def words_at(row: Sequence[Token], index: int, language: str) -> Numeral | None:
    """The longest number that the words from `index` say."""
    words: list[str] = []
    ends: list[int] = []
    place = index
    while place < len(row) and place - index < LONGEST_RUN:
        word = row[place].lower
        if word in WORDS[language]:
            words.append(word)
            ends.append(place + 1)
            place += 1
        elif words and (joints := joints_at(row, place, language)):
            if AND[language] in joints:
                words.append(AND[language])
                ends.append(0)
            place += len(joints)
        else:
            break
    while words:
        if ends[-1]:
            try:
                value = in_words(" ".join(words), language)
            except NotANumber:
                pass
            else:
                is_one = len(words) == 1 and words[0] in ONE[language]
                return Numeral(value, quantum_of(value), ends[-1], value, is_one=is_one)
        words.pop()
        ends.pop()
    return None


def joints_at(row: Sequence[Token], index: int, language: str) -> tuple[str, ...]:
    """What joins two words of a number at `index`: "-", "et", "-et-"; () if nothing does."""
    both = AND[language]
    for joints in (("-", both, "-"), ("-",), (both,)):
        past = index + len(joints)
        is_there = tuple(token.lower for token in row[index:past]) == joints
        if is_there and lower_at(row, past) in WORDS[language]:
            return joints
    return ()


def with_decimals(row: Sequence[Token], whole: Numeral, language: str) -> Numeral:
    """ "deux virgule cinq", "two point seven five": `whole` with what is said behind the point."""
    past = whole.past + 1
    if lower_at(row, past - 1) != DECIMAL_POINT[language]:
        return whole
    digits = ""
    while past < len(row) and row[past].lower in WORDS[language]:
        part = words_at(row, past, language)
        if part is None or part.value >= (100 if not digits else 10):
            break
        digits, past = digits + str(part.value), part.past
    if not digits:
        return whole
    value = whole.value + Decimal(digits).scaleb(-len(digits))
    return Numeral(value, Decimal(1).scaleb(-len(digits)), past, value)


def halves_at(row: Sequence[Token], index: int, language: str) -> Numeral | None:
    """ "un demi-million", "half a million", "two and a half (billion)"."""
    half = Numeral(HALF, HALF / 5, index, HALF)
    first = lower_at(row, index)
    if language == "fr":
        if first in ONE["fr"] and lower_at(row, index + 1) in {"demi", "demie"}:
            place = index + 2 + (lower_at(row, index + 2) == "-")
            after = lower_at(row, place)
            if after in SCALES["fr"] or after in COLLECTIVES["fr"]:
                power = SCALES["fr"].get(after)
                if power is not None:
                    return half.times(power, place + 1)
                number = HALF * COLLECTIVES["fr"][after]
                return Numeral(number, Decimal(1), place + 1, number)
            return replace(half, past=place)
        return None
    if first == "half":
        place = index + 1 + (lower_at(row, index + 1) == "a")
        power = SCALES["en"].get(lower_at(row, place))
        if power is not None:
            return half.times(power, place + 1)
        if lower_at(row, place) == "dozen":
            return Numeral(Decimal(6), Decimal(1), place + 1, Decimal(6))
        return None
    whole = plain_at(row, index, language)
    if whole is None:
        return None
    words = [lower_at(row, whole.past + step) for step in range(3)]
    if words == ["and", "a", "half"]:
        number = whole.value + HALF
        return Numeral(number, HALF / 5, whole.past + 3, number)
    return None


def fraction_at(row: Sequence[Token], index: int, language: str) -> Numeral | None:
    """ "deux tiers", "la moitié", "a third", "three-quarters", "¾"."""
    token = row[index]
    if token.text in SIGNS_OF_FRACTIONS:
        part = share(*SIGNS_OF_FRACTIONS[token.text])
        return Numeral(part, Decimal("0.01"), index + 1, part, is_share=True)
    names = FRACTIONS[language]
    above: Decimal | None
    if token.lower in {"la", "le", "a", "an"}:
        above, past = Decimal(1), index + 1
    elif token.lower == "half" and lower_at(row, index + 1) in {"of", "the"}:
        above, past = Decimal(1), index
    elif whole := plain_at(row, index, language):
        above, past = whole.value, whole.past
    else:
        return None
    past += lower_at(row, past) == "-"
    below = names.get(lower_at(row, past))
    if below is None or not 0 < above < 2 * below or (below == 2 and above != 1):
        return None
    name, after = lower_at(row, past), lower_at(row, past + 1)
    if language == "en" and not (
        after in {"of", "as"}
        or (above > 1 and name[-1] == "s" and name != "quarters")
        or (above == 3 and name == "quarters")
    ):
        return None  # "a third time", "two quarters" of a year
    if (
        language == "fr"
        and token.lower in {"la", "le"}
        and name not in {"moitié", "tiers", "quart"}
    ):
        return None
    if (
        language == "fr"
        and above == 1
        and name not in {"moitié", "tiers", "quart", "demi", "demie"}
        and (after not in {"de", "des", "du", "d'"})
    ):
        return None
    if (
        language == "fr"
        and name == "tiers"
        and above == 1
        and token.lower != "un"
        and after not in {"de", "des", "du"}
    ):
        return None
    part = share(above, below)
    return Numeral(part, Decimal("0.01"), past + 1, part, is_share=True)


def part_of_a_scale(row: Sequence[Token], part: Numeral, language: str) -> Numeral:
    """ "a quarter of a million", "un quart de million": as many as they are; or `part`."""
    place = part.past
    if lower_at(row, place) not in {"de", "of"}:
        return part
    place += 1 + (lower_at(row, place + 1) == "a")
    power = SCALES[language].get(lower_at(row, place))
    return (
        part if power is None else replace(part.times(power, place + 1), is_share=False)
    )


def collective_at(row: Sequence[Token], index: int, language: str) -> Numeral | None:
    """ "une dizaine", "deux douzaines", "a dozen", "une centaine de milliers"."""
    names = COLLECTIVES[language]
    first = row[index]
    if first.lower in {"la", "a", "cette"}:
        count, past = Decimal(1), index + 1
    elif first.lower in WORDS[language] and (whole := words_at(row, index, language)):
        count, past = whole.value, whole.past
    else:
        return None
    past += lower_at(row, past) in {"bonne", "petite", "grosse"}
    name = lower_at(row, past)
    if name not in names or (name in SCALES[language] and count != 1):
        return None
    value = count * names[name]
    return Numeral(
        value,
        value if name not in EXACT_COLLECTIVES else Decimal(1),
        past + 1,
        value,
        is_about=name not in EXACT_COLLECTIVES,
        is_scaled=True,
    )


def compound(row: Sequence[Token], number: Numeral, language: str) -> Numeral:
    """`number` with the scales after it, and what is added: "deux millions trois cent mille"."""
    scaled = scale(row, number, language)
    total = scaled
    while total.is_scaled and not total.is_about and total.past < len(row):
        place = total.past
        if language == "fr" and lower_at(row, place) == "et":
            if lower_at(row, place + 1) in {"demi", "demie"}:
                half = (
                    scaled.value / scaled.mantissa / 2
                    if scaled.mantissa
                    else Decimal(0)
                )
                return replace(
                    total,
                    value=total.value + half,
                    quantum=half / 5,
                    past=place + 2,
                    readings=(),
                )
            return total
        place += language == "en" and lower_at(row, place) == "and"
        more = plain_at(row, place, language)
        if more is None or more.is_one:
            return total
        more = scale(row, more, language)
        smallest = scaled.value / scaled.mantissa if scaled.mantissa else Decimal(0)
        if (
            more.value >= smallest
            or more.value != more.value.to_integral_value()
            or total.readings
        ):
            return total
        if not more.is_scaled and not (
            more.value >= 1000 or row[place].kind is Kind.WORD
        ):
            return total
        total = replace(
            total, value=total.value + more.value, quantum=more.quantum, past=more.past
        )
        scaled = more
    return total


def scale(row: Sequence[Token], number: Numeral, language: str) -> Numeral:
    """`number` times the scale after it, if there is one."""
    names = SCALES[language]
    while True:
        place = number.past
        if (number.is_about and lower_at(row, place) in {"de", "d'"}) or lower_at(
            row, place
        ) == "-":
            place += 1
        if place >= len(row):
            return number
        token = row[place]
        power = names.get(token.text) or names.get(token.lower)
        if power is None or (power == 2 and number.is_bare):
            return number
        if power > 12 and number.value >= 1000:
            return number
        number = number.times(power, place + 1)
        if number.value.adjusted() > 24:
            return number
