"""Fetching one page: every hop looked at anew, everything limited."""

import codecs
import re
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils import timezone

from annotations.text import robots
from annotations.text.addresses import canonical, not_in_addresses

from .connections import Allowance, Transport
from .destinations import Atlas, Destination, Network
from .refusing import FetchRefused
from .unpacking import packing_of, unpacked

AGENT = "Factcheck"

REDIRECTS = {301, 302, 303, 307, 308}
OK = {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}

TOKEN = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
CHARSET = re.compile(
    r";\s*charset\s*=\s*\"?([a-z0-9][a-z0-9._:-]{0,39})", re.IGNORECASE
)
# Codecs of Python that are no charsets of pages.
NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7"}
# What may be sent back to the site, as it came from there.
TAG = re.compile(r"(?:W/)?\"[\x21\x23-\x7e]{0,200}\"")
DATE = re.compile(r"[A-Za-z0-9,: +-]{1,60}")
SECONDS = re.compile(r"\d{1,9}")
LONGEST_WAIT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost at most, redirects and robots.txt included where it can be."""

    seconds: float = 20.0
    connect_seconds: float = 6.0
    redirects: int = 5
    headers: int = 200
    header_bytes: int = 64 * 1024
    sent_bytes: int = 20_000_000
    body_bytes: int = 20_000_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the site sent it. `address` is where it was found in the end.

    `media_type` is in small letters and without parameters; `charset` is one that Python
    knows, or None. `etag` and `last_modified` are for asking again; `retry_after` is how
    long the site asks to be left alone. Not modified since then, it has no body.
    """

    address: str
    status: int
    media_type: str = ""
    charset: str | None = None
    body: bytes = field(default=b"", repr=False)
    etag: str = ""
    last_modified: str = ""
    retry_after: timedelta | None = None

    @property
    def not_modified(self) -> bool:
        return self.status == HTTPStatus.NOT_MODIFIED


def fetch(
    address: str,
    *,
    accept: Collection[str],
    etag: str = "",
    last_modified: str = "",
    obey_robots: bool = True,
    limits: Limits = LIMITS,
    network: Network = Network(),  # noqa: B008  it is frozen
) -> Fetched:
    """The page at `address`, or where its redirects lead; raises `FetchRefused`.

    `accept` are the media types that are read at all. With the `etag` or `last_modified`
    of an earlier answer, a page that is still the same comes back as `not_modified`.
    """
    allowance = Allowance(monotonic() + limits.seconds, limits.connect_seconds)
    visit = Visit(Atlas(network), allowance, limits)
    asked = {"Accept": ", ".join([*accept, "*/*;q=0.1"])}
    if TAG.fullmatch(etag):
        asked["If-None-Match"] = etag
    if DATE.fullmatch(last_modified):
        asked["If-Modified-Since"] = last_modified
    return visit.fetch(address, frozenset(accept), asked, obey_robots=obey_robots)


