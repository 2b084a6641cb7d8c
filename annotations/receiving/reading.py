"""What a page or a file has of an article, before anybody has looked at it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from annotations.outgoing import FetchRefused, fetch
from annotations.text.addresses import BadAddress, canonical
from annotations.text.aliases import plain
from annotations.text.cleaning import LONGEST
from annotations.text.documents import LARGEST as LARGEST_FILE
from annotations.text.documents import DocumentRefused, read_document
from annotations.text.extracted import Extracted
from annotations.text.extraction import NotAnArticle, from_html

from .problems import CannotRead

__all__ = ["LARGEST_FILE", "Found", "Page", "fetch_page", "read_file", "read_page"]

PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Found:
    """An article as extracted, its own address, and the others it was found under."""

    extracted: Extracted
    address: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of a site that is a page."""

    asked: str
    address: str
    body: bytes
    charset: str | None


def fetch_page(address: str) -> Page:
    """The page at `address`, over the network; raises `CannotRead`."""
    try:
        page = fetch(address, accept=PAGES)
    except FetchRefused as refusal:
        raise CannotRead(f"fetch:{refusal.reason}", refusal.status) from refusal
    return Page(address, page.address, page.body, page.charset)


def read_page(page: Page) -> Found:
    """The article of the page; raises `CannotRead`."""
    try:
        extracted = from_html(page.body, address=page.address, charset=page.charset)
    except NotAnArticle as no:
        raise CannotRead(f"page:{no.reason}") from no
    _check_length(extracted)
    addresses = [page.asked, page.address]
    named = own_address(extracted.address, page.address)
    address = named or plain(page.address)
    aliases = dict.fromkeys([*addresses, *filter(None, [named])])
    return Found(extracted, address, tuple(each for each in aliases if each != address))


def read_file(name: str, data: bytes) -> Found:
    """The article in a file of this name; raises `CannotRead`."""
    if not data:
        raise CannotRead("file:empty")
    if len(data) > LARGEST_FILE:
        raise CannotRead("file:too_large")
    try:
        extracted = read_document(name, data)
    except DocumentRefused as refusal:
        raise CannotRead(f"file:{refusal.reason}") from refusal
    _check_length(extracted)
    address = own_address(extracted.address, "")
    return Found(extracted, address, (address,) if address else ())


def own_address(named: str, found_at: str) -> str:
    """The address that a page gives itself, if it can be that of one page.

    Some sites name their first page on every page; all articles would be one.
    """
    try:
        address = plain(canonical(named))
    except BadAddress:
        return ""
    is_first_page = urlsplit(address).path == "/" and not urlsplit(address).query
    if found_at and is_first_page and urlsplit(found_at).path != "/":
        return ""
    return address


def _check_length(extracted: Extracted) -> None:
    if sum(len(block.text) + 2 for block in extracted.blocks) > LONGEST:
        raise CannotRead("text:too_long")
