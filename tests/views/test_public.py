import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations import publishing
from annotations.models import Article, ClaimStatus, FactCheck, Rating, User
from annotations.views import public
from tests import make
from tests.views.readers import (
    HOSTILE,
    JSON_LD,
    address,
    decided,
    published,
    reading,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return make.moderator("boss")


# The first page


def test_the_first_page_has_the_newest_first(client):
    pages = [published() for _ in range(3)]

    shown = client.get("/").content.decode()

    places = [shown.index(page.title) for page in reversed(pages)]
    assert places == sorted(places)


def test_what_was_held_back_is_new_on_the_day_it_appears(client, boss, monkeypatch):
    now = timezone.now()
    held = decided()
    publishing.publish(held, by=boss, embargo_until=now + timedelta(hours=1))
    later = published()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))

    shown = client.get("/").content.decode()

    assert shown.index(held.title) < shown.index(later.title)


def test_a_list_goes_on_on_the_next_page(client, monkeypatch):
    assert public.PER_PAGE == 20
    monkeypatch.setattr(public, "PER_PAGE", 2)
    pages = [published() for _ in range(3)]

    first, second = client.get("/"), client.get("/?page=2")

    assert first.content.count(b"<article") == 2
    assert b'rel="next" href="?page=2"' in first.content
    assert second.content.count(b"<article") == 1
    assert pages[0].title in text(second)
    assert b'rel="prev"' in second.content
    assert client.get("/?page=3").status_code == 404


def test_nonsense_for_a_page_is_the_first(client):
    published()

    for page in ("0", "-1", "x", "²", "9" * 30, "\0"):
        assert client.get("/", {"page": page}).content.count(b"<article") == 1


def test_a_search_finds_french_words_in_any_form(client, boss):
    found = decided(summary="Les dépenses ont doublé en octobre.")
    publishing.publish(found, by=boss)
    other = published()

    shown = text(client.get("/", {"q": "DEPENSE doubler"}))

    assert found.title in shown
    assert other.title not in shown


@pytest.mark.parametrize(
    "query",
    [
        HOSTILE,
        "' OR 1=1 --",
        "\0",
        "a & b | !c <-> (d",
        '"open -"',
        "\\",
        "%_",
        "le",
        "x" * 10_000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "🧑🏽‍🚀",
    ],
)
def test_whatever_is_searched_is_only_text(client, query):
    published()

    answer = client.get("/", {"q": query})

    assert answer.status_code == 200
    assert b"<script" not in answer.content
    assert b"<b>" not in answer.content


def test_a_search_is_kept_while_leafing_and_not_indexed(client, boss, monkeypatch):
    monkeypatch.setattr(public, "PER_PAGE", 1)
    for _ in range(2):
        publishing.publish(decided(summary="Sel & poivre."), by=boss)

    answer = client.get("/", {"q": "sel & poivre"})

    assert b'href="?q=sel%20%26%20poivre&amp;page=2"' in answer.content
    assert b'name="robots" content="noindex"' in answer.content


def test_before_anything_is_published_the_page_says_so(client):
    answer = client.get("/en/")

    assert answer.status_code == 200
    assert "Nothing is published yet" in text(answer)


# The fact-check


def test_a_reader_sees_the_claim_the_verdict_and_every_source(client):
    page = published()
    content = page.revisions.get().content

    shown = text(client.get(f"/en{address(page)}"))

    for words in (
        content["title"],
        content["summary"],
        content["statement"],
        "Ada Lovelace",
        "True",
        "What true means.",
        "We asked.",
        content["author"],
        content["approved_by"],
        "The Daily Check",
        *(row["headline"] for row in content["appearances"]),
        *(row["quote"] for row in content["appearances"]),
        *(piece["excerpt"] for piece in content["evidence"]),
        *(piece["title"] for piece in content["evidence"]),
        *(piece["publisher"] for piece in content["evidence"]),
    ):
        assert words in shown
    assert reading(page) in client.get(address(page)).content.decode()


def test_what_changes_after_publication_does_not_change_the_page(client):
    page = published()
    before = client.get(address(page)).content
    Rating.objects.update(label_fr="Autre", label_en="Other")
    Article.objects.update(headline="Another")

    assert client.get(address(page)).content == before


