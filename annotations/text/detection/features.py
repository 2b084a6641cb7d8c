"""What is light to see of a sentence: some fifty numbers, each with a name.

Nothing here looks farther than a few words from where it is, so time grows as the text does.
A sentence is read up to `LONGEST` characters: what is longer is no sentence.
"""

import re
from collections.abc import Mapping
from math import log1p

from annotations.text.quantities import Change, Quantity, figures

from .values import Sentence
from .words import hits, is_conditional, several, tokens

LONGEST = 1_000

# Name → what it says. The weights are kept by name, so a name is never given a new meaning.
FEATURES = {
    # Figures, as `text.quantities` reads them.
    "money": "how many sums of money",
    "share": "how many shares, in % or in words, and points of percentage",
    "change": "how many figures that tell a rise or a fall",
    "count": "how many counts of something",
    "measure": "how many figures with a unit that is not money or %",
    "date": "how many days, months or years are named",
    "near": "how many figures are about, at least, or at most",
    "large_number": "the longest number, by its digits",
    "digits": "how many numbers in digits",
    "number_words": "how many numbers in words",
    "ratio": "so many times, half of, one in three",
    "clock": "a time of the day, a score or a telephone number",
    # Who says so, and how surely.
    "attribution": "verbs of saying: says, adds, tells",
    "claiming": "verbs of asserting: claims, denies, accuses, admits",
    "contrast": "yet, in fact, contrary to: what answers a claim",
    "according_to": "“selon”, “according to”",
    "study": "studies, statistics, and who makes them",
    "hedging": "perhaps, seems, may",
    "conditional": "French conditionals of the third person",
    "hearsay": "a conditional or a word that tells hearsay, and no “si”",
    "quotation": "words in quotation marks, as a share of the sentence",
    "denial": "false, denies, fraud, proof",
    # What is said.
    "superlative": "the most, the first, a record",
    "comparison": "more than, compared with",
    "comparison_of_years": "than last year, in ten years, a year",
    "change_words": "rises, falls, doubles",
    "cause": "because, causes, prevents",
    "quantifier": "all, never, only",
    "negation": "not, none, without",
    "law": "laws, rules, bans and rights",
    "institution": "government, prices, hospitals: what the public is concerned with",
    "time": "days, months, since, last",
    "named": "capitals inside the sentence",
    "acronym": "words in capitals",
    # What it is instead.
    "vagueness": "some, many, often",
    "first_person": "I, we, our",
    "second_person": "you, your",
    "opinion": "I think, must, shameful, joy",
    "intention": "will, wants, plans, asks",
    "event": "meetings, matches, concerts, opening hours",
    "question": "a question mark at the end",
    "exclamation": "an exclamation mark at the end, or dots",
    "teaser": "follow us, read also, subscribe",
    "caption": "photo, ©, archive",
    # Its shape.
    "length": "the number of words, as a logarithm",
    "short": "fewer than six words",
    "unfinished": "nothing ends it: a headline, a caption, an item",
    "opens_with_pronoun": "begins with he, it, this",
    # Where it stands; 0 where that is not known.
    "early": "how near the beginning of the article, from −1 to 1",
    "item": "an item of a list",
}  # fmt: skip

DIGIT = re.compile(r"\d")
NUMBERS = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3})*")
CLOCK = re.compile(
    r"\b\d{1,2} ?[hH:] ?[0-5]\d\b|\b\d{1,2} ?(?:heures?|[ap]\.?m)\b|\b\d{1,3}[-–]\d{1,3}\b|\b0\d(?:[ .]\d\d){4}\b"
)
NAMED = re.compile(r"(?<=[\w,;:’')] )(?:[dDlL][’'])?[A-ZÀ-Ý][\w’-]+")
ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{2,6}\b")
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
# Guillemets open and do not close, or the other way round: a quotation over several sentences.
HALF_QUOTED = re.compile(r"[«»“”]")
CLOSERS = " \u00a0\u202f\n»”\"'’)]"
MARKS = ".!?…"
ENDS = frozenset(MARKS + ";:" + CLOSERS)
PRONOUNS = several(
    """il elle ils elles ce cela c' ça ceci cette ces cet celui celle he she it they
    this that these those"""
)


