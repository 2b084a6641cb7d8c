"""Words that say how much, of what, when, and that something is not so."""

from annotations.text.quantities.calendar import MONTHS, NTH, PARTS, SEASONS
from annotations.text.quantities.numbers import COLLECTIVES, FRACTIONS, SCALES, WORDS
from annotations.text.quantities.units import CURRENCIES, UNITS, singular

# "un" is an article far more often than a number; where it is one, more words say so.
ONE = frozenset({"un", "une", "one", "a", "an"})
TIMES_AS_MUCH = frozenset({
    "double", "triple", "quadruple", "doubler", "tripler", "doublé", "triplé", "doublent",
    "triplent", "demi", "tripled", "doubled", "twice", "thrice", "treble", "simple",
})  # fmt: skip
NUMBERS = (
    frozenset(
        word.lower()
        for table in (WORDS, FRACTIONS, COLLECTIVES, SCALES)
        for words in table.values()
        for word in words
        if word.isalpha()
    )
    | {word for word in NTH if word.isalpha()}
    | TIMES_AS_MUCH
) - ONE
MONEY = frozenset(name for name in CURRENCIES if " " not in name)
# Names of units that are other words as well, and say nothing without a number.
OTHER_WORDS = frozenset(
    {"moi", "foi", "time", "bar", "point", "second", "foot", "half"}
)
MEASURES = frozenset(name for name in UNITS if " " not in name) - OTHER_WORDS
# Signs without which a figure is another one.
SIGNS = frozenset("%‰€$£¥₽₹₩°+<>≤≥±×²³")
MONTH_NAMES = frozenset(MONTHS["fr"]) | frozenset(MONTHS["en"])
DAYS = frozenset({
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "hier", "aujourd'", "demain", "veille", "lendemain", "yesterday", "today", "tomorrow",
})  # fmt: skip
PARTS_OF_A_YEAR = (PARTS.keys() | SEASONS.keys() | {"hiver", "winter"}) - {
    "été",
    "half",
}
BEFORE_SUMMER = frozenset({"l'", "d'", "cet"})  # "été" is a participle elsewhere
# Each word that denies, and the one it counts as.
NEGATIONS = {
    "ne": "ne", "n'": "ne", "pas": "pas", "jamais": "jamais", "aucun": "aucun",
    "aucune": "aucun", "aucunement": "aucun", "nul": "nul", "nulle": "nul",
    "nullement": "nul", "sans": "sans", "ni": "ni", "non": "non", "rien": "rien",
    "guère": "guère", "faux": "faux", "fausse": "faux", "fausses": "faux",
    "impossible": "impossible", "not": "not", "no": "no", "never": "never",
    "without": "without", "none": "none", "neither": "neither", "nor": "nor",
    "cannot": "not", "nothing": "nothing", "nobody": "nobody", "hardly": "hardly",
    "unable": "not", "false": "false", "untrue": "false",
}  # fmt: skip
# What denies only with "ne" before it, and how many tokens before.
WITH_NE = frozenset({"plus", "personne", "point", "que", "qu'"})
REACH_OF_NE = 6


def number_of(word: str) -> str:
    """The number word that a word in small letters is, without an "s" that it may have."""
    if word.removesuffix("s") in NUMBERS:
        return word.removesuffix("s")
    return word if word in NUMBERS else ""


def class_of(word: str) -> str:
    """What kind of figure a word in small letters is part of, if of any."""
    if number_of(word):
        return "#number"
    if word in MONTH_NAMES:
        return "#month"
    if word in DAYS:
        return "#day"
    if singular(word) in MEASURES or singular(word) in MONEY or word in SIGNS:
        return "#unit"
    return ""
