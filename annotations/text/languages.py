"""Which of French and English a few words are in: a "billion" is not the same in both."""

import re
from typing import Literal

# "" for one that is not ours, or cannot be told.
type Language = Literal["fr", "en", ""]

# Code points that tell the language of a longer text.
BEGINNING = 5_000

SMALL_WORDS = {
    "fr": frozenset({
        "le", "la", "les", "de", "des", "du", "et", "à", "en", "un", "une", "est", "pour", "sur",
        "au", "aux", "dans", "par", "qui", "que", "l", "d", "plus", "milliard", "milliards",
    }),
    "en": frozenset({
        "the", "of", "and", "to", "in", "an", "is", "for", "by", "with", "from", "was", "that",
        "has", "its", "it", "at", "be", "will", "we", "are", "than", "billion", "billions", "bn",
    }),
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")
# "$14.3" is English, "14,3 $" French.
SIGN_FIRST = re.compile(r"[$£€]\s?\d")
SIGN_LAST = re.compile(r"\d\s?[$£€]")


def guessed(text: str, *, otherwise: str) -> str:
    """ "fr" or "en" by the small words of `text`, or `otherwise` if they do not tell."""
    words = [word.lower() for word in WORD.findall(text)]
    french = sum(word in SMALL_WORDS["fr"] for word in words) + len(
        SIGN_LAST.findall(text)
    )
    english = sum(word in SMALL_WORDS["en"] for word in words) + len(
        SIGN_FIRST.findall(text)
    )
    if french == english:
        return otherwise
    return "fr" if french > english else "en"


def language_of(text: str) -> Language:
    """The language of `text`, by its beginning; "" if it does not tell."""
    match guessed(text[:BEGINNING], otherwise=""):
        case "fr":
            return "fr"
        case "en":
            return "en"
        case _:
            return ""
