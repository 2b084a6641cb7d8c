import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.robots import allows

# Rules, a path, and whether it may be read (RFC 9309, section 5, among others).
RULES = [
    ("", "/a", True),
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow:", "/a", True),
    ("user-agent:*\ndisallow:/a # all of it", "/a", False),
    ("User-agent: Factcheck\nDisallow: /", "/a", False),
    ("User-agent: FACTCHECK/2.0\nDisallow: /", "/a", False),
    ("User-agent: Factcheckers\nDisallow: /", "/a", True),
    ("User-agent: other\nDisallow: /", "/a", True),
    ("User-agent: *\nDisallow: /\n\nUser-agent: factcheck\nDisallow: /b", "/a", True),
    ("User-agent: factcheck\nUser-agent: other\nDisallow: /", "/a", False),
    ("User-agent: factcheck\nDisallow: /a\nUser-agent: factcheck\nDisallow: /b", "/b", False),
    ("Disallow: /", "/a", True),
    ("User-agent: *\nSitemap: /\nDisallow: /a\nCrawl-delay: 9", "/a", False),
    ("User-agent: *\nnothing\nDisallow: /a", "/a", False),
    ("User-agent: *\nAllow: /a/p\nDisallow: /a", "/a/page", True),
    ("User-agent: *\nAllow: /a\nDisallow: /a/p", "/a/page", False),
    ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
    ("User-agent: *\nDisallow: /a$", "/a", False),
    ("User-agent: *\nDisallow: /a$", "/ab", True),
    ("User-agent: *\nDisallow: /a*b*c", "/a-b-b-c-d", False),
    ("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True),
    ("User-agent: *\nDisallow: /a*a$", "/a", True),
    ("User-agent: *\nDisallow: *", "/a", False),
    ("User-agent: *\nDisallow: /*?page=", "/a?page=2", False),
    ("User-agent: *\nDisallow: /été", "/%C3%A9t%C3%A9", False),
    ("User-agent: *\nDisallow: /été", "/%c3%a9t%c3%a9", False),
    ("User-agent: *\nDisallow: /%61b", "/ab", False),
    ("User-agent: *\nDisallow: /ab", "/%61%62", False),
    ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
    ("User-agent: *\r\nDisallow: /a\rDisallow: /b", "/b", False),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "path", "allowed"), RULES)
def test_a_site_says_what_may_be_read(rules, path, allowed):
    assert allows(rules, "Factcheck", f"https://example.org{path}") == allowed


def test_hostile_rules_are_read_in_a_moment():
    rules = "User-agent: *\n" + "Disallow: /" + "*a" * 200_000 + "\n"
    rules += ("Disallow: /" + "a*" * 19 + "b\n") * 10_000

    assert allows(rules, "Factcheck", "https://example.org/" + "a" * 1_900)


@given(st.text(), st.text(st.sampled_from("ab/*?$")))
def test_any_words_are_rules(rules, path):
    allows(
        "User-agent: *\nDisallow: " + rules, "Factcheck", f"https://a.example/{path}"
    )
