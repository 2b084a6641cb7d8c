"""What the client does for a site that behaves, and what it never gives away."""

import gzip
import ssl
import zlib
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Event

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from annotations.outgoing import FetchRefused, Limits, Network, fetch, sentence
from annotations.outgoing.fetching import LONGEST_WAIT, charset_of, waiting
from annotations.outgoing.refusing import SENTENCES
from tests.outgoing.site import answer, redirect, serving

PAGE = b"<p>\xc3\x89t\xc3\xa9.</p>"
LIMITS = Limits(seconds=10)


def here(host):
    return ["127.0.0.1"]


@pytest.fixture
def visit(settings):
    """Fetches the root of a site with these answers; gives what came, and the site."""

    def visit(answers, *, path="/", resolve=here, **options):
        with serving(answers) as site:
            settings.OUTGOING_ALLOWED_ADDRESSES = [f"127.0.0.1:{site.port}"]
            options.setdefault("accept", ["text/html"])
            found = fetch(
                f"http://news.example:{site.port}{path}",
                limits=LIMITS,
                network=Network(resolve=resolve),
                **options,
            )
        return found, site

    return visit


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (PAGE, "identity"),
        (PAGE, ""),
        (gzip.compress(PAGE, mtime=0), "gzip"),
        (gzip.compress(PAGE, mtime=0), "X-GZIP"),
        (gzip.compress(PAGE, mtime=0), "gzip, identity"),
        (zlib.compress(PAGE), "deflate"),
        (zlib.compress(PAGE, wbits=-15), "deflate"),
    ],
)
def test_a_page_comes_as_it_was_written(visit, body, encoding):
    sent = answer(
        body,
        f"Content-Encoding: {encoding}",
        'ETag: W/"v1"',
        "Last-Modified: Wed, 25 Nov 2026 02:00:00 GMT",
        media='Text/HTML; charset="Latin-1"',
    )

    found, site = visit({"/": sent})

    assert found.body == PAGE
    assert found.status == 200
    assert found.media_type == "text/html"
    assert found.charset == "iso8859-1"
    assert found.etag == 'W/"v1"'
    assert found.last_modified == "Wed, 25 Nov 2026 02:00:00 GMT"
    assert found.address == f"http://news.example:{site.port}/"
    assert not found.not_modified


def test_a_page_in_chunks_is_put_together(visit):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"

    found, _ = visit({"/": head + b"3\r\n<p>\r\n4\r\nOui.\r\n0\r\n\r\n"})

    assert found.body == b"<p>Oui."


def test_an_empty_page_is_empty_packed_or_not(visit):
    assert visit({"/": answer(b"")})[0].body == b""
    assert visit({"/": answer(b"", "Content-Encoding: gzip")})[0].body == b""


@pytest.mark.parametrize(
    "location",
    ["/a?x=1", "a?x=1", "//news.example:{port}/a?x=1", "http://news.example:{port}/a?x=1#b"],
)  # fmt: skip
def test_a_redirect_is_followed_to_where_it_leads(visit, location):
    found, site = visit({"/": redirect(location), "/a?x=1": answer(PAGE)})

    assert found.body == PAGE
    assert found.address == f"http://news.example:{site.port}/a?x=1"


def test_a_circle_is_left_where_it_closes(settings):
    with serving({"/": redirect("/a"), "/a": redirect("/#b")}) as site:
        settings.OUTGOING_ALLOWED_ADDRESSES = [f"127.0.0.1:{site.port}"]

        with pytest.raises(FetchRefused, match="without end"):
            fetch(f"http://127.0.0.1:{site.port}/", accept=[])

    assert site.paths == ["/robots.txt", "/", "/a"]


def test_tracking_is_kept_for_the_site_and_not_for_the_page(visit):
    found, site = visit({"/?xtor=1": answer(PAGE)}, path="/?xtor=1")

    assert found.address == f"http://news.example:{site.port}/"


def test_the_site_is_told_who_asks_and_nothing_else(visit):
    _, site = visit({"/": answer(PAGE)}, accept=["text/html", "text/plain"])

    lines = site.heads[-1].strip().split("\r\n")
    assert lines[0] == "GET / HTTP/1.1"
    assert sorted(lines[1:], key=str.lower) == [
        "Accept-Encoding: gzip, deflate",
        "Accept-Language: fr, en;q=0.8, *;q=0.5",
        "Accept: text/html, text/plain, */*;q=0.1",
        "Connection: close",
        f"Host: news.example:{site.port}",
        "User-Agent: Factcheck/1.0 (+https://factcheck.example)",
    ]


def test_cookies_are_not_kept_and_not_sent_back(visit):
    cookie = "Set-Cookie: id=1; Path=/"

    _, site = visit({"/": redirect("/a", cookie), "/a": answer(PAGE, cookie)})

    assert site.paths == ["/robots.txt", "/", "/a"]
    assert not any("cookie" in head.lower() for head in site.heads)


