"""The article in a plain text, and in blocks without more."""

from ..blocks import CLOSES_A_SENTENCE, lay_out
from ..cleaning import LONGEST
from ..extracted import Extracted, ExtractedBlock
from ..languages import language_of
from .refusing import DocumentRefused

# Code points of a first line that can be a headline.
LONGEST_HEADLINE = 200


def read_plain(text: str) -> Extracted:
    """The article in `text`; its first line is the headline, if it looks like one."""
    if len(text) > 2 * LONGEST:
        raise DocumentRefused("too_long")
    laid_out, found = lay_out(text)
    blocks = [
        ExtractedBlock(block.kind, block.span.of(laid_out), locator=block.locator)
        for block in found
    ]
    return with_headline(blocks)


def with_headline(
    blocks: list[ExtractedBlock], headline: str = "", *, is_certain: bool = True
) -> Extracted:
    """The article of `blocks`, whose first one may be its headline and not of its text.

    A `headline` that is not certain gives way to the first block, if that looks like one.
    """
    first = blocks[0] if blocks else None
    if first and headline and fold(first.text) == fold(headline):
        blocks = blocks[1:]
    elif (
        first and looks_like_a_headline(first, blocks) and not (headline and is_certain)
    ):
        headline, blocks = first.text, blocks[1:]
    return Extracted(
        headline=headline[:300],
        blocks=blocks,
        language=language_of(" ".join(block.text for block in blocks)),
    )


def fold(line: str) -> str:
    return " ".join(line.split()).casefold()


def looks_like_a_headline(first: ExtractedBlock, blocks: list[ExtractedBlock]) -> bool:
    if len(blocks) < 2 or len(first.text) > LONGEST_HEADLINE or "\n" in first.text:
        return False
    if first.kind == "subhead":
        return True
    is_short = 2 * len(first.text) < sum(len(block.text) for block in blocks[1:])
    return (
        first.kind == "paragraph"
        and is_short
        and not CLOSES_A_SENTENCE.search(first.text)
    )
