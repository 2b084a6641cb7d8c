"""One page, many addresses; and pages that are not one although they look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.addresses import BadAddress, canonical
from annotations.text.aliases import key, plain

PAGE = "https://www.paper.example/economy/night-trains"

SAME = [
    "https://www.paper.example/economy/night-trains/",
    "http://www.paper.example/economy/night-trains",
    "https://paper.example/economy/night-trains",
    "https://WWW.Paper.Example/economy/night-trains#comments",
    "https://www.paper.example/economy/night%2Dtrains",
    "https://www.paper.example/economy/night-trains/amp/",
    "https://www.paper.example/economy/night-trains/amp",
    "https://www.paper.example/amp/economy/night-trains",
    "https://www.paper.example/economy/amp/night-trains",
    "https://www.paper.example/economy/night-trains.amp",
    "https://www.paper.example/economy/night-trains?amp",
    "https://www.paper.example/economy/night-trains?amp=1",
    "https://www.paper.example/economy/night-trains?outputType=amp",
    "https://www.paper.example/economy/night-trains?amp=true&amp_js_v=0.1&usqp=mq331",
    "https://amp.paper.example/economy/night-trains",
    "https://www-paper-example.cdn.ampproject.org/c/s/www.paper.example/economy/night-trains",
    "https://www-paper-example.cdn.ampproject.org/v/s/www.paper.example/economy/night-trains/amp?amp_js_v=0.1",
    "https://cdn.ampproject.org/c/www.paper.example/economy/night-trains",
    "https://www.google.com/amp/s/www.paper.example/economy/night-trains",
    "https://www.google.fr/amp/s/amp.paper.example/economy/night-trains",
    "https://www.bing.com/amp/s/www.paper.example/economy/night-trains",
    "https://www.paper.example/economy/night-trains?utm_source=x&utm_medium=rss",
    "https://www.paper.example/economy/night-trains?fbclid=a&gclid=b&msclkid=c",
    "https://www.paper.example/economy/night-trains?xtor=RSS-3208",
    "https://www.paper.example/economy/night-trains?mc_cid=1&mc_eid=2&igshid=3",
    "https://www.paper.example/economy/night-trains?at_medium=mail&at_campaign=news",
    "https://www.paper.example/economy/night-trains?_ga=1.2&_hsenc=x&mkt_tok=y",
    "https://www.paper.example/economy/night-trains?twclid=1&ttclid=2&igsh=3&yclid=4",
]

OTHERS = [
    "https://www.paper.example/economy/night-trains-2",
    "https://www.paper.example/economy",
    "https://www.paper.example/economy/night-trains?page=2",
    "https://www.paper.example/economy/Night-trains",
    "https://blog.paper.example/economy/night-trains",
    "https://www.paper.example:8443/economy/night-trains",
    "https://www.paper.example/economy/ramp/night-trains",
    "https://www.paper.example/economy/night-trains?amplitude=1",
    "https://www.paper.example/economy/night-trains?at=3",
    "https://www.google.com/amp/about",
    "https://cdn.ampproject.org/v0.js",
]


@pytest.mark.parametrize("address", SAME)
def test_addresses_of_one_page_have_one_key(address):
    assert key(canonical(address)) == key(canonical(PAGE))


@pytest.mark.parametrize("address", OTHERS)
def test_other_pages_have_other_keys(address):
    assert key(canonical(address)) != key(canonical(PAGE))


def test_parameters_are_alike_in_any_order():
    assert key("https://a.example/?b=2&a=1") == key("https://a.example/?a=1&b=2")
    assert key("https://a.example/?b=2&a=1") != key("https://a.example/?a=2&b=1")


@pytest.mark.parametrize(
    ("copy", "page"),
    [
        ("https://amp.paper.example/a", "https://paper.example/a"),
        ("https://paper.example/a/amp/", "https://paper.example/a/"),
        ("https://paper.example/a.amp.html", "https://paper.example/a.html"),
        ("https://paper.example/a-amp.html?x=1", "https://paper.example/a.html?x=1"),
        ("https://paper.example/a?amp=1&x=1", "https://paper.example/a?x=1"),
        ("https://cdn.ampproject.org/c/s/paper.example/a", "https://paper.example/a"),
        ("https://cdn.ampproject.org/c/paper.example/a", "http://paper.example/a"),
        # What is none stays as it is.
        ("https://paper.example/amp/", "https://paper.example/amp/"),
        ("https://amp.example/a", "https://amp.example/a"),
        ("https://paper.example/camp/a", "https://paper.example/camp/a"),
        ("https://www.google.com/search?q=amp", "https://www.google.com/search?q=amp"),
        (
            "https://cdn.ampproject.org/c/s/user@paper.example/",
            "https://cdn.ampproject.org/c/s/user@paper.example/",
        ),
    ],
)
def test_an_amp_copy_leads_to_its_page(copy, page):
    assert plain(copy) == page


@given(
    st.from_regex(r"https?://[a-z.]{1,20}/[a-zA-Z0-9%/._?&=-]{0,40}", fullmatch=True)
)
def test_the_plain_address_is_canonical_and_has_the_same_key(raw):
    try:
        address = canonical(raw)
    except BadAddress:
        return

    page = plain(address)

    assert key(page) == key(address)
    assert key(address)
