"""A page's HTML as a tree that is safe to work on, however it was meant."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Literal

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

type Reason = Literal[
    "empty", "not_html", "paywall", "tangled", "too_large", "too_little"
]

# Of the page as it was sent; articles of a newspaper seldom have a twentieth.
MOST_CHARACTERS = 10_000_000
# Of one element: libxml2 compares each with all before it.
MOST_ATTRIBUTES = 200
# Of what is left of it. A long read has some thousand elements and 40 levels of them;
# finding the article takes about a second for 20 000.
MOST_ELEMENTS = 20_000
MOST_LEVELS = 100
MOST_TEXT = 3_000_000
# Code points of an attribute: an address fits in.
LONGEST_VALUE = 2_000

# Where a page says its charset, and how far in.
DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-z0-9_.:-]{1,40})", re.I
)
DECLARED_WITHIN = 4_096
# What pages call so is really the other (WHATWG Encoding Standard).
REALLY = {
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
}

# Of the characters beyond ASCII.
MOST_SLIPS = 0.1

ATTRIBUTE = (
    r"[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
)
ONE_MORE = re.compile(ATTRIBUTE)
BEGINNING = re.compile(rf"<[a-z][^\s>/]*+(?:{ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+", re.I)
TAG = re.compile(r"<(?:!doctype html|[a-z][a-z0-9]{0,9})[\s>]", re.I)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# More of them than this share is no text.
MOST_CONTROLS = 0.05

# What holds no words of an article. Comments and instructions go with the parser.
WITHOUT_WORDS = {
    "applet", "audio", "base", "button", "canvas", "embed", "frame", "frameset", "iframe", "input",
    "map", "math", "noscript", "object", "option", "script", "select", "style", "svg", "template",
    "textarea", "video",
}  # fmt: skip
# What tells an article from what stands around it, and facts from words.
KEPT_ATTRIBUTES = {
    "class", "content", "datetime", "href", "hreflang", "id", "itemprop", "itemtype", "lang",
    "name", "property", "pubdate", "rel", "role", "title", "type",
}  # fmt: skip

# trafilatura takes all white space for the same; French needs these two. Private-use
# characters stand in for them meanwhile.
NO_BREAK = {"\u00a0": "\ue0a0", "\u202f": "\ue02f"}
HIDE = str.maketrans(NO_BREAK)
SHOW = str.maketrans({hidden: shown for shown, hidden in NO_BREAK.items()})

SENTENCES: dict[str, str] = {
    "empty": "There are no words on the page.",
    "not_html": "This is not a page of HTML.",
    "paywall": "Only the beginning can be read without a subscription.",
    "tangled": "The page is too tangled to be read.",
    "too_large": "The page is too large to be read.",
    "too_little": "There is too little text for an article.",
}


class NotAnArticle(ValueError):
    """There is no article in this; `reason` is a slug for why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason: Reason = reason


def decoded(body: bytes, charset: str | None) -> str:
    """The characters of a page: by its mark, UTF-8 if it is, what it declares, or cp1252."""
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    try:
        return body.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(body[:DECLARED_WITHIN])
    for name in (charset, declared and declared.group(1).decode("ascii").lower()):
        if not name or name.lower() in {"utf-8", "utf8"}:
            continue
        try:
            return body.decode(REALLY.get(name.lower(), name.lower()), errors="replace")
        except (LookupError, UnicodeError):
            continue
    # A page in UTF-8 with a few slips, or one in the encoding that nobody declares.
    text = body.decode(errors="replace")
    beyond_ascii = sum(character > "\x7f" for character in text)
    if text.count("\ufffd") <= MOST_SLIPS * beyond_ascii:
        return text
    return body.decode("cp1252", errors="replace")


def parsed(page: str) -> tuple[HtmlElement, list[str]]:
    """The tree of `page` without what holds no words, and its JSON-LD as it stands there.

    Raises `NotAnArticle` where it is no HTML, or more of it than can be worked on.
    """
    if not page.strip():
        raise NotAnArticle("empty")
    if len(page) > MOST_CHARACTERS:
        raise NotAnArticle("too_large")
    if len(CONTROLS.findall(page)) > MOST_CONTROLS * len(page) or not TAG.search(page):
        raise NotAnArticle("not_html")
    if any(ONE_MORE.match(page, tag.end()) for tag in BEGINNING.finditer(page)):
        raise NotAnArticle("tangled")
    parser = HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = document_fromstring(
            CONTROLS.sub("", page).encode(), parser=parser, ensure_head_body=True
        )
    except (LxmlError, ValueError) as error:
        raise NotAnArticle("not_html") from error
    facts = stripped(tree)
    return tree, facts


def stripped(tree: HtmlElement) -> list[str]:
    """Take what holds no words out of `tree`, and give back the JSON-LD that was in it."""
    facts = []
    elements = text = 0
    stack: list[tuple[HtmlElement, int]] = [(tree, 1)]
    while stack:
        element, level = stack.pop()
        elements += 1
        text += len(element.text or "") + len(element.tail or "")
        if elements > MOST_ELEMENTS or text > MOST_TEXT:
            raise NotAnArticle("too_large")
        if level > MOST_LEVELS:
            raise NotAnArticle("tangled")
        cleaned(element)
        gone = [child for child in element if child.tag in WITHOUT_WORDS]
        for child in gone:
            if child.get("type", "").strip().lower() == "application/ld+json":
                facts.append(child.text or "")
            child.drop_tree()  # what stands behind it stays
        stack += [(child, level + 1) for child in element]
    return facts


def cleaned(element: HtmlElement) -> None:
    """Leave `element` the attributes that matter, and hide no-break spaces."""
    for name, value in element.attrib.items():
        if name not in KEPT_ATTRIBUTES:
            del element.attrib[name]
        elif len(value) > LONGEST_VALUE:
            element.attrib[name] = value[:LONGEST_VALUE]
    if element.text:
        element.text = element.text.translate(HIDE)
    if element.tail:
        element.tail = element.tail.translate(HIDE)
