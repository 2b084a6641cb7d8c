"""A sentence of an article, as the statement of a claim."""

import re

from .segmentation import LIST_ITEM

# Marks around a whole sentence that are the article's and not the claim's.
PAIRS = {"«": "»", "“": "”", '"': '"', "(": ")"}
DASH = re.compile(r"[—–-]\s+")


def stated(sentence: str, *, longest: int = 2_000) -> str:
    """The sentence on one line, without the bullet, dash or quotation marks around it.

    Marks stay where they are part of it: « C’est faux », dit-il. No word is changed.
    """
    words = re.sub(r"[ \t\r\n]+", " ", sentence).strip()
    bullet = LIST_ITEM.match(words) or DASH.match(words)
    if bullet and not words[0].isalnum():
        words = words[bullet.end() :].strip()
    closer = PAIRS.get(words[:1])
    if closer and words.endswith(closer):
        inside = words[1:-1]
        if words[0] not in inside and closer not in inside:
            words = inside.strip(" \u00a0\u202f")
    return words[:longest].rstrip()