def test_passwords_and_proxies_of_the_machine_are_not_used(
    visit, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    _, site = visit({"/": redirect("/a"), "/a": answer(PAGE)})

    assert not any("authorization" in head.lower() for head in site.heads)


def test_a_name_is_looked_up_once_and_the_connection_leads_there(visit):
    asked = []

    def turncoat(host):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    found, site = visit({"/": redirect("/a"), "/a": answer(PAGE)}, resolve=turncoat)

    assert found.body == PAGE
    assert asked == ["news.example"]
    assert site.paths == ["/robots.txt", "/", "/a"]


def test_a_name_that_takes_too_long_to_look_up_is_given_up():
    enough = Event()

    with pytest.raises(FetchRefused) as refusal:
        fetch(
            "http://news.example/",
            accept=[],
            limits=Limits(seconds=0.05),
            network=Network(resolve=lambda host: [str(enough.wait())]),
        )

    enough.set()
    assert refusal.value.reason == "timeout"


def test_an_address_where_nobody_answers_is_unreachable(settings):
    with serving({}) as site:
        pass
    settings.OUTGOING_ALLOWED_ADDRESSES = [f"127.0.0.1:{site.port}"]

    with pytest.raises(FetchRefused) as refusal:
        fetch(f"http://127.0.0.1:{site.port}/", accept=[])

    assert refusal.value.reason == "unreachable"
    assert refusal.value.may_pass


def test_the_next_address_of_a_name_is_tried(settings):
    with serving({"/": answer(PAGE)}) as site:
        settings.OUTGOING_ALLOWED_ADDRESSES = [
            f"127.0.0.1:{site.port}",
            f"127.0.0.2:{site.port}",
        ]
        found = fetch(
            f"http://news.example:{site.port}/",
            accept=["text/html"],
            network=Network(resolve=lambda host: ["127.0.0.2", "127.0.0.1"]),
        )

    assert found.body == PAGE


def test_asked_again_a_page_that_is_the_same_has_no_body(visit):
    same = b'HTTP/1.1 304 Not Modified\r\nETag: "v2"\r\n\r\n'

    found, site = visit(
        {"/": same}, etag='"v1"', last_modified="Wed, 25 Nov 2026 02:00:00 GMT"
    )

    assert found.not_modified
    assert found.etag == '"v2"'
    assert found.body == b""
    assert 'If-None-Match: "v1"' in site.heads[-1]
    assert "If-Modified-Since: Wed, 25 Nov 2026 02:00:00 GMT" in site.heads[-1]


def test_a_tag_that_would_split_the_head_is_not_sent_back(visit):
    _, site = visit(
        {"/": answer(PAGE)}, etag='"v1"\r\nX: y', last_modified="now\r\nX: y"
    )

    assert "X: y" not in site.heads[-1]
    assert "If-" not in site.heads[-1]


@pytest.mark.parametrize(
    ("status", "says", "may_pass"),
    [
        ("429 Too Many Requests", "too busy", True),
        ("503 Service Unavailable", "too busy", True),
        ("500 Internal Server Error", "error 500", True),
        ("403 Forbidden", "does not let us see", False),
        ("451 Unavailable For Legal Reasons", "does not let us see", False),
        ("401 Unauthorized", "subscribers", False),
        ("402 Payment Required", "subscribers", False),
        ("418 I'm a teapot", "error 418", False),
    ],
)
def test_an_error_is_told_in_words(visit, status, says, may_pass):
    with pytest.raises(FetchRefused, match=says) as refusal:
        visit({"/": answer(b"", "Retry-After: 120", status=status)})

    assert refusal.value.status == int(status[:3])
    assert refusal.value.retry_after == timedelta(minutes=2)
    assert refusal.value.may_pass == may_pass


NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("", None),
        ("0", timedelta()),
        ("90", timedelta(seconds=90)),
        ("999999999", LONGEST_WAIT),
        ("9" * 40, None),
        ("-1", None),
        ("soon", None),
        ("Wed, 25 Nov 2026 02:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 25 Nov 2026 01:00:00 GMT", timedelta()),
        ("Wed, 25 Nov 2026 02:05:00 -0000", timedelta(minutes=5)),
        ("Wed, 25 Nov 9999 02:05:00 GMT", LONGEST_WAIT),
        ("Wed, 99 Nov 2026 02:05:00 GMT", None),
    ],
)
def test_a_site_says_how_long_to_leave_it_alone(retry_after, wait):
    with time_machine.travel(NOW, tick=False):
        assert waiting(retry_after) == wait


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html", None),
        ("text/html; charset=UTF-8", "utf-8"),
        ("text/html;charset='utf-8'", None),
        ("text/html; charset=windows-1252; x=y", "cp1252"),
        ("text/html; charset=base64", None),
        ("text/html; charset=unicode_escape", None),
        ("text/html; charset=utf-7", None),
        ("text/html; charset=unheard-of", None),
    ],
)
def test_a_charset_is_one_of_texts(content_type, charset):
    assert charset_of(content_type) == charset


