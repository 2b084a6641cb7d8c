"""What a page says of itself: JSON-LD, Open Graph, and what trafilatura reads elsewhere."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from ..addresses import BadAddress, canonical
from ..blocks import without_marks
from ..cleaning import normalise
from ..languages import Language
from .trees import SHOW

type Json = dict[str, Json] | list[Json] | str | int | float | bool | None

# Of JSON-LD: pages have a few kilobytes.
MOST_JSON = 1_000_000
MOST_NODES = 20_000

# As the records keep them.
LONGEST_LINE = 300
MOST_AUTHORS = 12

ARTICLE = re.compile(r"\w*Article|\w*Posting|Report|\w*Review")
DAY = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
# Parts of a host that say how the same page is shown.
SAME_SITE = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+")
AMP_CACHES = (".cdn.ampproject.org", ".ampproject.org")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself, unproved; `body` is the text its JSON-LD may have."""

    headline: str = ""
    byline: str = ""
    outlet: str = ""
    published_on: date | None = None
    language: Language | None = None
    address: str = ""
    is_free: bool = True
    body: str = ""


def facts_of(tree: HtmlElement, json_ld: list[str], address: str) -> Facts:
    """What the page at `address` says; its own data first, then what stands in its text."""
    said = article_of(json_ld)
    metas = metas_of(tree)
    found = extract_metadata(tree, extensive=False)
    publisher = said.get("publisher")
    published = (
        said.get("datePublished"),
        metas.get("article:published_time"),
        metas.get("date"),
        metas.get("dc.date"),
        found.date,
    )
    return Facts(
        headline=first_line(said.get("headline"), metas.get("og:title"), found.title),
        byline=byline_of(said.get("author"))
        or first_line(metas.get("author"), found.author),
        outlet=first_line(
            publisher.get("name") if isinstance(publisher, dict) else publisher,
            metas.get("og:site_name"),
            found.sitename,
        ),
        published_on=next(filter(None, map(day_of, published)), None),
        language=language_of(
            tree.get("lang"), said.get("inLanguage"), metas.get("og:locale")
        ),
        address=address_of(tree, said, metas, address),
        is_free=str(said.get("isAccessibleForFree", True)).lower() != "false",
        body=text if isinstance(text := said.get("articleBody"), str) else "",
    )


def article_of(json_ld: list[str]) -> dict[str, Json]:
    """The first article among the objects of the page's JSON-LD, or nothing."""
    for written in json_ld:
        if len(written) > MOST_JSON:
            continue
        try:
            parsed = json.loads(written.translate(SHOW), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in nodes(parsed):
            kinds = node.get("@type")
            if any(
                isinstance(kind, str) and ARTICLE.fullmatch(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return node
    return {}


def nodes(parsed: Json) -> Iterator[dict[str, Json]]:
    """The objects in `parsed`, from the outside in."""
    waiting = [parsed]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting += list(value.values())[:100]
        elif isinstance(value, list):
            waiting += value[:100]


def metas_of(tree: HtmlElement) -> dict[str, str]:
    """The page's `<meta>`, the first of each name."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), content.translate(SHOW))
    return metas


def first_line(*values: Json) -> str:
    """The first of `values` that has words, as one line."""
    for value in values:
        if isinstance(value, str) and (line := one_line(value)):
            return line
    return ""


def one_line(value: str) -> str:
    """`value` in one line, of a length that can be kept; an address is no name of anything."""
    # Many pages escape their data as if they were HTML.
    shown = normalise(unescape(value.translate(SHOW)[: 4 * LONGEST_LINE]))
    line = without_marks(" ".join(re.split(r"[ \n]+", shown)))
    if line.startswith(("http://", "https://", "@")):
        return ""
    if len(line) <= LONGEST_LINE:
        return line
    return line[: LONGEST_LINE - 1].rstrip() + "…"


def byline_of(author: Json) -> str:
    """The names of the authors as JSON-LD has them: a name, an object, or a list of those."""
    authors = author if isinstance(author, list) else [author]
    names = [
        first_line(one.get("name") if isinstance(one, dict) else one)
        for one in authors[:MOST_AUTHORS]
    ]
    return first_line(", ".join(dict.fromkeys(filter(None, names))))


def day_of(value: Json) -> date | None:
    """The day that an ISO 8601 time names, where it was written."""
    found = DAY.match(value.strip()[:40]) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def language_of(*values: Json) -> Language | None:
    """The language that is declared: "" for another than ours, None if none is."""
    for value in values:
        code = value.strip().lower()[:2] if isinstance(value, str) else ""
        if code == "fr":
            return "fr"
        if code == "en":
            return "en"
        if code:
            return ""
    return None


def address_of(
    tree: HtmlElement, said: dict[str, Json], metas: dict[str, str], address: str
) -> str:
    """The address by which the page asks to be known, if that is of the same site; or ""."""
    page = said.get("mainEntityOfPage")
    links = (
        link.get("href")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    )
    for named in (
        next(links, None),
        metas.get("og:url"),
        said.get("url"),
        page.get("@id") if isinstance(page, dict) else page,
    ):
        if not isinstance(named, str) or not named.strip():
            continue
        try:
            found = canonical(urljoin(address, named.strip()))
        except ValueError:
            continue
        if is_plausible(found, address):
            return found
    return ""


def is_plausible(found: str, address: str) -> bool:
    """Whether the page at `address` may well be known as `found`.

    It is not the front page, and of the same site, or of the one whose copy a cache keeps.
    """
    host = urlsplit(found).hostname or ""
    if urlsplit(found).path == "/" and not urlsplit(found).query:
        return False
    try:
        here = urlsplit(canonical(address)).hostname or ""
    except BadAddress:
        return "." in host
    if here.endswith(AMP_CACHES):
        return True
    one, other = SAME_SITE.sub("", here), SAME_SITE.sub("", host)
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
