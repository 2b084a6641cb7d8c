"""The passages of carrying_cases.txt, where they were, and where they went."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotations.text.blocks import lay_out
from annotations.text.spans import Span

FILE = Path(__file__).parent / "carrying_cases.txt"
KINDS = {"S": "sentence", "F": "figure"}
CLASSES = {
    "=": "same",
    "'": "retouched",
    ">": "moved",
    "~": "edited",
    "#": "other figure",
    "x": "deleted",
}
MARK = re.compile(r"⟦(?:(?P<kind>[SF])?(?P<number>\d+)(?P<sign>[='>~#x|]))|⟧")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it would be kept, and the spans that are marked in it, by number."""

    text: str
    blocks: list[Span]
    spans: dict[int, Span]
    labels: dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One passage: `gold` is where it is now, or None if it was deleted."""

    title: str
    old: Text
    new: Text
    number: int
    kind: str
    label: str
    span: Span
    gold: Span | None

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"


def cases() -> Iterator[Case]:
    """All of the file, in its order."""
    lines = [
        line
        for line in FILE.read_text().splitlines(keepends=True)
        if not line.startswith("#")
    ]
    for part in "".join(lines).split("\n@ ")[1:]:
        title, _, both = part.partition("\n")
        before, _, after = both.partition("\n@@\n")
        old, new = unmarked(before), unmarked(after)
        for number, span in sorted(old.spans.items()):
            kind, label = old.labels[number]
            yield Case(
                title, old, new, number, kind, label, span, new.spans.get(number)
            )


def unmarked(marked: str) -> Text:
    """`marked` without its marks, and where they were."""
    marked = marked.strip()
    words: list[str] = []
    spans: dict[int, Span] = {}
    labels: dict[int, tuple[str, str]] = {}
    opened: list[tuple[int, int]] = []
    length = at = 0
    for mark in MARK.finditer(marked):
        words.append(marked[at : mark.start()])
        length += len(words[-1])
        at = mark.end()
        if mark.group() == "⟧":
            number, start = opened.pop()
            spans[number] = Span(start, length)
        else:
            number = int(mark["number"])
            opened.append((number, length))
            if mark["kind"]:
                labels[number] = KINDS[mark["kind"]], CLASSES[mark["sign"]]
    text = "".join([*words, marked[at:]])
    kept, blocks = lay_out(text)
    if kept != text or opened:
        raise ValueError(f"Not as it would be kept, or not closed: {text[:40]}")
    return Text(kept, [block.span for block in blocks], spans, labels)