def test_robots_are_asked_once_for_each_site_and_obeyed(visit):
    rules = answer(b"User-agent: *\nDisallow: /a", media="text/plain")

    found, site = visit({"/robots.txt": rules, "/": redirect("/b"), "/b": answer(PAGE)})

    assert found.body == PAGE
    assert site.paths == ["/robots.txt", "/", "/b"]


def test_robots_are_read_to_their_limit_and_no_further(visit):
    rules = b"User-agent: *\nDisallow: /a\n" + b"#" * 600_000 + b"\nDisallow: /"

    found, _ = visit({"/robots.txt": answer(rules), "/": answer(PAGE)})

    assert found.body == PAGE


def test_a_bomb_in_the_place_of_robots_does_not_go_off(visit):
    bomb = answer(gzip.compress(b"\0" * 100_000_000), "Content-Encoding: gzip")

    found, _ = visit({"/robots.txt": bomb, "/": answer(PAGE)})

    assert found.body == PAGE


def test_robots_may_be_passed_over_by_who_must(visit):
    found, site = visit(
        {"/robots.txt": answer(b"User-agent: *\nDisallow: /"), "/": answer(PAGE)},
        obey_robots=False,
    )

    assert found.body == PAGE
    assert site.paths == ["/"]


def certificate(folder: Path, *names: str) -> ssl.SSLContext:
    """A site's TLS with a certificate for `names` that nobody vouches for; kept in `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [
                    x509.IPAddress(ip_address(name))
                    if name[0].isdigit()
                    else x509.DNSName(name)
                    for name in names
                ]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def test_the_certificate_is_the_names_although_the_connection_is_to_an_address(
    settings, tmp_path
):
    tls = certificate(tmp_path, "news.example")
    asked = []
    tls.sni_callback = lambda sock, name, context: asked.append(name)
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    network = Network(resolve=here, trust=lambda: trusting)
    with serving({"/": answer(PAGE)}, tls) as site:
        settings.OUTGOING_ALLOWED_ADDRESSES = [f"127.0.0.1:{site.port}"]

        found = fetch(
            f"https://news.example:{site.port}/", accept=["text/html"], network=network
        )
        with pytest.raises(FetchRefused) as refusal:
            fetch(f"https://other.example:{site.port}/", accept=[], network=network)

    assert found.body == PAGE
    assert asked == ["news.example", "news.example", "other.example"]
    assert refusal.value.reason == "tls"


def test_a_certificate_that_nobody_vouches_for_is_refused(settings, tmp_path):
    with serving({"/": answer(PAGE)}, certificate(tmp_path, "news.example")) as site:
        settings.OUTGOING_ALLOWED_ADDRESSES = [f"127.0.0.1:{site.port}"]

        with pytest.raises(FetchRefused) as refusal:
            fetch(
                f"https://news.example:{site.port}/",
                accept=["text/html"],
                network=Network(resolve=here),
            )

    assert refusal.value.reason == "tls"
    assert site.heads == []


def test_a_secure_address_does_not_lead_to_one_that_is_not(settings, tmp_path):
    tls = certificate(tmp_path, "news.example")
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    with (
        serving({"/": answer(PAGE)}) as plain,
        serving({"/": redirect(f"http://news.example:{plain.port}/")}, tls) as site,
    ):
        settings.OUTGOING_ALLOWED_ADDRESSES = [
            f"127.0.0.1:{port}" for port in (plain.port, site.port)
        ]

        with pytest.raises(FetchRefused) as refusal:
            fetch(
                f"https://news.example:{site.port}/",
                accept=["text/html"],
                network=Network(resolve=here, trust=lambda: trusting),
            )

    assert refusal.value.reason == "downgrade"
    assert plain.heads == []


def test_every_reason_has_its_sentence():
    for reason in [*SENTENCES, "status", "unheard-of"]:
        assert sentence(reason).endswith(".")


def test_the_public_internet_is_all_there_is_without_the_settings():
    with serving({"/": answer(PAGE)}) as site:
        with pytest.raises(FetchRefused) as refusal:
            fetch(f"http://127.0.0.1:{site.port}/", accept=["text/html"])
        with pytest.raises(FetchRefused) as named:
            fetch("http://news.example/", accept=[], network=Network(resolve=here))

    assert refusal.value.reason == "port"
    assert named.value.reason == "private"
    assert site.heads == []