def test_the_markup_says_what_can_be_read(client):
    for number, rating in enumerate(make.ratings().values(), start=1):
        Rating.objects.filter(pk=rating.pk).update(number=number)
    edition = make.edition(
        "Before. It is round. After.", byline="Jo Doe", outlet="The Sphere"
    )
    page = published(edition=edition, claimed_on=timezone.localdate())

    for prefix in ("", "/en"):
        path = f"{prefix}{address(page)}"
        answer = client.get(path)
        [script] = JSON_LD.findall(answer.content.decode())
        markup = json.loads(script)
        shown, source = text(answer), answer.content.decode()

        assert markup["url"] == f"https://factcheck.example{path}"
        assert f'rel="canonical" href="{markup["url"]}"' in source
        assert markup["name"] in shown
        assert markup["description"] in shown
        assert " ".join(markup["reviewBody"].split()) in shown
        assert markup["claimReviewed"] in shown
        assert markup["author"]["name"] in shown
        assert f'href="{markup["author"]["url"]}"' in source
        assert f'datetime="{markup["datePublished"]}"' in source
        rating = markup["reviewRating"]
        assert rating["alternateName"] in shown
        if prefix:
            assert (
                f"{rating['ratingValue']} on a scale from {rating['worstRating']}, "
                f"the worst, to {rating['bestRating']}, the best" in shown
            )
        claim = markup["itemReviewed"]
        assert claim["text"] in shown
        assert claim["author"]["name"] in shown
        assert f'datetime="{claim["datePublished"]}"' in source
        [article] = claim["appearance"]
        assert article["headline"] in shown
        assert article["author"]["name"] in shown
        assert article["publisher"]["name"] in shown
        assert f'href="{article["url"]}"' in source


def test_no_other_page_has_markup(client, boss):
    page = published()
    gone = published("Gone.")
    publishing.retract(gone, reason="Wrong.", by=boss)

    for path in (
        "/",
        "/?q=round",
        reading(page),
        "/methode/",
        address(gone),
        "/verifications/nothing/",
        "/nowhere/",
    ):
        assert b"ld+json" not in client.get(path).content


def test_a_retracted_page_is_a_tombstone_with_the_reason(client, boss):
    page = published()
    publishing.retract(page, reason="A source was forged.", by=boss)

    answer = client.get(address(page))

    assert answer.status_code == 410
    assert page.title in text(answer)
    assert "A source was forged." in text(answer)
    assert "We asked." not in text(answer)
    assert b"noindex" in answer.content


def test_what_was_retracted_is_found_nowhere(client, boss):
    page = published()
    publishing.retract(page, reason="Wrong.", by=boss)

    assert page.title not in text(client.get("/"))
    assert page.title not in text(client.get("/", {"q": "asked"}))
    assert client.get(reading(page)).status_code == 404


def test_a_draft_and_an_embargo_are_not_there(client, boss):
    draft, held = decided("One."), decided("Two.")
    publishing.publish(held, by=boss, embargo_until=timezone.now() + timedelta(hours=1))

    for page in (draft, held):
        nothing = client.get("/verifications/no-such-page/")
        answer = client.get(address(page))
        assert answer.status_code == 404
        assert answer.content == nothing.content
        assert client.get(reading(page)).status_code == 404


def test_an_embargo_ends_by_itself(client, boss, monkeypatch):
    now = timezone.now()
    page = decided()
    publishing.publish(page, by=boss, embargo_until=now + timedelta(hours=1))
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))

    assert client.get(address(page)).status_code == 200
    assert client.get(reading(page)).status_code == 200


# The article


def test_the_article_shows_its_published_passages_and_no_others(client, editor):
    edition = make.edition("It is round. It is old. It is red.", by=editor)
    page = published("It is round.", by=editor, edition=edition)
    make.claim("It is old.", by=editor, edition=edition)
    make.claim("It is red.", by=editor, edition=edition, status=ClaimStatus.DECIDED)

    body = client.get(reading(page)).content.decode()

    marks = re.findall(r"<mark.*?</mark>", body)
    assert len(marks) == 1
    assert "It is round." in marks[0]
    assert f'href="{address(page)}"' in marks[0]
    assert f'id="{page.slug}"' in marks[0]
    assert "It is old. It is red." in body


def test_every_id_on_the_article_is_there_once(client, editor):
    edition = make.edition("It is as round as a ball.", by=editor)
    for quote in ("round as a ball", "as round", "as round as"):
        page = published(quote, by=editor, edition=edition)

    ids = re.findall(r' id="([^"]*)"', client.get(reading(page)).content.decode())

    assert len(ids) == len(set(ids))
    assert set(FactCheck.objects.values_list("slug", flat=True)) <= set(ids)


# The method, and nothing


def test_the_method_page_explains_each_rating_and_the_policies(client):
    make.ratings()
    make.newsroom(
        method_fr="Deux relecteurs.",
        method_en="Two reviewers.",
        corrections_fr="Nous corrigeons.",
        funding_fr="Nos lecteurs.",
    )

    french, english = text(client.get("/methode/")), text(client.get("/en/methode/"))

    assert "Deux relecteurs." in french
    assert "Two reviewers." in english
    assert "What imprecise means." in english
    # Where there is no translation, the original is better than nothing.
    assert "Nous corrigeons." in english
    assert "Nos lecteurs." in english


def test_an_address_that_leads_nowhere_has_a_page_of_ours(client):
    make.newsroom()

    for path in ("/nulle-part/", "/verifications/x/", "/articles/999/lecture/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "The Daily Check" in text(answer)
        assert not answer.cookies
    assert "There is no such page" in text(client.get("/en/nowhere/"))
