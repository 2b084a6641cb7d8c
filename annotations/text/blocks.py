"""Paragraphs, subheads, items of lists and quotations: the blocks of a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, Protocol

from .cleaning import normalise
from .segmentation import LIST_ITEM
from .spans import Span

type Kind = Literal["paragraph", "subhead", "item", "quote"]

BETWEEN_BLOCKS = "\n\n"

# Code points of the longest line that can be a subhead without being marked as one:
# long headlines fit, and few sentences without a full stop do.
LONGEST_SUBHEAD = 100
# How much longer the block under a subhead is; two short lines of a list are alike.
LONGER_BELOW = 1.5

# Code points of a locator: a page, a time; what is longer is none.
LONGEST_LOCATOR = 40

# Markdown's marks, of which a line may have several ("## ## Method", "> - one").
MARKS = re.compile(r"(?:#{1,6}(?: \s*|\Z)|[-*•](?:\s+|\Z)|>(?:\s+|(?=>)|\Z))+")
MARKED: dict[str, Kind] = {
    "#": "subhead",
    "-": "item",
    "*": "item",
    "•": "item",
    ">": "quote",
}
ENDS_A_SENTENCE = re.compile(r"[.!?…:;,][\s»”\"'’)\]]*\Z")
CLOSES_A_SENTENCE = re.compile(r"[.!?…][\s»”\"'’)\]]*\Z")
BEGINS_A_HEADING = re.compile(r"[«“„\"'‘(\[¿¡]\s?\S|\d")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, subhead, item or quotation, and where it stands in the text.

    `locator` says where it stood in what the text was taken from: "p. 3", "00:01:23".
    """

    kind: Kind
    span: Span
    locator: str = ""


class Given(Protocol):
    """A block as somebody else has found it, before it has a place in a text."""

    @property
    def kind(self) -> Kind: ...
    @property
    def text(self) -> str: ...
    @property
    def locator(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """A block's words; `kind` is None where it is still to be guessed."""

    kind: Kind | None
    text: str
    locator: str = ""


def lay_out(raw: str) -> tuple[str, list[Block]]:
    """The text to keep of `raw`, and its blocks, joined in it by exactly "\\n\\n".

    Where `raw` has blank lines, they part the blocks, and a block may have several
    lines; where it has none, every line is a block. A line marked with "#" to "######"
    is a subhead, one marked with "-", "*" or "•" an item, lines marked with ">" a
    quotation; each loses its mark. A short line above a longer block is a subhead unmarked.
    Laying out the kept text gives the same text and the same spans; only the kind of a
    marked block may be lost with its mark. Text without words has no blocks.
    """
    found = []
    for lines in chunks(normalise(raw)):
        for kind, run in groupby(lines, key=kind_by_mark):
            if kind is None:
                found.append(Words(None, "\n".join(run)))
                continue
            bare = [line for line in map(without_marks, run) if line]
            if kind == "quote" and bare:
                found.append(Words(kind, "\n".join(bare)))
            elif kind != "quote":
                found += [Words(kind, line) for line in bare]
    return joined(found)


def lay_out_blocks(given: Iterable[Given]) -> tuple[str, list[Block]]:
    """The text to keep of blocks that are known already, and where they stand in it.

    Words are normalised, Markdown's marks dropped and blank lines with them, as
    `lay_out` would; kinds and locators stay. Laying out the kept text gives the same
    text and the same spans. Blocks without words are left out.
    """
    found = []
    for block in given:
        lines = [without_marks(line) for line in normalise(block.text).split("\n")]
        text = "\n".join(line for line in lines if line)
        locator = " ".join(normalise(block.locator).split())[:LONGEST_LOCATOR].rstrip()
        if text:
            found.append(Words(block.kind, text, locator))
    return joined(found)


def chunks(text: str) -> list[list[str]]:
    """The lines of each block of a normalised `text`, without white space around them."""
    lines = [line.strip() for line in text.strip().split("\n")]
    if "" not in lines:
        return [[line] for line in lines]
    return [list(run) for full, run in groupby(lines, key=bool) if full]


def kind_by_mark(line: str) -> Kind | None:
    return MARKED[line[0]] if MARKS.match(line) else None


def without_marks(line: str) -> str:
    bare = line.strip()
    marks = MARKS.match(bare)
    return bare[marks.end() :].strip() if marks else bare


def joined(found: list[Words]) -> tuple[str, list[Block]]:
    """The text of `found`, and its blocks as they stand when joined."""
    if len(found) == 1:  # without a blank line every line is a block
        [only] = found
        found = [Words(only.kind, line, only.locator) for line in only.text.split("\n")]
    text = BETWEEN_BLOCKS.join(words.text for words in found)
    blocks: list[Block] = []
    below, end = "", len(text)
    for words in reversed(found):
        kind = words.kind
        if kind is None:
            is_subhead = below != "" and looks_like_a_subhead(words.text, below)
            kind = "subhead" if is_subhead else "paragraph"
        blocks.append(Block(kind, Span(end - len(words.text), end), words.locator))
        below = "" if kind == "subhead" else words.text
        end -= len(words.text) + len(BETWEEN_BLOCKS)
    return text, blocks[::-1]


def looks_like_a_subhead(text: str, below: str) -> bool:
    """Whether `text` heads the paragraph `below`: short, unfinished, and no list item."""
    if len(text) > LONGEST_SUBHEAD or "\n" in text:
        return False
    if not (text[:1].isupper() or BEGINS_A_HEADING.match(text)):
        return False
    if not any(character.isalpha() for character in text):
        return False
    if ENDS_A_SENTENCE.search(text) or LIST_ITEM.match(text):
        return False
    is_longer = len(below) >= LONGER_BELOW * len(text)
    return is_longer or CLOSES_A_SENTENCE.search(below[-20:]) is not None


def to_rows(blocks: Iterable[Block]) -> list[list[str | int]]:
    """`blocks` as JSON can keep them: `["paragraph", 0, 42]`, and a locator if there is one."""
    return [
        [block.kind, block.span.start, block.span.end, *filter(None, [block.locator])]
        for block in blocks
    ]


def from_rows(rows: Iterable[Sequence[str | int]]) -> list[Block]:
    """The blocks that `to_rows` wrote down; raises `ValueError` for anything else."""
    blocks = []
    for row in rows:
        match row:
            case [
                "paragraph" | "subhead" | "item" | "quote" as kind,
                int(start),
                int(end),
                *rest,
            ]:
                blocks.append(Block(kind, Span(start, end), locator_of(rest)))
            case _:
                raise ValueError(f"{row!r} is no block.")
    return blocks


def locator_of(rest: list[str | int]) -> str:
    match rest:
        case []:
            return ""
        case [str(locator)]:
            return locator
        case _:
            raise ValueError(f"{rest!r} is no block's locator.")
