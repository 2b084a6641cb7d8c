"""Feeds as sites write them, and as those do who mean harm."""

from datetime import date

import pytest

from annotations.text.syndication import (
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_ENTRIES,
    Entry,
    NotAFeed,
    read_feed,
)

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Le Quotidien</title>
  <entry>
    <id>tag:paper.example,2026:1</id>
    <title type="html">Les trains &lt;em&gt;de nuit&lt;/em&gt; reviennent</title>
    <link href="https://paper.example/trains?utm_source=rss"/>
    <updated>2026-11-24T10:00:00Z</updated>
    <summary>Un résumé.</summary>
  </entry>
</feed>"""


def rss(*items: str, title: str = "The Paper", before: str = "") -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?>{before}<rss version="2.0"><channel>'
        f"<title>{title}</title>{inside}</channel></rss>"
    ).encode()


def item(link: str = "https://paper.example/a", title: str = "A", **more: str) -> str:
    rest = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return f"<title>{title}</title><link>{link}</link>{rest}"


def only(data: bytes) -> Entry:
    [entry] = read_feed(data).entries
    return entry


def test_an_atom_feed_is_read():
    news = read_feed(ATOM.encode())

    assert news.title == "Le Quotidien"
    assert news.entries == [
        Entry(
            name="tag:paper.example,2026:1",
            address="https://paper.example/trains",
            title="Les trains de nuit reviennent",
            summary="Un résumé.",
            published_on=date(2026, 11, 24),
        )
    ]


def test_an_rss_feed_is_read_and_an_entry_without_a_name_has_its_address():
    published = {"pubDate": "Tue, 24 Nov 2026 10:00:00 GMT"}

    entry = only(rss(item(description="A &lt;b&gt;summary&lt;/b&gt;.", **published)))

    assert entry.name == entry.address == "https://paper.example/a"
    assert (entry.summary, entry.published_on) == ("A summary.", date(2026, 11, 24))


def test_an_entry_that_comes_twice_is_one():
    again = item(guid="1"), item(guid="1", link="https://paper.example/b")

    assert len(read_feed(rss(*again)).entries) == 1


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "ftp://paper.example/a",
        "https://user:secret@paper.example/",
        "//paper.example/a",
        "",
    ],
)
def test_an_entry_that_leads_nowhere_on_the_web_is_left_out(link):
    assert read_feed(rss(item(link), item())).entries == [only(rss(item()))]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hello", "Hello"),
        ("<![CDATA[<img src=x onerror=alert(1)>Hello]]>", "Hello"),
        ("<![CDATA[<p>One</p><p>Two</p>]]>", "One Two"),
        ("A &amp;amp; B &amp;lt; C", "A & B < C"),
        ("&lt;b&gt;unclosed", "unclosed"),
        ("Zero\u200bwidth &amp;#8203;too", "Zerowidth too"),
    ],
)
def test_titles_and_summaries_are_plain_text(markup, text):
    entry = only(rss(item(title=markup, description=markup)))

    assert (entry.title, entry.summary) == (text, text)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!entity x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_feed_that_declares_entities_is_not_read(declared):
    for encoding in ("utf-8", "utf-16"):
        feed = rss(item(), before=declared).decode().encode(encoding)
        with pytest.raises(NotAFeed) as no:
            read_feed(feed)
        assert no.value.reason == "entities"


@pytest.mark.parametrize(
    "data",
    [b"", b"Hello", b"<html><body><p>Hello</p></body></html>", b"/etc/passwd", b"\0\1"],
)
def test_what_is_no_feed_is_refused(data):
    with pytest.raises(NotAFeed) as no:
        read_feed(data)

    assert no.value.reason == "feed"


def test_the_name_of_a_file_is_not_opened(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_text(ATOM)

    with pytest.raises(NotAFeed):
        read_feed(str(file).encode())


def test_a_feed_without_end_is_cut():
    many = (item(f"https://paper.example/{n}") for n in range(MOST_ENTRIES + 50))

    assert len(read_feed(rss(*many)).entries) == MOST_ENTRIES


def test_long_words_are_cut():
    entry = only(rss(item(title="word " * 500, description="x" * 50_000)))

    assert len(entry.title) <= LONGEST_TITLE
    assert entry.title.endswith("word…")
    assert len(entry.summary) == LONGEST_SUMMARY


def test_a_feed_with_faults_is_read_as_far_as_it_goes():
    feed = rss(item()).replace(b"</channel></rss>", b"<item><title>Torn & <")

    assert read_feed(feed).entries[0].title == "A"