@dataclass(slots=True)
class Visit:
    """One fetch with all its hops: what is known by now, and what it may still cost."""

    atlas: Atlas
    allowance: Allowance
    limits: Limits
    rules: dict[str, str] = field(default_factory=dict)

    def fetch(
        self,
        address: str,
        accept: frozenset[str],
        asked: dict[str, str],
        *,
        obey_robots: bool,
        most_bytes: int | None = None,
    ) -> Fetched:
        """The page, after at most so many redirects; with `most_bytes` only its beginning."""
        came_from: Destination | None = None
        visited = set()
        for _hop in range(self.limits.redirects + 1):
            there = self.atlas.destination(
                address, seconds=self.allowance.seconds(address)
            )
            if came_from and came_from.scheme == "https" and there.scheme == "http":
                raise FetchRefused("downgrade", there.address)
            if there.address in visited:
                break
            visited.add(there.address)
            if obey_robots and not self.may_read(there):
                raise FetchRefused("robots", there.address)
            answer = self.ask(there, accept, asked, most_bytes)
            if isinstance(answer, Fetched):
                return answer
            came_from, address = there, answer
        raise FetchRefused("redirects", address)

    def may_read(self, there: Destination) -> bool:
        """Whether the site's robots.txt lets us; none there means yes, an error no.

        A site that cannot be reached at all is no matter of robots, and says so itself.
        """
        file = f"{there.scheme}://{urlsplit(there.address).netloc}/robots.txt"
        if file not in self.rules:
            self.rules[file] = self.robots_at(file)
        return robots.allows(self.rules[file], AGENT, there.address)

    def robots_at(self, file: str) -> str:
        try:
            found = self.fetch(
                file,
                frozenset(),
                {"Accept": "text/plain"},
                obey_robots=False,
                most_bytes=robots.MOST_BYTES,
            )
        except FetchRefused as refusal:
            if refusal.status and 400 <= refusal.status < 500:
                return ""
            if refusal.reason in {"answer", "timeout", "tls", "unknown", "unreachable"}:
                raise
            raise FetchRefused("robots", file, status=refusal.status) from refusal
        return found.body.decode("utf-8-sig", errors="replace")

    def ask(
        self,
        there: Destination,
        accept: frozenset[str],
        asked: dict[str, str],
        most_bytes: int | None,
    ) -> Fetched | str:
        """The answer of one address, or the address that it sends on to."""
        self.allowance.bytes_left = self.limits.header_bytes
        headers = {
            "User-Agent": f"{AGENT}/1.0 (+{settings.SITE_ADDRESS})",
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "fr, en;q=0.8, *;q=0.5",
            "Connection": "close",
            **asked,
        }
        transport = Transport(there, self.allowance, self.atlas.network.trust())
        request = httpx.Request("GET", there.address, headers=headers)
        # No httpx.Client: it would read Location and Set-Cookie before they are looked at.
        try:
            with (
                closing(transport),
                closing(transport.handle_request(request)) as answer,
            ):
                return self.read(answer, there, accept, asked, most_bytes)
        except (httpcore.ProtocolError, httpx.InvalidURL) as error:
            raise FetchRefused("answer", there.address) from error

    def read(
        self,
        answer: httpx.Response,
        there: Destination,
        accept: frozenset[str],
        asked: dict[str, str],
        most_bytes: int | None,
    ) -> Fetched | str:
        """What the head of the answer says, and its body if that is one to read."""
        address, headers = there.address, answer.headers
        size = sum(len(name) + len(value) for name, value in headers.raw)
        if len(headers.raw) > self.limits.headers or size > self.limits.header_bytes:
            raise FetchRefused("too_large", address)
        status = answer.status_code
        if status in REDIRECTS:
            return where_to(headers.get("location", ""), address)
        wait = waiting(headers.get("retry-after", ""))
        is_conditional = "If-None-Match" in asked or "If-Modified-Since" in asked
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        found = Fetched(
            address=canonical(address),
            status=status,
            media_type=media_type if TOKEN.fullmatch(media_type) else "",
            charset=charset_of(headers.get("content-type", "")),
            etag=matching(TAG, headers.get("etag", "")),
            last_modified=matching(DATE, headers.get("last-modified", "")),
            retry_after=wait,
        )
        if status == HTTPStatus.NOT_MODIFIED and is_conditional:
            return found
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise FetchRefused("not_found", address, status=status)
        if status not in OK:
            raise FetchRefused("status", address, status=status, retry_after=wait)
        if accept and found.media_type not in accept:
            raise FetchRefused("content_type", address, status=status)
        return replace(found, body=self.body(answer, address, most_bytes))

    def body(
        self, answer: httpx.Response, address: str, most_bytes: int | None
    ) -> bytes:
        """The body, unpacked; with `most_bytes` its beginning, and the rest is left unread."""
        limits = self.limits
        length = answer.headers.get("content-length", "")
        if (
            most_bytes is None
            and length.isdecimal()
            and int(length) > limits.sent_bytes
        ):
            raise FetchRefused("too_large", address)
        packing = packing_of(answer.headers.get("content-encoding", ""), address)
        self.allowance.bytes_left += limits.sent_bytes
        body = bytearray()
        for piece in unpacked(answer.iter_raw(), packing, address):
            self.allowance.seconds(address)
            body += piece
            if most_bytes is not None and len(body) >= most_bytes:
                return bytes(body[:most_bytes])
            if len(body) > limits.body_bytes:
                raise FetchRefused("too_large", address)
        return bytes(body)


def where_to(location: str, address: str) -> str:
    """The address a redirect from `address` names; it is as hostile as any other."""
    if not location:
        raise FetchRefused("answer", address)
    if any(not_in_addresses(character) for character in location):
        raise FetchRefused("address", address)
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FetchRefused("address", address) from error


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type names, if it is one of texts and Python knows it."""
    named = CHARSET.search(content_type)
    if named is None:
        return None
    try:
        b"a".decode(named.group(1))
        charset = codecs.lookup(named.group(1)).name
    except (LookupError, UnicodeError):
        return None
    return None if charset in NO_CHARSETS else charset


def waiting(retry_after: str) -> timedelta | None:
    """How long a Retry-After asks to be left alone: seconds, or until a time; a week at most."""
    value = retry_after.strip()
    if SECONDS.fullmatch(value):
        return min(timedelta(seconds=int(value)), LONGEST_WAIT)
    if not DATE.fullmatch(value):
        return None
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - timezone.now(), timedelta()), LONGEST_WAIT)


def matching(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.fullmatch(value) else ""
