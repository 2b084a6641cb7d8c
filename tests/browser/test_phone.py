"""The desk at 360 px: little of it stands in the way of the text."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": NARROW, "has_touch": True, "is_mobile": True}


def height(page, selector: str) -> float:
    return page.locator(selector).bounding_box()["height"]


def test_the_top_of_the_page_is_two_lines(open_as):
    superuser = make.user("camille", is_superuser=True, is_staff=True, language="fr")
    page = open_as(superuser, make.article().get_absolute_url(), **PHONE)

    assert height(page, ".top") < 100
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    last = page.locator(".top nav a").last
    last.focus()
    expect(last).to_be_in_viewport()


def test_the_toolbar_is_two_rows_and_names_no_keys(open_as):
    editor = make.user("editor", "editors", language="fr")
    claim = make.claim(by=editor)
    article = claim.appearances.get().edition.article
    page = open_as(editor, f"{article.get_absolute_url()}?claim={claim.pk}", **PHONE)

    page.locator(".s").first.tap()

    expect(page.locator("#add")).to_be_visible()
    expect(page.locator("#toolbar kbd").first).to_be_hidden()
    assert height(page, "#toolbar") < 110


def test_what_a_verdict_is_about_has_the_width_of_the_page(open_as, reviewer):
    claim = make.claim(status="in_review")
    page = open_as(reviewer, claim.get_absolute_url(), **PHONE)

    assert page.locator(".facts dd").first.bounding_box()["width"] > 250


def test_the_material_of_a_fact_check_is_folded(open_as, editor):
    claim = make.claim(by=editor, status="decided")
    address = f"/claims/{claim.pk}/fact-check/"

    phone = open_as(editor, address, **PHONE)
    expect(phone.locator(".material blockquote").first).to_be_hidden()
    phone.locator("#material-title").tap()
    expect(phone.locator(".material blockquote").first).to_be_visible()

    wide = open_as(editor, address)
    expect(wide.locator(".material blockquote").first).to_be_visible()
