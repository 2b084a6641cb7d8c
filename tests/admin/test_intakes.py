"""What comes in, in the administration: read there, and feeds corrected."""

import pytest

from annotations import receiving
from annotations.models import Feed, Intake, IntakeStatus
from annotations.recognising import article_at
from tests import make

pytestmark = pytest.mark.django_db


def test_what_came_in_is_found_and_read(browser):
    intake = make.intake(
        headline="Night trains", status=IntakeStatus.FAILED, problem="fetch:timeout"
    )

    found = browser.get("/admin/annotations/intake/?q=trains")
    page = browser.get(f"/admin/annotations/intake/{intake.pk}/change/")

    assert "Night trains" in found.text
    assert "The site took too long to answer." in page.text
    assert 'name="headline"' not in page.text


def test_nobody_changes_what_came_in(browser):
    intake = make.intake()

    answer = browser.post(
        f"/admin/annotations/intake/{intake.pk}/change/", {"headline": "Other"}
    )

    assert answer.status_code == 403
    assert Intake.objects.get().headline != "Other"


def test_a_feed_at_another_address_begins_anew(browser):
    feed = make.feed(etag='"v1"', failures=2, problem="fetch:timeout")
    address = f"/admin/annotations/feed/{feed.pk}/change/"
    assert "The site took too long to answer." in browser.get(address).text

    browser.post(
        address,
        {
            "title": "Renamed",
            "address": "https://other.example/feed",
            "language": "fr",
            "is_active": "on",
        },
    )

    feed = Feed.objects.get()
    assert (feed.title, feed.etag, feed.failures) == ("Renamed", "", 0)


def test_an_article_is_recognised_at_the_address_it_was_given(browser):
    article = make.article(address="https://paper.example/old")
    fields = {
        "headline": article.headline,
        "address": "https://paper.example/new",
        "language": "en",
        "editions-TOTAL_FORMS": 0,
        "editions-INITIAL_FORMS": 0,
        "addresses-TOTAL_FORMS": 0,
        "addresses-INITIAL_FORMS": 0,
    }

    browser.post(f"/admin/annotations/article/{article.pk}/change/", fields)

    assert article_at(["https://amp.paper.example/new"]) == article
    assert article_at(["https://amp.paper.example/old"]) == article
    page = browser.get(f"/admin/annotations/article/{article.pk}/change/")
    assert "https://paper.example/old" in page.text


def test_the_settled_are_listed_with_who_settled_them(browser, editor):
    intake = make.intake()
    receiving.dismiss(intake, by=editor, reason="Not ours.")

    page = browser.get(f"/admin/annotations/intake/{intake.pk}/change/")

    assert "Not ours." in page.text
