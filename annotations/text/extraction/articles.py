"""The blocks of an article, out of the tree of its page."""

import logging
import re
from collections.abc import Iterator

from lxml.etree import LxmlError, _Element
from lxml.html import HtmlElement
from trafilatura.core import bare_extraction
from trafilatura.settings import Document

from ..blocks import Kind, lay_out, lay_out_blocks
from ..extracted import Extracted, ExtractedBlock
from ..languages import language_of
from .doubts import doubt_of
from .facts import facts_of
from .trees import SHOW, NotAnArticle, decoded, parsed

# What they say of each page that gives nothing is said by NotAnArticle.
for library in ("htmldate", "trafilatura"):
    logging.getLogger(library).setLevel(logging.CRITICAL)

# Words below which there is no article: a brief has about a hundred. Where the page says
# that the whole costs something, its teaser may have more.
LEAST_WORDS = 80
LEAST_WORDS_BEHIND_A_PAYWALL = 250

# Elements of a page over which trafilatura asks other algorithms too where it is unsure:
# one of them takes time by the square of the paragraphs, 3 seconds for so many.
MOST_FOR_SECOND_OPINIONS = 4_000

# HTML's own white space; a line ends where the page says so, a paragraph at two such ends.
WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
BLANK_LINE = re.compile(r"\n *\n")


def from_html(
    body: bytes | str, *, address: str = "", charset: str | None = None
) -> Extracted:
    """The article in the page `body`, which was found at `address`.

    `charset` is the one that the site named. Raises `NotAnArticle`; takes time in
    proportion to the page, and a few seconds at most.
    """
    page = body if isinstance(body, str) else decoded(body, charset)
    tree, json_ld = parsed(page)
    facts = facts_of(tree, json_ld, address)
    blocks = without_headline(blocks_of(tree), facts.headline)
    words = count(blocks)
    told = told_blocks(facts.body)
    if count(told) > words and count(told) >= LEAST_WORDS:
        blocks, words = told, count(told)
    if not words:
        raise NotAnArticle("empty")
    if not facts.is_free and words < LEAST_WORDS_BEHIND_A_PAYWALL:
        raise NotAnArticle("paywall")
    if words < LEAST_WORDS:
        raise NotAnArticle("too_little")
    language = facts.language
    if language is None:
        language = language_of(" ".join(block.text for block in blocks))
    return Extracted(
        headline=facts.headline,
        blocks=blocks,
        byline=facts.byline,
        outlet=facts.outlet,
        published_on=facts.published_on,
        language=language,
        address=facts.address,
    )


def without_headline(
    blocks: list[ExtractedBlock], headline: str
) -> list[ExtractedBlock]:
    """`blocks` without what says again, more or less, what stands above the text anyway."""
    title = fold(headline)
    return [
        block
        for number, block in enumerate(blocks)
        if block.kind != "subhead"
        or not repeats(fold(block.text), title, on_top=number == 0)
    ]


def repeats(line: str, title: str, *, on_top: bool) -> bool:
    if not title:
        return False
    is_part = line.startswith(title) or title.startswith(line)
    return line == title or (on_top and is_part)


def fold(line: str) -> str:
    return " ".join(line.split()).casefold()


def count(blocks: list[ExtractedBlock]) -> int:
    """How many words the blocks have, but for those that may not belong to the article."""
    return sum(len(block.text.split()) for block in blocks if not block.doubt)


def told_blocks(text: str) -> list[ExtractedBlock]:
    """The text that a page's data have: some pages have no other without a script."""
    laid_out, blocks = lay_out(text)
    return [
        block_of(block.kind, words)
        for block in blocks
        if (words := block.span.of(laid_out))
    ]


def block_of(kind: Kind, text: str) -> ExtractedBlock:
    return ExtractedBlock(kind, text, doubt_of(text))


def blocks_of(tree: HtmlElement) -> list[ExtractedBlock]:
    """The blocks of the article in `tree`, in reading order, normalised."""
    try:
        found = bare_extraction(
            tree,
            include_comments=False,
            include_formatting=False,
            include_tables=True,
            fast=sum(1 for _ in tree.iter()) > MOST_FOR_SECOND_OPINIONS,
            output_format="xml",
        )
    except (LxmlError, ValueError, RecursionError):
        return []
    if not isinstance(found, Document) or found.body is None:
        return []
    raw = [
        ExtractedBlock(kind, part.translate(SHOW))
        for kind, text in pieces(found.body)
        for part in (BLANK_LINE.split(text) if kind == "paragraph" else [text])
    ]
    text, blocks = lay_out_blocks(raw)
    kept = [block_of(block.kind, block.span.of(text)) for block in blocks]
    while kept and kept[-1].kind == "subhead":  # heads nothing
        kept.pop()
    return kept


def pieces(body: _Element) -> Iterator[tuple[Kind, str]]:
    """The kinds and words of the elements that trafilatura has kept."""
    for child in body:
        match child.tag:
            case "head":
                yield "subhead", words(child)
            case "list":
                for item in child.iter("item"):
                    yield "item", words(item, without=("list",))
            case "quote":
                yield "quote", "\n".join(lines(child))
            case "table":
                for row in child.iter("row"):
                    cells = [words(cell, without=("table",)) for cell in row]
                    yield "item", " – ".join(filter(str.strip, cells))
            case "div" | "section" | "article" | "body" | "main":
                yield "paragraph", child.text or ""
                yield from pieces(child)
            case _:
                yield "paragraph", words(child)
        if child.tail and child.tail.strip():
            yield "paragraph", child.tail


def lines(quote: _Element) -> Iterator[str]:
    """The paragraphs of a quotation, or its words if it has none."""
    paragraphs = [words(paragraph) for paragraph in quote.iter("p")]
    if paragraphs:
        yield quote.text or ""
        yield from paragraphs
    else:
        yield words(quote)


def words(element: _Element, without: tuple[str, ...] = ()) -> str:
    """The words in `element`, in lines as they were written, `without` some inside it."""
    parts: list[str] = []
    # Pairs of an element and whether it has been entered: no recursion, however deep.
    stack: list[tuple[_Element, bool]] = [(element, False)]
    while stack:
        here, entered = stack.pop()
        if entered:
            if here is not element:
                parts.append(WHITE_SPACE.sub(" ", here.tail or ""))
            continue
        if here.tag == "lb":
            parts.append("\n")
        stack.append((here, True))
        if here is element or here.tag not in without:
            parts.append(WHITE_SPACE.sub(" ", here.text or ""))
            stack += [(child, False) for child in reversed(here)]
    return "".join(parts)
