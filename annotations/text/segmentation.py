"""Cutting a text into sentences: French first, and English.

Hand-made rules over every full stop, exclamation mark, question mark and line end. No
pattern here backtracks over more than a few characters, so hostile text takes linear
time, too. What may end a sentence and may not is in the tables; the rest is `ends_at`.
"""

import re
from collections.abc import Iterator

from .abbreviations import (
    BEFORE_A_FIGURE,
    BEFORE_A_NAME,
    BETWEEN_PARTIES,
    FIRST_WORDS,
    NEVER_LAST,
)
from .spans import Span

# Code points of a line that can be a headline though no full stop ends it, and how much
# longer the line under it is: lines that were wrapped at a width are alike.
LONGEST_HEADLINE = 100
LONGER_BELOW = 1.25
# Code points that are read back from a full stop: more than any abbreviation has.
LONGEST_WORD = 24

STOP = re.compile(r"[.!?…‼⁇⁈⁉]+|;|\n\s*")
# Other marks that go on after the first: "? !", "… ?", "! …", and "?..".
MORE_STOPS = re.compile(r"[^\S\n]{0,2}[!?…‼⁇⁈⁉]+[.!?…]*")
# Quotes and brackets that the stop is inside of; guillemets keep their distance.
CLOSER = re.compile(r"[\"'”’)\]}›]|[^\S\n]{0,2}[»]|[^\S\n][”](?=[\s,.;:)]|\Z)")
# A straight quote between spaces, which closes if one is open.
DISTANT_QUOTE = re.compile(r"[^\S\n]\"(?=\s|\Z)")
# A note's number: "…depuis 2019.[3]".
NOTE = re.compile(r"\[\d{1,3}\]|[¹²³⁴-⁹]{1,3}")
EMOJI = re.compile(
    "[^\\S\n]{0,2}(?:[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f5ff\U0001f600-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f900-\U0001faff\u2600-\u27bf\u2b50\u2b55]"
    "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*)+"
)
SPACE = re.compile(r"\s+")
WORD = re.compile(r"\w")
# What may stand before the first word of a sentence.
OPENERS = re.compile(r"[\s«“„\"'‘’(\[{‹*#@¿¡<—–-]*")
LIST_ITEM = re.compile(
    r"[-–—•*·◦‣▪■●►➤✓✔→] |(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}) ?[.)°] "
)
# An item of a list that lost its line end: "…du médecin. - si vous êtes allergique".
DASHED_ITEM = re.compile(r"[-•] ")
ENUMERATION = re.compile(r"[\s«“\"(]*(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[IVXivx]{1,5})")
# What is no abbreviation, as those end in consonants: a small letter after its full
# stop is a slip ("…la commune. à l'époque").
WHOLE_WORD = re.compile(r"[a-zà-ÿ]{4}[aeéiouys]\Z")
FIRST_WORD = re.compile(r"[^\W\d_]+['’]?")
INITIALS = re.compile(r"(?:[^\W\d_][a-zà-ÿ]?\.-?)*[^\W\d_]")
# "art. R. 421-5", "X c. Y".
ARTICLE_OF_A_CODE = re.compile(r"[A-Z]\. ?\d")
PARTY = re.compile(r"\b[A-Z]\S*\s[a-z]\Z")
ENDS_SMALL = re.compile(r"(?:\b[a-zà-ÿ]{1,3}|[,;(«“'’-])\Z")


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of `text`, or of its part `within`, in reading order.

    They never overlap, and cover every character but white space. A line end is white
    space like any other, unless the line before it is a headline, an item of a list or
    the end of a sentence; a blank line always parts.
    """
    region = within or Span(0, len(text))
    found = []
    start = region.start
    for end in [*ends(text, region), region.end]:
        words = text[start:end]
        bare = words.strip()
        if bare:
            first = start + len(words) - len(words.lstrip())
            found.append(Span(first, first + len(bare)))
        start = end
    return found


def sentence_at(text: str, offset: int, within: Span | None = None) -> Span | None:
    """The sentence that covers the character at `offset`, if one does."""
    for span in sentences(text, within):
        if span.start <= offset < span.end:
            return span
    return None


def ends(text: str, region: Span) -> Iterator[int]:
    """The offsets just past each sentence of `region` but the last."""
    start = position = counted = region.start
    word: int | None = None  # where the first word since `start` begins
    quotes = 0  # straight ones before `counted`: an odd one is open
    while stop := STOP.search(text, position, region.end):
        position = stop.end()
        if word is None:
            first = WORD.search(text, start, region.end)
            if first is None:
                return
            word = first.start()
        if word > stop.start():
            # Marks without a word, such as "…" at the start, end nothing.
            continue
        if text[stop.start()] == "\n":
            if not line_ends_at(text, start, stop.start(), stop.end(), region.end):
                continue
        else:
            quotes += text.count('"', counted, stop.end())
            counted = stop.end()
            position = past_closers(
                text, stop.end(), region.end, is_quote_open=quotes % 2 == 1
            )
            if not ends_at(text, start, stop.start(), stop.end(), position, region.end):
                continue
        yield position
        start, word = position, None


def past_closers(text: str, position: int, end: int, *, is_quote_open: bool) -> int:
    """The offset past all that belongs to the stop before `position`."""
    if is_quote_open and (quote := DISTANT_QUOTE.match(text, position, end)):
        position = quote.end()
    for pattern in (MORE_STOPS, CLOSER, NOTE, EMOJI):
        while more := pattern.match(text, position, end):
            position = more.end()
    return position


def ends_at(
    text: str, start: int, stop: int, marks_end: int, past: int, end: int
) -> bool:
    """Whether the stop at `stop`, of the sentence since `start`, ends it at `past`.

    `marks_end` is past the marks alone, `past` past quotes and brackets after them.
    """
    if past == end:
        return True
    mark = text[stop]
    space = SPACE.match(text, past, end)
    if space is None:
        # "quoi ?Oui": the space was forgotten. A full stop may be in an address.
        return mark in "!?" and text[past].isupper() and text[past - 1] in "!?»"
    if text[stop - 1] in "([" and past > marks_end:
        return False  # "(!)", "[…]"
    opened = OPENERS.match(text, space.end(), end)
    first = opened.end() if opened else space.end()
    if first == end:
        return True
    following = text[first]
    new_line = "\n" in space.group()
    if new_line and LIST_ITEM.match(text, space.end(), end):
        return True
    if (
        mark == "."
        and marks_end == stop + 1
        and is_abbreviation(text, start, stop, past, first, end)
    ):
        return False
    if mark in ".;…" and DASHED_ITEM.match(text, space.end(), end):
        return True
    if mark == ";":
        return begins_a_sentence(text, first, end)
    if following.islower():
        slip = WHOLE_WORD.search(text, max(start, stop - LONGEST_WORD), stop)
        return new_line or (mark == "." and past == stop + 1 and slip is not None)
    if following.isdigit():
        return mark != "…" and not text.startswith("...", stop)
    return following.isalpha() or first > space.end() or is_emoji(following)


def is_emoji(character: str) -> bool:
    return EMOJI.match(character) is not None


def is_abbreviation(
    text: str, start: int, stop: int, past: int, first: int, end: int
) -> bool:
    """Whether the full stop at `stop` shortens a word, and the sentence goes on at `first`."""
    back = text[max(start, stop - LONGEST_WORD) : stop]
    tail = back.split()[-1] if back.split() else ""
    tail = tail.lstrip("«“\"'‘([").replace("’", "'").rpartition("'")[2]
    following = text[first]
    is_first = stop - start < LONGEST_WORD and back.strip() == tail
    if is_first and ENUMERATION.fullmatch(tail):
        return True  # "1. Le prix"
    if past > stop + 1:
        # "(S.A.)", "par ex.)", "« P.S. »" inside of a sentence.
        return is_short(tail) and not begins_a_sentence(text, first, end)
    lower = tail.lower()
    if lower in NEVER_LAST:
        return True
    if tail in BEFORE_A_NAME:
        return following.isupper() or following.isdigit()
    if tail in BETWEEN_PARTIES and following.isupper():
        return PARTY.search(back) is not None
    are_initials = INITIALS.fullmatch(tail) is not None and tail[-1].isupper()
    if lower in BEFORE_A_FIGURE and not are_initials:
        return (
            following.isdigit()
            or ARTICLE_OF_A_CODE.match(text, first, end) is not None
            or (following in "IVXLC°" and not begins_a_sentence(text, first, end))
        )
    if are_initials:
        if "-" in tail and tail[-1] != "C":
            return True
        if text[past:first].strip().endswith(("«", "“")):
            return False  # "« J'y étais », dit X. « Moi non », dit Y."
        return not begins_a_sentence(text, first, end)
    return False


def is_short(word: str) -> bool:
    """Whether `word`, before a full stop, is one of the tables or initials."""
    lower = word.lower()
    return (
        lower in NEVER_LAST
        or lower in BEFORE_A_FIGURE
        or word in BEFORE_A_NAME
        or (INITIALS.fullmatch(word) is not None and word[-1].isupper())
    )


def begins_a_sentence(text: str, first: int, end: int) -> bool:
    """Whether the word at `first` is one that sentences often begin with, and names do not."""
    word = FIRST_WORD.match(text, first, end)
    return word is not None and word.group().replace("’", "'") in FIRST_WORDS


def line_ends_at(text: str, start: int, stop: int, past: int, end: int) -> bool:
    """Whether the line end at `stop` ends a sentence; the next line is at `past`."""
    if past >= end or text.count("\n", stop, past) > 1:
        return True
    if LIST_ITEM.match(text, past, end):
        return True
    line_start = max(text.rfind("\n", start, stop) + 1, start)
    if LIST_ITEM.match(text, line_start, stop):
        return True
    line = text[start:stop].strip() if stop - start <= LONGEST_HEADLINE + 2 else ""
    if (
        not line
        or "\n" in line
        or len(line) > LONGEST_HEADLINE
        or ENDS_SMALL.search(line)
    ):
        return False
    opened = OPENERS.match(text, past, end)
    first = opened.end() if opened else past
    if first >= end or text[first].islower():
        return False
    below = text.find("\n", past, end)
    return ((end if below == -1 else below) - past) >= LONGER_BELOW * len(line)
