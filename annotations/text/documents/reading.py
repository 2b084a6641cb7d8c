"""What a file is by its content, and the article in it."""

import re

from ..cleaning import LONGEST, NotText, decode
from ..extracted import Extracted
from ..extraction import NotAnArticle, from_html
from .pdf import read_pdf
from .plain import read_plain
from .refusing import DocumentRefused
from .subtitles import TIMES, read_subtitles
from .word import read_word

# Of a file, in bytes.
LARGEST = 20_000_000

# How much of a file tells what it is.
BEGINNING = 4_096
HTML = re.compile(
    r"\s*+(?:<\?xml[^<>]*>\s*+)?(?:<!--[^<>]*-->\s*+)*<(?:!doctype html|html|head|body)\b",
    re.I,
)
HTML_NAMES = (".html", ".htm", ".xhtml")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What is no text although it may look like it.
OTHERS = (b"{\\rtf", b"%!PS")


def read_document(name: str, data: bytes) -> Extracted:
    """The article in the file `data`, called `name`; raises `DocumentRefused`.

    Pages and times are the locators of its blocks. Takes some seconds at most.
    """
    if len(data) > LARGEST:
        raise DocumentRefused("too_large")
    if not data.strip():
        raise DocumentRefused("empty")
    extracted = read(name, data)
    if not extracted.blocks:
        raise DocumentRefused("empty")
    if sum(len(block.text) + 2 for block in extracted.blocks) > LONGEST:
        raise DocumentRefused("too_long")
    return extracted


def read(name: str, data: bytes) -> Extracted:
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    if data.startswith(b"PK"):
        return read_word(data)
    if data.startswith(OLD_WORD):
        raise DocumentRefused("old_word")
    if data.lstrip().startswith(OTHERS):
        raise DocumentRefused("kind")
    beginning = data[:BEGINNING].replace(b"\0", b"").decode("latin-1").lstrip("ÿþï»¿")
    if HTML.match(beginning) or (
        name.lower().endswith(HTML_NAMES) and "<" in beginning
    ):
        try:
            return from_html(data)
        except NotAnArticle as none:
            raise DocumentRefused(none.reason) from none
    try:
        text = decode(data)
    except NotText as error:
        raise DocumentRefused("binary") from error
    if text.startswith("WEBVTT") or TIMES.search(text[:BEGINNING]):
        return read_subtitles(text)
    return read_plain(text)
