"""Numbers, in digits and in words, French and English. Values are exact decimals."""

from decimal import Decimal
from functools import lru_cache

from text_to_num import text2num

# Digits of the longest number that is read: what is longer is no figure of the news, and
# decimals are exact up to 28.
LONGEST = 18

# Powers of ten. A French "billion" is an English "trillion".
SCALES = {
    "fr": {
        "mille": 3, "millier": 3, "milliers": 3, "million": 6, "millions": 6, "milliard": 9,
        "milliards": 9, "billion": 12, "billions": 12, "trillion": 18, "trillions": 18,
        "Md": 9, "Mds": 9, "Mrd": 9, "Mrds": 9, "Mio": 6,
    },
    "en": {
        "hundred": 2, "thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9,
        "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
        "trillion": 12, "trillions": 12, "bn": 9, "bln": 9, "mn": 6, "mln": 6, "tn": 12, "trn": 12,
    },
}  # fmt: skip
# Words below a million, of which numbers are made up. Belgium's and Switzerland's too.
WORDS = {
    "fr": frozenset(
        [
            "zéro",
            "un",
            "une",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
            "vingt",
            "vingts",
            "trente",
            "quarante",
            "cinquante",
            "soixante",
            "septante",
            "huitante",
            "octante",
            "nonante",
            "cent",
            "cents",
            "mille",
            "mil",
        ]
    ),
    "en": frozenset(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
            "hundred",
            "thousand",
        ]
    ),
}
# "une dizaine": about so many.
COLLECTIVES = {
    "fr": {
        "huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20,
        "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
        "centaine": 100, "millier": 1000, "dizaines": 10, "douzaines": 12, "centaines": 100,
        "milliers": 1000,
    },
    "en": {"dozen": 12, "dozens": 12, "score": 20},
}  # fmt: skip
EXACT_COLLECTIVES = frozenset({"douzaine", "douzaines", "dozen", "dozens", "score"})
# "trois quarts": the number below the line.
FRACTIONS = {
    "fr": {
        "moitié": 2, "demi": 2, "demie": 2, "tiers": 3, "quart": 4, "quarts": 4,
        "cinquième": 5, "cinquièmes": 5, "sixième": 6, "sixièmes": 6, "septième": 7,
        "septièmes": 7, "huitième": 8, "huitièmes": 8, "neuvième": 9, "neuvièmes": 9,
        "dixième": 10, "dixièmes": 10, "centième": 100, "centièmes": 100, "millième": 1000,
        "millièmes": 1000,
    },
    "en": {
        "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
        "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
        "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
        "hundredth": 100, "hundredths": 100,
    },
}  # fmt: skip
SIGNS_OF_FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip


class NotANumber(ValueError):
    """The words say no number that is read."""


def in_digits(
    written: str, language: str
) -> tuple[Decimal, Decimal, tuple[Decimal, ...]]:
    """The value of a number in digits, its quantum, and its readings if it has several.

    `written` has one kind of separator between its thousands. In French, 1,250 has
    decimals and 1.250 may be 1 250 or 1,25: both are readings, the first is the value. In
    English, 1.250 has decimals and 1,250 thousands. Raises `NotANumber` for too many digits.
    """
    digits = "".join(character for character in written if character.isdecimal())
    if len(digits) > LONGEST:
        raise NotANumber(written)
    marks = [character for character in written if not character.isdecimal()]
    last = marks[-1] if marks else ""
    head, _, tail = written.rpartition(last) if last else (written, "", "")
    is_grouped = bool(marks) and (
        last not in ".,"  # "1 250", "1'250"
        or marks.count(last) > 1  # "1.250.000"
        or (
            len(tail) == 3
            and len(marks) == 1
            and head != "0"
            and last == ","
            and language == "en"
        )
    )
    if not marks or is_grouped:
        return Decimal(digits), Decimal(1), ()
    decimals = len(tail)
    value = Decimal(digits).scaleb(-decimals)
    quantum = Decimal(1).scaleb(-decimals)
    if language == "fr" and last == "." and decimals == 3 and len(marks) == 1:
        if head == "0" or len(head) > 3:
            return value, quantum, ()
        return Decimal(digits), Decimal(1), (Decimal(digits), value)
    return value, quantum, ()


@lru_cache(maxsize=4096)
def in_words(words: str, language: str) -> Decimal:
    """The value of number words below a million, as "quatre-vingt-dix-neuf".

    Raises `NotANumber` if they are no number, such as "vingt trois cent".
    """
    if language == "en" and words in {"hundred", "thousand", "a hundred", "a thousand"}:
        return Decimal(100 if "hundred" in words else 1000)
    try:
        return Decimal(text2num(words, language))
    except ValueError as error:
        raise NotANumber(words) from error


def share(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """`part` of `whole`; "deux tiers" is 0.666…, to 28 digits."""
    return Decimal(part) / Decimal(whole)
