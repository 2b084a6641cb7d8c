"""Entries of RSS and Atom feeds, whatever a hostile feed puts into them."""

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import feedparser

from .addresses import BadAddress, canonical
from .aliases import plain
from .cleaning import normalise

# A feed has the news of a day or two; what is older was seen before.
MOST_ENTRIES = 200
LONGEST_TITLE = 300
LONGEST_SUMMARY = 1000
LONGEST_NAME = 500

# In a feed of whatever encoding: between the letters UTF-16 and UTF-32 have zero bytes.
DECLARES_ENTITIES = re.compile(rb"<\0*!\0*E\0*N\0*T\0*I\0*T\0*Y", re.IGNORECASE)
HIDDEN = {"script", "style", "template", "noscript", "iframe", "object"}
PARTS = {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr", "td"}


class NotAFeed(ValueError):
    """The data is no feed, or one that must not be read; `reason` is a slug."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one page: plain text, and an address on the web."""

    name: str
    address: str
    title: str
    summary: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class News:
    """A feed's own title, and its entries as it orders them."""

    title: str
    entries: list[Entry]


def read_feed(data: bytes) -> News:
    """The feed in `data`; entries without an address on the web are left out.

    Raises `NotAFeed`: "entities" for a feed that declares its own, which only those do
    that want to swell, and "feed" for what is none.
    """
    if DECLARES_ENTITIES.search(data):
        raise NotAFeed("entities")
    # Never the bytes themselves: feedparser would take short ones for the name of a file.
    parsed = feedparser.parse(
        BytesIO(data), sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed("feed")
    entries: dict[str, Entry] = {}
    for raw in parsed.entries[:MOST_ENTRIES]:
        entry = entry_of(raw)
        if entry:
            entries.setdefault(entry.name, entry)
    return News(in_one_line(parsed.feed.get("title"))[:200], list(entries.values()))


def entry_of(raw: Any) -> Entry | None:
    """The entry as it can be kept; None if it leads nowhere on the web."""
    try:
        address = plain(canonical(str(raw.get("link") or raw.get("id") or "")))
    except BadAddress:
        return None
    name = normalise(str(raw.get("id") or "")).strip()[:LONGEST_NAME] or address
    title = in_one_line(raw.get("title")) or address
    summary = in_one_line(raw.get("summary"))
    when = raw.get("published_parsed") or raw.get("updated_parsed")
    try:
        published_on = date(*when[:3]) if when else None
    except (TypeError, ValueError):
        published_on = None
    return Entry(
        name[:LONGEST_NAME],
        address,
        shortened(title, LONGEST_TITLE),
        shortened(summary, LONGEST_SUMMARY),
        published_on,
    )


class Words(HTMLParser):
    """Gathers what a reader of the markup would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag in PARTS:
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN and self.hidden:
            self.hidden -= 1
        elif tag in PARTS:
            self.found.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def in_one_line(markup: object) -> str:
    """The words of a piece of HTML or text."""
    reader = Words()
    reader.feed(str(markup or "")[: 20 * LONGEST_SUMMARY])
    reader.close()
    return " ".join(normalise("".join(reader.found)).split())


def shortened(text: str, most: int) -> str:
    """`text`, cut at a word with "…" if it has more than `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
