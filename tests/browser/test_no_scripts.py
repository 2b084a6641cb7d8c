"""The desk where scripts do not run: nothing is shown that does nothing."""

import pytest
from playwright.sync_api import expect

from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_dead_is_shown(open_as, editor):
    claim = make.claim(by=editor)
    article = claim.appearances.get().edition.article
    address = f"{article.get_absolute_url()}?claim={claim.pk}"
    page = open_as(editor, address, java_script_enabled=False)

    expect(page.locator("#show-keys")).to_be_hidden()
    expect(page.locator("#toolbar")).to_be_hidden()
    expect(page.locator(".unsaved:visible, .refusal:visible")).to_have_count(0)
    expect(page.get_by_text("Press + after a sentence")).to_be_visible()
    expect(page.get_by_text("Select the words that claim")).to_be_hidden()

    scripted = open_as(editor, address)
    expect(scripted.locator("#show-keys")).to_be_visible()
    expect(scripted.get_by_text("Select the words that claim")).to_be_visible()
    expect(scripted.get_by_text("Press + after a sentence")).to_be_hidden()


def test_a_source_is_found_again(open_as, editor):
    make.evidence(make.claim(by=editor), title="The great report")
    claim = make.claim(by=editor)
    page = open_as(editor, claim.get_absolute_url(), java_script_enabled=False)

    page.get_by_text("Attach a source", exact=True).click()
    page.locator("#find-source").fill("great")
    page.locator(".attach").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Attach it to the claim").click()
    page.locator("#attach-excerpt").fill("It is cheese.")
    page.get_by_role("button", name="Attach", exact=True).click()

    expect(page.locator("#messages")).to_contain_text("The source is attached.")
    expect(page.locator(".evidence blockquote")).to_have_text("It is cheese.")


def test_words_that_stand_twice_are_asked_for_again(open_as, editor):
    edition = make.edition("One thing. Two things. Two things.", by=editor)
    address = edition.article.get_absolute_url()
    page = open_as(editor, address, java_script_enabled=False)

    page.get_by_text("Make a claim of exact words").click()
    page.locator("#exact-quote").fill("Two things")
    page.locator(".exact button").click()
    expect(page.locator("#exact-error")).to_contain_text("2 times")
    expect(page.locator("#exact-quote")).to_have_value("Two things")
    page.locator("#exact-before").fill("Two things.")
    page.locator(".exact button").click()

    expect(page.locator("#messages")).to_contain_text("A claim was made")
    expect(page.locator("#panel .quote")).to_contain_text("Two things")
