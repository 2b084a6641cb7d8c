"""What a hostile site tries, and what the client says to it."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from annotations.outgoing import FetchRefused, Limits, Network, fetch
from tests.outgoing.site import NOT_FOUND, Answer, Wire, answer, redirect, serving

PAGES = ["text/html"]
LIMITS = Limits(
    seconds=10,
    headers=50,
    header_bytes=16_000,
    sent_bytes=100_000,
    body_bytes=300_000,
)
SHORT = replace(LIMITS, seconds=0.3)

NAMES = {
    "news.example": ["127.0.0.1"],
    "inside.example": ["10.0.0.1"],
    "both.example": ["127.0.0.1", "192.168.1.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "zone.example": ["fe80::1%eth0"],
    "words.example": ["not an address"],
    "nowhere.example": [],
}

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
OPEN = HEAD + b"\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = b"<p>" + b"Bonjour. " * 50


@dataclass(frozen=True)
class Attack:
    """`answers` of the site, or the one at its root, and why the fetch is refused."""

    reason: str
    answers: Answer | dict[str, Answer] = field(default_factory=dict)
    start: str = "http://news.example:{port}/"
    limits: Limits = LIMITS


def to(location: str, reason: str) -> Attack:
    return Attack(reason, redirect(location))


def slow(act: Callable[[Wire], None]) -> Attack:
    return Attack("timeout", act, limits=SHORT)


def packed(body: bytes, encoding: str, reason: str = "encoding") -> Attack:
    return Attack(reason, answer(body, f"Content-Encoding: {encoding}"))


def started(head: bytes, act: Callable[[Wire], None]) -> Callable[[Wire], None]:
    def both(wire: Wire) -> None:
        wire.send(head)
        act(wire)

    return both


def bomb(size: int) -> bytes:
    return gzip.compress(b"\0" * size)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ATTACKS = {
    # Redirects to where nobody should be led.
    "a redirect to loopback": to("http://127.0.0.1/", "private"),
    "a redirect to another port of loopback": to("http://127.0.0.1:{secret}/", "port"),
    "a redirect to loopback in IPv6": to("http://[::1]/", "private"),
    "a redirect to localhost": to("http://localhost/", "private"),
    "a redirect to metadata": to("http://169.254.169.254/latest/", "private"),
    "a redirect to metadata in IPv6": to("http://[fd00:ec2::254]/", "private"),
    "a redirect to a private network": to("http://192.168.0.1/", "private"),
    "a redirect to a name of a private network": to("http://inside.example/", "private"),
    "a redirect to any address": to("http://0.0.0.0/", "private"),
    "a redirect to IPv4 mapped": to("http://[::ffff:127.0.0.1]/", "private"),
    "a redirect to IPv4 in NAT64": to("http://[64:ff9b::7f00:1]/", "private"),
    "a redirect to IPv4 in 6to4": to("http://[2002:7f00:1::]/", "private"),
    "a redirect to a zone": to("http://[fe80::1%25eth0]/", "address"),
    "a redirect to decimal figures": to("http://2130706433/", "address"),
    "a redirect to octal figures": to("http://0177.0.0.1/", "address"),
    "a redirect to hexadecimal figures": to("http://0x7f.0x0.0x0.0x1/", "address"),
    "a redirect to few figures": to("http://127.1/", "address"),
    "a redirect to figures and a full stop": to("http://127.0.0.1./", "address"),
    "a redirect to figures as wide as letters": to("http://127.0.0.１/", "address"),
    "a redirect to escaped figures": to("http://%31%32%37.0.0.1/", "address"),
    "a redirect to a look-alike full stop": to("http://127。0。0。1/", "address"),
    "a redirect to a file": to("file:///etc/passwd", "address"),
    "a redirect to FTP": to("ftp://news.example/", "address"),
    "a redirect to a script": to("javascript:alert(1)", "address"),
    "a redirect to data": to("data:text/html,x", "address"),
    "a redirect to gopher": to("gopher://127.0.0.1:6379/_INFO", "address"),
    "a redirect with a password": to("http://me:secret@news.example/", "address"),
    "a redirect with another host before an @": to("http://news.example@10.0.0.1/", "address"),
    "a redirect with a backslash": to("http://news.example\\@10.0.0.1/", "address"),
    "a redirect to the port of mail": to("http://news.example:25/", "port"),
    "a redirect past its own port": to("http://news.example:99999/", "address"),
    "a redirect to another scheme's path": to("//10.0.0.1/", "private"),
    "a redirect to nowhere": Attack("answer", answer(b"", status="302 Found")),
    "a redirect with a space": to("/a b", "address"),
    "a redirect with a tab in its scheme": to("ht\ttp://10.0.0.1/", "address"),
    "a redirect with a mark of direction": to("/\u202egpj", "address"),
    "a redirect with a broken host": to("http://[::1/", "address"),
    "a redirect with NUL": Attack("answer", redirect("/\0")),
    "a redirect that splits the head": Attack(
        "private", redirect("http://10.0.0.1/\r\nX-More: 1")
    ),
    "a redirect longer than addresses are": to("/" + "a" * 5_000, "address"),
    "a redirect longer than heads are": to("/" + "a" * 50_000, "too_large"),
    "a redirect to itself": to("/", "redirects"),
    "a redirect to itself but for the fragment": to("/#more", "redirects"),
    "a circle of redirects": Attack(
        "redirects", {"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/")}
    ),
    "a chain of redirects": Attack(
        "redirects", {"/": redirect("/1")} | {f"/{n}": redirect(f"/{n + 1}") for n in range(9)}
    ),
    # Names that lead astray.
    "a name of a private network": Attack("private", start="http://inside.example/"),
    "a name with a private address beside a public one": Attack(
        "private", start="http://both.example:{port}/"
    ),
    "a name that leads to IPv4 mapped": Attack(
        "private", start="http://mapped.example:{port}/"
    ),
    "a name that leads into a zone": Attack("private", start="http://zone.example/"),
    "a name that leads to words": Attack("private", start="http://words.example/"),
    "a name that leads nowhere": Attack("unknown", start="http://nowhere.example/"),
    "a name that nobody knows": Attack("unknown", start="http://other.example/"),
    "a name without a dot": Attack("private", start="http://intranet/"),
    # Slowness.
    "silence": slow(Wire.wait),
    "a head that drips": slow(lambda wire: wire.drip(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 999)),
    "headers that drip": slow(started(HEAD, lambda wire: wire.drip(b"X: y\r\n"))),
    "a body that drips": slow(started(OPEN, lambda wire: wire.drip(b"a"))),
    "chunks that drip": slow(started(CHUNKED, lambda wire: wire.drip(b"1\r\na\r\n"))),
    "a body that stops halfway": slow(
        started(answer(PAGE)[:-20], Wire.wait)
    ),
    "go-ahead without end": slow(lambda wire: wire.drip(b"HTTP/1.1 100 Continue\r\n\r\n")),
    # Size.
    "headers without end": Attack("too_large", started(HEAD, lambda wire: wire.forever(b"X: y\r\n"))),
    "one header without end": Attack("too_large", started(HEAD + b"X: ", lambda wire: wire.forever(b"y" * 999))),
    "a first line without end": Attack("too_large", lambda wire: wire.forever(b"HTTP/1.1")),
    "go-ahead at once and without end": Attack(
        "too_large", lambda wire: wire.forever(b"HTTP/1.1 100 Continue\r\n\r\n")
    ),
    "many small headers": Attack(
        "too_large", answer(PAGE, *[f"X-{n}: y" for n in range(60)])
    ),
    "a body without end": Attack("too_large", started(OPEN, lambda wire: wire.forever(PAGE))),
    "chunks without end": Attack(
        "too_large", started(CHUNKED, lambda wire: wire.forever(b"4\r\naaaa\r\n"))
    ),
    "trailers without end": Attack(
        "answer", started(CHUNKED + b"0\r\n", lambda wire: wire.forever(b"X: y\r\n"))
    ),
    "a length beyond the limit": Attack(
        "too_large", started(HEAD + b"Content-Length: 99999999\r\n\r\n", Wire.wait)
    ),
    "a bomb": packed(bomb(50_000_000), "gzip", "too_large"),
    "a bomb in deflate": packed(zlib.compress(b"\0" * 50_000_000), "deflate", "too_large"),
    "a bomb in raw deflate": packed(raw_deflate(b"\0" * 50_000_000), "deflate", "too_large"),
    "a bomb in chunks": Attack(
        "too_large",
        HEAD
        + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [bomb(9_000_000)])
        + b"0\r\n\r\n",
    ),
    # Packing.
    "gzip in gzip": packed(gzip.compress(gzip.compress(PAGE, mtime=0)), "gzip, gzip"),
    "gzip in deflate": packed(zlib.compress(gzip.compress(PAGE, mtime=0)), "gzip, deflate"),
    "garbage for gzip": packed(b"\x1f\x8bgarbage" * 9, "gzip"),
    "garbage for deflate": packed(b"garbage" * 9, "deflate"),
    "gzip that breaks off": packed(gzip.compress(PAGE, mtime=0)[:-9], "gzip"),
    "gzip with a wrong sum": packed(gzip.compress(PAGE, mtime=0)[:-8] + b"\0" * 8, "gzip"),
    "gzip with something behind": packed(gzip.compress(PAGE, mtime=0) + b"<script>", "gzip"),
    "two of gzip": packed(gzip.compress(PAGE, mtime=0) * 2, "gzip"),
    "a packing that was not asked for": packed(PAGE, "br"),
    "a packing of no name": packed(PAGE, "x-unheard-of"),
    # Answers that are none.
    "another type": Attack("content_type", answer(PAGE, media="image/png")),
    "a page said to be plain text": Attack("content_type", answer(PAGE, media="text/plain")),
    "no type": Attack("content_type", answer(PAGE, media=None)),
    "two types": Attack("content_type", answer(PAGE, "Content-Type: text/plain")),
    "a type with a sting": Attack("answer", answer(PAGE, media="text/html\x0b")),
    "no such page": Attack("not_found", NOT_FOUND),
    "a page that is gone": Attack("not_found", answer(PAGE, status="410 Gone")),
    "an error": Attack("status", answer(PAGE, status="500 Oh")),
    "a status out of range": Attack("status", answer(PAGE, status="999 Denied")),
    "a part of the page": Attack("status", answer(PAGE, status="206 Partial Content")),
    "not modified, though nobody asked": Attack("status", answer(b"", status="304 No")),
    "another protocol": Attack(
        "answer", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
    ),
    "no HTTP": Attack("answer", b"220 mail.news.example ESMTP\r\n"),
    "HTTP of before headers": Attack("answer", PAGE),
    "HTTP of the future": Attack("content_type", b"HTTP/9.9 200 OK\r\n\r\n"),
    "a status of letters": Attack("answer", b"HTTP/1.1 OK\r\n\r\n"),
    "nothing at all": Attack("answer", b""),
    "a reset": Attack("answer", lambda wire: wire.reset()),
    "a reset halfway": Attack("answer", started(answer(PAGE)[:-20], Wire.reset)),
    "less than the length says": Attack("answer", answer(PAGE)[:-20]),
    "two lengths": Attack("answer", answer(PAGE, "Content-Length: 3")),
    "a length below nothing": Attack("answer", HEAD + b"Content-Length: -1\r\n\r\n"),
    "a chunk of no size": Attack("answer", CHUNKED + b"zz\r\naaaa\r\n0\r\n\r\n"),
    "chunks that break off": Attack("answer", CHUNKED + b"4\r\naaaa\r\n"),
    "a header without a name": Attack("answer", HEAD + b": y\r\n\r\n"),
    "NUL in a header": Attack("answer", HEAD + b"X: \0\r\n\r\n"),
    "plain HTTP where TLS is spoken": Attack(
        "tls", start="https://news.example:{port}/"
    ),
    # robots.txt.
    "robots that may not": Attack(
        "robots", {"/robots.txt": answer(b"User-agent: *\nDisallow: /", media="text/plain")}
    ),
    "robots of a site with an error": Attack(
        "robots", {"/robots.txt": answer(b"", status="503 Busy"), "/": answer()}
    ),
    "robots that lead into a private network": Attack(
        "robots", {"/robots.txt": redirect("http://10.0.0.1/robots.txt"), "/": answer()}
    ),
    "robots in a circle": Attack(
        "robots", {"/robots.txt": redirect("/robots.txt"), "/": answer()}
    ),
    "robots that are garbage packed": Attack(
        "robots", {"/robots.txt": answer(b"garbage", "Content-Encoding: gzip"), "/": answer()}
    ),
    "robots that drip": Attack(
        "timeout", {"/robots.txt": lambda wire: wire.drip(HEAD)}, limits=SHORT
    ),
    "a redirect around what robots may not": Attack(
        "robots",
        {
            "/": redirect("http://news.example:{port}/a/../private"),
            "/robots.txt": answer(b"User-agent: *\nDisallow: /private"),
        },
    ),
    "a redirect to where robots may not": Attack(
        "robots",
        {
            "/": redirect("/private"),
            "/robots.txt": answer(b"User-agent: Factcheck\nDisallow: /private"),
        },
    ),
}  # fmt: skip


def look_up(host):
    if host not in NAMES:
        raise OSError("There is no such name.")
    return NAMES[host]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_it_is_refused(attack, settings):
    answers = (
        attack.answers if isinstance(attack.answers, dict) else {"/": attack.answers}
    )
    with serving({}) as secret:
        secret_port = str(secret.port).encode()
        answers = {
            path: what.replace(b"{secret}", secret_port)
            if isinstance(what, bytes)
            else what
            for path, what in answers.items()
        }
        with serving(answers) as site:
            settings.OUTGOING_ALLOWED_ADDRESSES = [f"127.0.0.1:{site.port}"]

            with pytest.raises(FetchRefused) as refusal:
                fetch(
                    attack.start.format(port=site.port),
                    accept=PAGES,
                    limits=attack.limits,
                    network=Network(resolve=look_up),
                )

    assert refusal.value.reason == attack.reason
    assert str(refusal.value).endswith(".")
    assert secret.heads == []


def test_there_are_at_least_sixty_attacks():
    assert len(ATTACKS) >= 60