def features(sentence: Sentence, *, language: str = "fr") -> dict[str, float]:
    """Every feature of `FEATURES`, for one sentence."""
    text = sentence.text[:LONGEST].strip()
    tongue = "fr" if language.lower().startswith("fr") else "en"
    row = tokens(text)
    found = hits(row, tongue)
    # What takes longest is left out where there is nothing to find.
    is_told = found["number_words"] or DIGIT.search(text)
    told = figures(text, language=tongue) if is_told else []
    values = dict.fromkeys(FEATURES, 0.0)
    for name in found.keys() & values.keys():
        values[name] = amount(found[name])
    values |= of_figures(told)
    values |= of_voice(text, row, found, tongue)
    values |= of_shape(text, row, sentence)
    return values


def amount(count: int) -> float:
    """A count that grows slower and slower: the first one says the most."""
    return log1p(count) if count > 1 else float(count) * 0.6931


def of_figures(told: list[Quantity]) -> dict[str, float]:
    """What the figures of the sentence are."""
    counts = dict.fromkeys(
        ("money", "share", "change", "count", "measure", "date", "near"), 0
    )
    for figure in told:
        counts[kind_of(figure)] += 1
        counts["change"] += figure.change is not Change.LEVEL
        counts["near"] += figure.approximation.value != "exact"
    return {name: amount(count) for name, count in counts.items()}


def kind_of(figure: Quantity) -> str:
    """The feature that counts the figure."""
    if figure.is_time:
        return "date"
    if figure.is_money:
        return "money"
    if figure.unit in {"%", "‰", "point", "bp"}:
        return "share"
    is_part = figure.value is not None and 0 < figure.value < 1 and not figure.unit
    if is_part:
        return "share"
    return "measure" if figure.unit else "count"


def of_voice(
    text: str, row: list[str], found: Mapping[str, int], language: str
) -> dict[str, float]:
    """Who says so and how surely."""
    conditionals = sum(map(is_conditional, row)) if language == "fr" else 0
    is_hypothesis = "si" in row or "s'" in row or "if" in row
    quoted = sum(len(part) for part in QUOTED.findall(text))
    if not quoted and HALF_QUOTED.search(text):
        quoted = len(text)
    return {
        "conditional": amount(conditionals),
        "hearsay": 0.0 if is_hypothesis else amount(found["hearsay_words"]),
        "quotation": quoted / max(len(text), 1),
    }


def of_shape(text: str, row: list[str], sentence: Sentence) -> dict[str, float]:
    """How long it is, how it begins and ends, and where it stands."""
    words = len([word for word in row if word[0].isalnum()])
    numbers = NUMBERS.findall(text)
    longest = max((sum(map(str.isdigit, number)) for number in numbers), default=0)
    marks = last_marks(text)
    place = sentence.number / (sentence.count - 1) if sentence.count > 1 else 0.5
    return {
        "large_number": float(max(longest - 1, 0)),
        "digits": amount(len(numbers)),
        "clock": float(CLOCK.search(text) is not None),
        "named": amount(len(NAMED.findall(text))),
        "acronym": amount(len(ACRONYM.findall(text))),
        "question": float("?" in marks),
        "exclamation": float("!" in marks or "…" in marks or ".." in marks),
        "length": log1p(words),
        "short": float(words < 6),
        "unfinished": float(text[-1:] not in ENDS),
        "opens_with_pronoun": float(bool(row) and row[0] in PRONOUNS),
        "early": 1.0 - 2.0 * place,
        "item": float(sentence.kind == "list"),
    }


def last_marks(text: str) -> str:
    """The marks that end `text`, quotes and brackets after them left out: "?!"."""
    bare = text.rstrip(CLOSERS)
    return bare[len(bare.rstrip(MARKS)) :]
