"""Amounts: a number with its currency or unit, and what is a number and no figure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .calendar import MONTHS, year_of
from .measures import (
    NOT_AFTER_ONE,
    ONLY_LARGE,
    Measure,
    measure_at,
    power_after,
    prefix_at,
)
from .numbers import SIGNS_OF_FRACTIONS, WORDS
from .numerals import Numeral, is_glued, numeral_at, plain_at
from .tokens import Kind, Token, counts_things, lower_at
from .units import CODES, SCALES_OF_MONEY, SYMBOLS
from .values import Change

# Words before a number that names something: "article 49", "page 12".
LABELS = frozenset({
    "no", "numéro", "numero", "article", "art", "articles", "alinéa", "page", "pages", "p",
    "pp", "chapitre", "chap", "ligne", "lignes", "loi", "décret", "version", "code", "tome",
    "vol", "volume", "épisode", "saison", "chaîne", "étape", "figure", "fig", "tableau",
    "annexe", "route", "rue", "bus", "tram", "métro", "salle", "chambre", "question",
    "number", "section", "chapter", "amendment", "flight", "room", "line", "appendix",
    "table", "episode", "season", "highway", "interstate", "numéros", "nos", "top",
})  # fmt: skip
STREETS = frozenset({
    "rue", "avenue", "av", "boulevard", "bd", "place", "chemin", "impasse", "quai", "allée",
    "street", "road", "lane",
})  # fmt: skip
# That may stand with a capital before a number, as a sentence's first word.
COMMON = frozenset({
    "environ", "entre", "avec", "les", "des", "ces", "ses", "nos", "vos", "leurs", "de",
    "du", "plus", "moins", "près", "quelque", "quelques", "sur", "pour", "dans", "à", "au",
    "aux", "et", "ou", "sans", "selon", "après", "avant", "depuis", "en", "il", "elle",
    "ils", "elles", "on", "nous", "vous", "un", "une", "deux", "trois", "quatre", "seuls",
    "seules", "seulement", "ce", "cela", "soit", "dont", "presque", "parmi", "contre",
    "dès", "jusqu'", "même", "ainsi", "car", "mais", "puis", "où", "quand", "the",
    "a", "an", "in", "at", "of", "for", "with", "from", "about", "around", "some",
    "over", "under", "nearly", "almost", "more", "less", "only", "by", "to", "and", "or",
    "but", "its", "their", "his", "her", "these", "those", "all", "between", "up", "down",
    "roughly", "another", "every", "he", "she", "they", "it", "we", "i", "was", "were",
    "is", "are", "had", "has", "have", "compte", "comptent", "total",
})  # fmt: skip
BEFORE_AN_HOUR = frozenset({"à", "vers", "dès", "avant", "après", "jusqu'à"})
HOURS = {"h": 1, "heure": 1, "heures": 1}
# Articles of law that are spoken of as by a name: "recourir au 49.3".
NAMES = frozenset({"49.3"})
FACTORS = {"multipli": Change.UP, "divis": Change.DOWN, "divid": Change.DOWN}
JOINTS = frozenset({"à", "-", "–", "—", "to"})
SIGNED = {"+": 1, "-": -1, "−": -1, "–": -1}
WORDS_OF_A_SHARE = 3  # "un Français d'outre-mer sur trois"
LARGEST_WHOLE = 10_000


# Words that begin an amount and are no numbers: "la moitié", "half a million", "US$".
FIRST_WORDS = frozenset({"la", "le", "cette", "a", "an", "half"})
CURRENCY_LETTERS = frozenset(
    {name[:-1] for name in SYMBOLS if name[-1] == "$"} | {"Rs"}
)
FIRST_SIGNS = SIGNED.keys() | SYMBOLS.keys() | SIGNS_OF_FRACTIONS.keys()


def may_begin(token: Token, language: str) -> bool:
    """Whether an amount may begin with the token; most do not, which is soon said."""
    if token.kind is Kind.WORD:
        return (
            token.lower in WORDS[language]
            or token.lower in FIRST_WORDS
            or token.text in CODES
            or token.text in CURRENCY_LETTERS
        )
    return token.kind is Kind.NUMBER or token.text in FIRST_SIGNS


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its measure: the tokens from `first` up to `past`."""

    number: Numeral
    measure: Measure | None
    first: int
    past: int

    @property
    def unit(self) -> str:
        return self.measure.unit if self.measure else ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """The tokens of a text, and the amounts that can be read at each."""

    row: Sequence[Token]
    language: str

    def amount_at(self, index: int) -> Amount | None:
        """The number at `index`, with the currency or unit before or after it."""
        if not may_begin(self.row[index], self.language):
            return None
        first = index
        sign = SIGNED.get(self.row[index].text, 0)
        if sign:
            if self.is_a_hyphen(index):
                return None
            index += 1
        money = prefix_at(self.row, index)
        if (
            money
            and money.past < len(self.row)
            and self.row[money.past].text in SIGNED
            and not sign
        ):
            # "$-12", as some write it.
            sign = SIGNED[self.row[money.past].text]
            money = replace(money, past=money.past + 1)
        start = money.past if money else index
        if start >= len(self.row):
            return None
        number = numeral_at(self.row, start, self.language)
        if number is None or (sign and self.row[start].kind is not Kind.NUMBER):
            return None
        if sign < 0:
            number = replace(
                number,
                value=-number.value,
                mantissa=-number.mantissa,
                readings=tuple(-reading for reading in number.readings),
            )
        if money:
            past = number.past
            power = power_after(self.row, past)
            if power is not None and (
                is_glued(self.row, past) or len(self.row[past].text) > 1
            ):
                number = number.times(power, past + 1)
            code = self.row[number.past] if number.past < len(self.row) else None
            if code and code.text == money.unit:
                number = replace(number, past=number.past + 1)
            return Amount(number, money, first, number.past)
        measure = measure_at(
            self.row, number.past, is_scaled=number.is_scaled or number.is_share
        )
        if measure and self.is_no_measure(number, measure):
            measure = None
        if measure is None and (factor := self.factor_before(first)):
            return Amount(number, factor, first, number.past)
        if measure is None:
            number = self.bare_scale(number)
            return (
                None
                if self.is_no_figure(first, number)
                else Amount(number, None, first, number.past)
            )
        if measure.power:
            number = number.times(measure.power, number.past)
        past = measure.past
        if measure.is_money and (cents := self.cents_at(number, past)):
            return Amount(cents, measure, first, cents.past)
        if lower_at(self.row, past) == "et" and lower_at(self.row, past + 1) in {
            "demi",
            "demie",
        }:
            half = replace(
                number, value=number.value + Decimal("0.5"), quantum=Decimal("0.1")
            )
            return Amount(half, measure, first, past + 2)
        return Amount(number, measure, first, past)

    def bare_scale(self, number: Numeral) -> Numeral:
        """`number` with the letter of a scale after it, as in "10k" or "5m people"."""
        place = number.past
        if not number.is_bare or place >= len(self.row):
            return number
        power = SCALES_OF_MONEY.get(self.row[place].text)
        if power is None or self.row[place].text in {"G", "T", "b", "B"}:
            return number
        counts = power > 3 and lower_at(self.row, place + 1) in {"de", "d'"}
        if not (is_glued(self.row, place) or counts):  # "10k", "60 M de personnes"
            return number
        return number.times(power, place + 1)

    def cents_at(self, number: Numeral, index: int) -> Numeral | None:
        """ "deux euros cinquante", "2 euros 50": the number with the cents at `index`."""
        if number.is_scaled or number.is_share or number.quantum < 1:
            return None
        if index >= len(self.row) or self.row[index].kind is Kind.SIGN:
            return None
        cents = plain_at(self.row, index, self.language)
        if cents is None or not 5 <= cents.value < 100 or cents.quantum < 1:
            return None
        if measure_at(self.row, cents.past, is_scaled=False) or counts_things_or_people(
            self.row, cents.past
        ):
            return None
        value = number.value + cents.value / 100
        return Numeral(value, Decimal("0.01"), cents.past, value)

    def factor_before(self, first: int) -> Measure | None:
        """What "multiplié par" and "divided by" make of a number."""
        word, by = lower_at(self.row, first - 2), lower_at(self.row, first - 1)
        is_factor = by in {"par", "by"} and word.startswith(tuple(FACTORS))
        return Measure("×", False, 0, first) if is_factor else None

    def is_a_hyphen(self, index: int) -> bool:
        """Whether the sign at `index` joins or parts, and is no plus or minus."""
        if not is_glued(self.row, index + 1):
            return True
        return (
            index > 0
            and is_glued(self.row, index)
            and self.row[index - 1].text not in {"(", "«", "“", '"'}
        )

    def is_no_measure(self, number: Numeral, measure: Measure) -> bool:
        word = self.row[number.past]
        if word.lower in ONLY_LARGE and number.value < 1000:
            return True
        if measure.unit == "m" and word.text == "m" and self.language == "en":
            # "5m people" are millions, "5m long" are metres.
            return is_glued(self.row, number.past) and counts_things_or_people(
                self.row, measure.past
            )
        if number.is_share:
            return not (
                measure.unit in {"h", "point", "l", "t", "kg", "ha"} or measure.is_money
            )
        if number.is_one:
            return not measure.is_money and (
                measure.unit in NOT_AFTER_ONE and measure.past == number.past + 1
            )
        if measure.unit == "h":
            return self.is_time_of_day(number, measure.past)
        return measure.unit == "×" and number.value < 2

    def is_time_of_day(self, number: Numeral, past: int) -> bool:
        """Whether the hours up to `past` are those of a clock: "à 20 h", not "à 2 heures de"."""
        before = lower_at(self.row, number.past - 2)
        return (
            before in BEFORE_AN_HOUR
            and number.value <= 24
            and lower_at(self.row, past) not in {"de", "d'", "par", "/"}
        )

    def is_no_figure(self, first: int, number: Numeral) -> bool:
        """Whether a number without a unit names, dates or numbers something, and counts nothing."""
        row, past = self.row, number.past
        if number.is_one:
            return not self.share_past(number)
        if number.is_scaled or number.is_share:
            return False
        token = row[first]
        after = row[past] if past < len(row) else None
        before = row[first - 1] if first else None
        if token.kind is Kind.WORD:
            if after is None or after.kind is not Kind.WORD:
                return number.value < 11 and number.quantum >= 1
            if token.lower == "neuf" and past == first + 1:
                return not (counts_things(row, past) or self.share_past(number))
            return False
        if is_glued(row, past) and after and after.kind is Kind.WORD:
            return True  # "4G", "3D"
        if after and after.lower in MONTHS[self.language] | HOURS:
            return True
        if (
            after
            and after.lower in STREETS | {","}
            and lower_at(row, past + (after.text == ",")) in STREETS
        ):
            return True
        digits = token.text
        if (
            digits in NAMES
            and before
            and before.lower in {"le", "du", "au", "un", "ce"}
        ):
            return True
        if (
            len(digits) == 5
            and digits.isdecimal()
            and after
            and after.text[0].isupper()
        ):
            return True  # a postal code
        if before is None:
            return bool(after and after.text in {".", ")", "°"} and number.value < 100)
        if before.text == "°" or before.lower in LABELS:
            return True
        if before.text == "." and lower_at(row, first - 2) in LABELS:
            return True
        if (
            before.text in {"(", "["}
            and after
            and after.text in {")", "]"}
            and number.value < 100
        ):
            return True
        if (
            before.lower in MONTHS["en"]
            and self.language == "en"
            and before.text[0].isupper()
        ):
            return True
        if before.text in {"-", "–", "/"} and is_glued(row, first):
            return True
        if (
            after
            and after.text in {"-", "–", "/"}
            and is_glued(row, past)
            and is_glued(row, past + 1)
        ):
            return not self.range_after(Amount(number, None, first, past))
        return (
            before.kind is Kind.WORD
            and before.text[0].isupper()
            and before.lower not in COMMON
            and not (after and counts_things_or_people(row, past))
            and len(digits) < 5
        )

    def range_after(self, left: Amount) -> Amount | None:
        """The upper end of a range whose lower end is `left`."""
        row, place = self.row, left.past
        joint = lower_at(row, place)
        between = lower_at(row, left.first - 1) in {"entre", "between"}
        if not (
            joint in JOINTS or (between and joint in {"et", "and"})
        ) or place + 1 >= len(row):
            return None
        right = self.amount_at(place + 1)
        if right is None or right.number.is_share or right.number.is_one:
            return None
        if row[place + 1].text in SIGNED and joint in {"-", "–"}:
            return None
        if (
            joint in {"-", "–", "—"}
            and right.measure is None
            and not right.number.is_scaled
        ):
            return None
        if left.measure and left.unit != right.unit:
            if (
                right.measure is None
                and left.measure.is_money
                and not left.number.is_scaled
            ):
                return replace(right, measure=left.measure)  # "€12-15"
            return (
                replace(right, measure=left.measure) if right.measure is None else None
            )
        if (
            year_of(row, left.first)
            and right.measure is None
            and not right.number.is_scaled
        ):
            return None
        return right

    def share_past(self, number: Numeral) -> Numeral | None:
        """ "un Français sur trois", "one in three", "3 out of 10": the share, if it is one."""
        row = self.row
        place = number.past
        most = place + WORDS_OF_A_SHARE + 1
        joints = {"sur"} if self.language == "fr" else {"in", "out"}
        while place < min(most, len(row)) and row[place].lower not in joints:
            if row[place].kind is not Kind.WORD or row[place].lower in {
                "et",
                "and",
                "ou",
                "or",
            }:
                return None
            place += 1
        if lower_at(row, place) not in joints:
            return None
        place += 1 + (
            lower_at(row, place) == "out" and lower_at(row, place + 1) == "of"
        )
        place += lower_at(row, place) == "every"
        if place >= len(row) or year_of(row, place):
            return None
        whole = numeral_at(row, place, self.language)
        if (
            whole is None
            or whole.is_one
            or whole.is_share
            or whole.value > LARGEST_WHOLE
        ):
            return None
        if not 0 < number.value < whole.value or measure_at(
            row, whole.past, is_scaled=False
        ):
            return None
        if whole.value != whole.value.to_integral_value() or whole.readings:
            return None
        value = number.value / whole.value
        return Numeral(value, Decimal("0.01"), whole.past, value, is_share=True)


def counts_things_or_people(row: Sequence[Token], index: int) -> bool:
    return counts_things(row, index) or lower_at(row, index) in {
        "people",
        "men",
        "women",
        "children",
    }
