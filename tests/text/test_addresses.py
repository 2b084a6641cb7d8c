import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.addresses import LONGEST, BadAddress, canonical

SPELLINGS = [
    ("https://example.org/a", "https://example.org/a"),
    ("  https://example.org/a\n", "https://example.org/a"),
    ("HTTPS://Example.ORG/Article", "https://example.org/Article"),
    ("https://example.org", "https://example.org/"),
    ("https://example.org./a", "https://example.org/a"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:80/a", "http://example.org/a"),
    ("http://example.org:443/a", "http://example.org:443/a"),
    ("https://example.org:/a", "https://example.org/a"),
    ("https://example.org/a#part", "https://example.org/a"),
    ("https://example.org/a?id=3&page=2", "https://example.org/a?id=3&page=2"),
    (
        "https://example.org/a?utm_source=x&id=3&fbclid=y&gclid=z&xtor=w",
        "https://example.org/a?id=3",
    ),
    ("https://example.org/a?utm_medium=x", "https://example.org/a"),
    (
        "https://example.org/a?at_medium=x&mc_cid=1&igshid=2&msclkid=3&_ga=4&id=5",
        "https://example.org/a?id=5",
    ),
    ("https://example.org/a?at=1&mc=2&ga=3", "https://example.org/a?at=1&mc=2&ga=3"),
    ("https://example.org/a?UTM_Source=x&q", "https://example.org/a?q"),
    (
        "https://example.org/a?xtors=1&from=utm_source=2",
        "https://example.org/a?xtors=1&from=utm_source=2",
    ),
    (
        "https://élysée.example/à-propos?q=été",
        "https://xn--lyse-9oad.example/%C3%A0-propos?q=%C3%A9t%C3%A9",
    ),
    ("https://example.org/%C3%A9%2F", "https://example.org/%C3%A9%2F"),
    ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
    ("http://[::1]/a", "http://[::1]/a"),
    ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
]


@pytest.mark.parametrize(("raw", "address"), SPELLINGS)
def test_an_address_has_one_spelling(raw, address):
    assert canonical(raw) == address


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "blank"),
        (" \n", "blank"),
        ("https://example.org/" + "a" * LONGEST, "long"),
        ("https://example.org/" + "é" * (LONGEST // 4), "long"),
        ("https://example.org/a b", "characters"),
        ("https://exa\nmple.org/", "characters"),
        ("java\tscript:alert(1)", "characters"),
        ("https://example.org/\x00", "characters"),
        ("https://example.org/\u00a0a", "characters"),
        ("https://exam\u200bple.org/", "characters"),
        ("https://exam\u00adple.org/", "characters"),
        ("https://example.org\\@evil.example/", "characters"),
        ("https://example.org/\ud83d", "characters"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("//example.org/a", "scheme"),
        ("example.org/a", "scheme"),
        ("mailto:a@example.org", "scheme"),
        ("https://me@example.org/", "credentials"),
        ("https://me:secret@example.org/", "credentials"),
        ("https://example.org@evil.example/", "credentials"),
        ("https://@example.org/", "credentials"),
        ("https://", "host"),
        ("https:///a", "host"),
        ("https:example.org", "host"),
        ("https://:80/", "host"),
        ("https://./", "host"),
        ("https://a..b/", "host"),
        ("https://-a.example/", "host"),
        ("https://%65xample.org/", "host"),
        ("https://exa<mple.org/", "host"),
        ("https://example.org:port/", "host"),
        ("https://example.org:99999/", "host"),
        ("https://[::1/", "host"),
        ("https://[x]/", "host"),
        ("https://" + "a" * 64 + ".example/", "host"),
        ("https://" + "a." * 130 + "example/", "host"),
    ],
)
def test_what_leads_to_no_page_is_refused(raw, reason):
    with pytest.raises(BadAddress) as refusal:
        canonical(raw)

    assert refusal.value.reason == reason


@given(
    st.text() | st.text(st.sampled_from("htps:/.@#?&=%[]é1-a:")).map("http://a".__add__)
)
def test_an_address_stays_as_it_became(raw):
    try:
        address = canonical(raw)
    except BadAddress:
        return

    assert canonical(address) == address
    assert address.isascii()
    assert address.startswith(("http://", "https://"))
