"""The peer in finding a passage again: as the Hypothesis client does, by its published description.

Every exact occurrence of the quote is a candidate; if there is none, every approximate one
of the fewest edits, at most min(256, half the quote). The best is the one of the highest score,
of which the quote is 50 parts, the 32 characters before and behind 20 each, the old position
2. There is no threshold.
"""

import edlib

from annotations.text.anchoring import context
from annotations.text.spans import Span

QUOTE, PREFIX, SUFFIX, POSITION = 50, 20, 20, 2
MOST_EDITS = 256


def found_by_peer(old: str, span: Span, new: str) -> Span | None:
    """Where the peer takes the passage to be in `new`."""
    quote = span.of(old)
    prefix, suffix = context(old, span)
    best, place = -1.0, None
    for start, end, errors in candidates(new, quote, min(MOST_EDITS, len(quote) // 2)):
        score = (
            QUOTE * (1 - errors / len(quote))
            + PREFIX * likeness(new[max(0, start - len(prefix)) : start], prefix)
            + SUFFIX * likeness(new[end : end + len(suffix)], suffix)
            + POSITION * (1 - abs(start - span.start) / max(1, len(new)))
        )
        if score > best:
            best, place = score, Span(start, end)
    return place


def candidates(text: str, quote: str, edits: int) -> list[tuple[int, int, int]]:
    """Start, end and errors of the places that are most like `quote`."""
    exact, at = [], text.find(quote)
    while at >= 0:
        exact.append((at, at + len(quote), 0))
        at = text.find(quote, at + 1)
    if exact or not text:
        return exact
    found = edlib.align(quote, text, mode="HW", task="locations", k=edits)
    return [
        (start or 0, end + 1, found["editDistance"])
        for start, end in found["locations"]
        if end is not None
    ]


def likeness(text: str, words: str) -> float:
    """1 if `text` has the words, less for each edit; 1 as well if there are no words."""
    if not words:
        return 1
    if not text:
        return 0
    near = candidates(text, words, len(words))
    return 1 - near[0][2] / len(words) if near else 0
