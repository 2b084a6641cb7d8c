import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from annotations import publishing, reviewing, workflow
from annotations.models import ClaimStatus, FactCheck, Rating, User
from tests import make
from tests.views.readers import (
    HOSTILE,
    JSON_LD,
    address,
    every_page,
    published,
    reading,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return make.moderator("boss")


def test_hostile_words_are_only_words(client, editor, boss):
    make.newsroom(name=f"News {HOSTILE}", method_fr=HOSTILE, method_en=HOSTILE)
    edition = make.edition(
        f"Before. Round {HOSTILE} moon. After.",
        by=editor,
        headline=f"Head {HOSTILE}",
        byline=f"By {HOSTILE}",
        outlet=f"Out {HOSTILE}",
    )
    claim = make.claim(
        f"Round {HOSTILE} moon.",
        by=editor,
        edition=edition,
        statement=f"Said {HOSTILE}",
        claimant=f"Ada {HOSTILE}",
    )
    for number in range(2):
        make.evidence(
            claim,
            by=editor,
            excerpt=f"Excerpt {HOSTILE}",
            title=f"Source {HOSTILE}",
            publisher=f"Publisher {number} {HOSTILE}",
        )
    workflow.move(claim, ClaimStatus.IN_REVIEW, by=editor)
    Rating.objects.update(label_fr=f"Vrai {HOSTILE}"[:60], definition_fr=HOSTILE)
    for _ in range(2):
        reviewing.give_verdict(
            claim, make.ratings()["true"], reason="Yes.", by=make.reviewer()
        )
    claim.refresh_from_db()
    page = make.factcheck(
        claim,
        by=editor,
        title=f"Round {HOSTILE}",
        summary=f"Summary {HOSTILE}",
        body=HOSTILE,
        exception=f"Exception {HOSTILE}",
    )
    make.newsroom(name=f"News {HOSTILE}")
    publishing.publish(page, by=boss)

    for path in every_page(page):
        body = client.get(path).content.decode()
        assert "<b>" not in body
        assert "<!--" not in body
        assert "alert(1)</script>" not in body
        scripts = re.findall(r"<script[^>]*>", body)
        assert scripts in ([], ['<script type="application/ld+json">'])
    [script] = JSON_LD.findall(client.get(address(page)).content.decode())
    assert json.loads(script)["claimReviewed"] == f"Said {HOSTILE}"

    publishing.retract(page, reason=f"Why {HOSTILE}", by=boss)
    assert b"<b>" not in client.get(address(page)).content


def test_every_page_may_be_kept_by_a_proxy_and_asked_for_again(client):
    for path in every_page(published()):
        answer = client.get(path)
        again = client.get(path, headers={"If-None-Match": answer["ETag"]})

        assert answer["Cache-Control"].startswith("public, max-age=10, s-maxage=30")
        assert again.status_code == 304
        assert not again.content


def test_a_page_that_changed_is_sent_again(client):
    published()
    old = client.get("/")
    published()

    assert client.get("/", headers={"If-None-Match": old["ETag"]}).status_code == 200


def test_strangers_get_no_cookie_and_all_the_same_page(client, boss):
    page = published()
    gone = published("Gone.")
    publishing.retract(gone, reason="Wrong.", by=boss)
    staff = Client()
    staff.force_login(boss)

    for path in [*every_page(page), address(gone), "/verifications/x/"]:
        answer = client.get(path, headers={"Accept-Language": "en"})
        assert not answer.cookies
        assert "Vary" not in answer
        assert staff.get(path).content == answer.content


def test_nothing_of_the_newsroom_leaks(client, editor):
    edition = make.edition("It is round. It is old.", by=editor)
    page = published("It is round.", by=editor, edition=edition, note="Secret note.")
    draft = make.claim(
        "It is old.",
        by=editor,
        edition=edition,
        statement="Secret statement",
        claimant="Secret claimant",
        note="Secret note",
        status=ClaimStatus.IN_REVIEW,
    )
    make.factcheck(draft, title="Secret title", summary="Secret summary")

    for path in [*every_page(page), "/en/?q=secret", "/verifications/secret-title/"]:
        body = client.get(path).content.decode().lower()
        assert "secret" not in body.replace("q=secret", "").replace(
            'value="secret"', ""
        ).replace("“secret”", "")
        assert "claims/" not in body
        assert "we saw it." not in body


def test_pages_ask_the_same_few_questions_however_long(
    client, editor, django_assert_num_queries
):
    words = [f"Claim number {index}." for index in range(20)]
    edition = make.edition(" ".join(words), by=editor)
    for number in (3, 20):
        done = FactCheck.objects.count()
        for quote in words[done:number]:
            page = published(quote, by=editor, edition=edition)
        # One of them is for the newsroom.
        for path, questions in (
            ("/", 2),
            ("/?q=more", 2),
            # Whether the article has changed since is asked anew each time.
            (address(page), 3),
            (reading(page), 5),
            ("/methode/", 2),
        ):
            with django_assert_num_queries(questions):
                assert client.get(path).status_code == 200


def test_each_page_names_itself_in_both_languages(client):
    page = published()

    for path in ("/", "/?q=round", address(page), reading(page), "/methode/"):
        french, english = client.get(path).content, client.get(f"/en{path}").content
        here, there = f"https://factcheck.example{path}", f"/en{path}"
        for body in (french, english):
            body = body.decode()
            assert f'hreflang="fr" href="{here}"' in body
            assert f'hreflang="en" href="https://factcheck.example{there}"' in body
            assert f'hreflang="x-default" href="{here}"' in body
        assert b'<html lang="fr">' in french
        assert b'<html lang="en">' in english
        assert f'<a href="{there}" lang="en" hreflang="en">'.encode() in french
        assert f'<a href="{path}" lang="fr" hreflang="fr">'.encode() in english


def test_words_bear_the_language_they_are_in(client):
    edition = make.edition("Vorher. Sie ist rund. Nachher.", language="en")
    page = published("Sie ist rund.", edition=edition)

    detail = client.get(f"/en{address(page)}").content.decode()
    article = client.get(reading(page)).content.decode()

    assert f'<h1 lang="fr">{page.title}</h1>' in detail
    assert '<blockquote lang="en"><p>Sie ist rund.' in detail
    # Nobody said in which language a source is.
    assert '<blockquote lang=""><p>Indeed.' in detail
    assert '<div class="text" lang="en">' in article


def test_readers_cannot_send_anything(client):
    page = published()

    for path in every_page(page):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


class Nesting(HTMLParser):
    """Whether every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_page_is_well_formed(client):
    page = published()

    for path in every_page(page):
        nesting = Nesting()
        nesting.feed(client.get(path).content.decode())
        assert nesting.open == []
