"""Paragraphs and subheads of a pasted text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from .cleaning import normalise
from .segmentation import LIST_ITEM
from .spans import Span

type Kind = Literal["paragraph", "subhead"]

BETWEEN_BLOCKS = "\n\n"

# Code points of the longest line that can be a subhead without being marked as one:
# long headlines fit, and few sentences without a full stop do.
LONGEST_SUBHEAD = 100
# How much longer the block under a subhead is; two short lines of a list are alike.
LONGER_BELOW = 1.5

# Markdown's marks, of which a line may have several ("## ## Method").
SUBHEAD_MARKS = re.compile(r"(?:#{1,6}(?: \s*|\Z))+")
ENDS_A_SENTENCE = re.compile(r"[.!?…:;,][\s»”\"'’)\]]*\Z")
CLOSES_A_SENTENCE = re.compile(r"[.!?…][\s»”\"'’)\]]*\Z")
BEGINS_A_HEADING = re.compile(r"[«“„\"'‘(\[¿¡]\s?\S|\d")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a subhead, and where it stands in the text."""

    kind: Kind
    span: Span


def lay_out(raw: str) -> tuple[str, list[Block]]:
    """The text to keep of `raw`, and its blocks, joined in it by exactly "\\n\\n".

    Where `raw` has blank lines, they part the blocks, and a block may have several
    lines; where it has none, every line is a block. A line marked with "#" to "######"
    is a subhead and loses the mark; a short line above a longer block is one unmarked.
    Laying out the kept text gives the same text and the same spans; only the kind of a
    marked subhead may be lost with its mark. Text without words has no blocks.
    """
    words, marked = [], []
    for lines in chunks(normalise(raw)):
        for is_marked, run in groupby(lines, key=has_marks):
            if is_marked:
                heads = [SUBHEAD_MARKS.sub("", line, count=1).strip() for line in run]
                words += [head for head in heads if head]
                marked += [True for head in heads if head]
            else:
                words.append("\n".join(run))
                marked.append(False)
    if len(words) == 1:  # what parted the lines was dropped with the marks
        words = words[0].split("\n")
        marked = marked * len(words)
    return BETWEEN_BLOCKS.join(words), blocks_of(words, marked)


def chunks(text: str) -> list[list[str]]:
    """The lines of each block of a normalised `text`, without white space around them."""
    lines = [line.strip() for line in text.strip().split("\n")]
    if "" not in lines:
        return [[line] for line in lines]
    return [list(run) for full, run in groupby(lines, key=bool) if full]


def has_marks(line: str) -> bool:
    return SUBHEAD_MARKS.match(line) is not None


def blocks_of(words: list[str], marked: list[bool]) -> list[Block]:
    """The blocks whose texts are `words`, as they stand when joined."""
    blocks: list[Block] = []
    below, end = "", sum(map(len, words)) + len(BETWEEN_BLOCKS) * (len(words) - 1)
    for text, is_marked in zip(reversed(words), reversed(marked), strict=True):
        is_subhead = is_marked or (below != "" and looks_like_a_subhead(text, below))
        blocks.append(
            Block("subhead" if is_subhead else "paragraph", Span(end - len(text), end))
        )
        below = "" if is_subhead else text
        end -= len(text) + len(BETWEEN_BLOCKS)
    return blocks[::-1]


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
    """`blocks` as JSON can keep them: `["paragraph", 0, 42]`."""
    return [[block.kind, block.span.start, block.span.end] for block in blocks]


def from_rows(rows: Iterable[Sequence[str | int]]) -> list[Block]:
    """The blocks that `to_rows` wrote down; raises `ValueError` for anything else."""
    blocks = []
    for row in rows:
        match row:
            case ["paragraph" | "subhead" as kind, int(start), int(end)]:
                blocks.append(Block(kind, Span(start, end)))
            case _:
                raise ValueError(f"{row!r} is no block.")
    return blocks
