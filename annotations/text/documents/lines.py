"""Paragraphs out of lines that were broken at a width, as on the pages of a PDF."""

import re
from collections import Counter
from collections.abc import Iterator

from ..blocks import CLOSES_A_SENTENCE, ENDS_A_SENTENCE, LONGEST_SUBHEAD, Kind
from ..cleaning import normalise
from ..extracted import ExtractedBlock

# Letters that are drawn as one; other compatibility characters mean something ("²", "½").
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)

BULLET = re.compile(r"(?:[•‣▪●◦■□►➤✓\uf0b7]\s*|[-–] (?=\S))")
PAGE_NUMBER = re.compile(
    r"\W*(?:p(?:age|\.)?\s?)?\d{1,4}(?:\s?(?:/|sur|of|de)\s?\d{1,4})?\W*", re.IGNORECASE
)
FIGURES = re.compile(r"\d+")
# A word broken at the end of a line, and what it goes on with.
BROKEN = re.compile(r"(\w+)[-\u00ad\u2010]\Z")
GOES_ON = re.compile(r"(\w+)")

# Parts of words with a hyphen of their own, before and after it.
BEFORE_A_HYPHEN = {
    "après", "anti", "arrière", "avant", "celui", "ceux", "celle", "celles", "cent", "chef", "chefs",
    "cinquante", "contre", "demi", "deux", "dix", "elle", "elles", "est", "eux", "ex", "franco", "grand",
    "grande", "là", "lui", "mi", "moi", "nord", "nous", "non", "ouest", "peut", "porte", "presque",
    "quarante", "quatre", "quasi", "quelques", "rendez", "sans", "sa", "savoir", "semi", "soi", "soixante",
    "sous", "sud", "t", "toi", "trente", "vice", "vingt", "vous", "well", "self", "co", "long", "short",
}  # fmt: skip
AFTER_A_HYPHEN = {
    "ci", "ce", "elle", "elles", "en", "être", "il", "ils", "je", "là", "la", "le", "les", "leur", "lui",
    "même", "mêmes", "moi", "nous", "on", "t", "tu", "vous", "y",
}  # fmt: skip

# Lines at the head and foot of a page that may be on every page, and on how many of them.
EDGE = 2
SHARE_OF_PAGES = 0.5
LEAST_PAGES = 3
# Shares of a page's width: a line that is shorter was not broken but ended.
ENDED = 0.8
SHORT = 0.6


def paragraphs(pages: list[str]) -> list[ExtractedBlock]:
    """The blocks on `pages`, without what stands on every page; locators are pages."""
    lines = without_edges([page_lines(page) for page in pages])
    hyphens = Hyphens([line for page in lines for line in page])
    blocks: list[ExtractedBlock] = []
    for number, page in enumerate(lines, start=1):
        for position, (kind, text) in enumerate(page_blocks(page, hyphens)):
            last = blocks[-1] if blocks else None
            if position == 0 and last and continues(last, kind, text):
                text = hyphens.joined(last.text, text)
                blocks[-1] = ExtractedBlock(last.kind, text, locator=last.locator)
            else:
                blocks.append(ExtractedBlock(kind, text, locator=f"p. {number}"))
    return blocks


def page_lines(page: str) -> list[str]:
    """The lines of a page; an empty one is "", and never the first or last."""
    text = normalise(page.translate(LIGATURES).replace("\u00ad\n", "\u2010\n"))
    lines = [
        " ".join(re.split(r"[ \t]+", line.strip(" "))) for line in text.split("\n")
    ]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def without_edges(pages: list[list[str]]) -> list[list[str]]:
    """`pages` without their numbers, and without heads and feet that come again and again."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({pattern(line) for line in [*page[:EDGE], *page[-EDGE:]] if line})
    least = max(LEAST_PAGES, SHARE_OF_PAGES * len(pages))
    often = {line for line, times in seen.items() if times >= least}
    kept = []
    for page in pages:
        lines = list(page)
        for end in (0, -1):
            for _ in range(EDGE):
                if lines and (
                    pattern(lines[end]) in often or PAGE_NUMBER.fullmatch(lines[end])
                ):
                    lines.pop(end)
                while lines and not lines[end]:
                    lines.pop(end)
        kept.append(lines)
    return kept


def pattern(line: str) -> str:
    return FIGURES.sub("#", line).casefold()


class Hyphens:
    """Knows which words of a text have a hyphen, for those that are broken at one."""

    def __init__(self, lines: list[str]) -> None:
        self.words = Counter(
            word for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.lower())
        )

    def joined(self, before: str, after: str) -> str:
        """`before` and the line `after` it, in one."""
        broken, onward = BROKEN.search(before), GOES_ON.match(after)
        if broken is None or onward is None:
            return f"{before} {after}"
        first, second = broken.group(1), onward.group(1)
        stem = before[: broken.end(1)]
        return stem + ("-" if self.has_hyphen(first, second) else "") + after

    def has_hyphen(self, first: str, second: str) -> bool:
        """Whether the word broken into `first` and `second` has a hyphen of its own."""
        if not second[0].islower() or first[-1].isdigit():
            return True
        first, second = first.lower(), second.lower()
        whole, with_hyphen = self.words[first + second], self.words[f"{first}-{second}"]
        if whole != with_hyphen:
            return with_hyphen > whole
        return first in BEFORE_A_HYPHEN or second in AFTER_A_HYPHEN


def page_blocks(lines: list[str], hyphens: Hyphens) -> Iterator[tuple[Kind, str]]:
    """The blocks of one page."""
    width = usual_width(lines)
    kind: Kind = "paragraph"
    text = ""
    for position, line in enumerate(lines):
        bullet = BULLET.match(line)
        before = lines[position - 1] if position else ""
        if text and (not line or bullet or is_last(before, line, width, kind)):
            yield kind, text
            text = ""
        if not line:
            continue
        if text:
            text = hyphens.joined(text, line)
            continue
        following = lines[position + 1] if position + 1 < len(lines) else ""
        if bullet:
            kind, text = "item", line[bullet.end() :]
        elif heads(line, before, following, width):
            kind, text = "subhead", line
        else:
            kind, text = "paragraph", line
    if text:
        yield kind, text


def usual_width(lines: list[str]) -> int:
    """How long the full lines of a page are: nine in ten are not longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def is_last(line: str, following: str, width: int, kind: Kind) -> bool:
    """Whether `line` ends its block, and `following` begins another."""
    if BROKEN.search(line):
        return False
    if kind == "subhead":
        return not following[:1].islower()
    if CLOSES_A_SENTENCE.search(line):
        return len(line) < ENDED * width
    return (
        len(line) < SHORT * width
        and not following[:1].islower()
        and len(following) > len(line)
    )


def heads(line: str, before: str, following: str, width: int) -> bool:
    """Whether `line` is a subhead: short, unfinished, after an end and before a beginning."""
    return (
        following != ""
        and len(line) <= min(LONGEST_SUBHEAD, ENDED * width)
        and not ENDS_A_SENTENCE.search(line)
        and any(character.isalpha() for character in line)
        and not line[:1].islower()
        and not following[:1].islower()
        and len(following) > len(line)
        and (before == "" or CLOSES_A_SENTENCE.search(before) is not None)
    )


def continues(last: ExtractedBlock, kind: Kind, text: str) -> bool:
    """Whether the first block of a page goes on with the last one of the page before."""
    if last.kind == "subhead" or kind != "paragraph":
        return False
    return BROKEN.search(last.text) is not None or (
        not CLOSES_A_SENTENCE.search(last.text) and not text[:1].isupper()
    )
