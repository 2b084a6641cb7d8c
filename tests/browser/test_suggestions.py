"""Suggestions on the desk, by keyboard, by mouse and without scripts, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotations.models import Claim, Edition, Suggestion
from annotations.suggesting import suggest
from tests import make
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_accessibility import RULES
from tests.browser.test_desk import drag

pytestmark = pytest.mark.django_db(transaction=True)

DEBT = "The debt is 3 billion."
PRICES = "Prices rose by 12%."
JOBS = "According to Ann Little, 40,000 jobs were lost."
TEXT = f"The sun came up. {DEBT} It rained. {PRICES}\n\nNobody knew. {JOBS} Silence."


@pytest.fixture
def edition(editor):
    made = make.edition(TEXT, by=editor)
    for rank, quote in enumerate([JOBS, DEBT, PRICES], start=1):
        make.suggestion(quote, edition=made, rank=rank)
    return made


def state(quote):
    return Suggestion.objects.get(quote=quote).state


def focused(page, words):
    expect(page.locator("#reader :focus")).to_contain_text(words)


def test_suggestions_are_answered_by_one_key_each(open_as, editor, edition):
    page = open_as(editor, edition.get_absolute_url())

    page.keyboard.press("a")
    focused(page, DEBT)
    assert state(DEBT) == "waiting"
    page.keyboard.press("a")
    focused(page, PRICES)
    expect(page.locator("#claim-statement")).to_have_value(DEBT)
    expect(page.locator("mark")).to_contain_text(DEBT)
    expect(page.locator("#suggestion-count")).to_have_text("2")
    expect(page.locator(".suggestion")).to_have_count(2)
    focused(page, PRICES)
    page.keyboard.press("x")
    expect(page.locator("#notice")).to_contain_text("The suggestion is rejected.")
    expect(page.locator(".s.suggested")).to_have_count(1)
    focused(page, JOBS)
    page.keyboard.press("a")
    expect(page.locator("#claim-claimant")).to_have_value("Ann Little")
    expect(page.get_by_text("None waits for an answer.")).to_be_visible()

    assert [state(one) for one in (DEBT, PRICES, JOBS)] == [
        "accepted",
        "rejected",
        "accepted",
    ]
    expect(page.locator("#claims .card")).to_have_count(2)


def test_keys_pressed_in_a_row_answer_one_after_the_other(open_as, editor, edition):
    page = open_as(editor, edition.get_absolute_url())
    page.keyboard.press("g")

    page.evaluate(
        """() => ["a", "x", "a"].forEach((key) => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
    )

    expect(page.locator(".suggestion")).to_have_count(0)
    expect(page.locator("#claims .card")).to_have_count(2)
    expect(page.locator("#claim-statement")).to_have_count(1)
    assert [state(one) for one in (DEBT, PRICES, JOBS)] == [
        "accepted",
        "rejected",
        "accepted",
    ]


def test_the_answer_is_undone_by_one_key(open_as, editor, edition):
    page = open_as(editor, edition.get_absolute_url())
    page.keyboard.press("g")
    page.keyboard.press("x")
    expect(page.locator(".suggestion")).to_have_count(2)

    page.keyboard.press("u")
    expect(page.locator(".suggestion")).to_have_count(3)
    expect(page.locator(".s.suggested")).to_have_count(3)
    expect(page.locator(".cue")).to_have_count(3)
    assert state(DEBT) == "waiting"
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.keyboard.press("h")
    focused(page, DEBT)
    page.keyboard.press("a")
    expect(page.locator("#claim-statement")).to_have_value(DEBT)
    page.keyboard.press("u")
    expect(page.locator(".s.suggested")).to_have_count(3)
    expect(page.locator("mark")).to_have_count(0)

    assert not Claim.objects.exists()
    assert state(DEBT) == "waiting"


def test_a_button_hands_the_focus_on_to_that_of_the_next(open_as, editor, edition):
    page = open_as(editor, edition.get_absolute_url())

    page.locator(".suggestion", has_text=DEBT).get_by_text("Reject").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".suggestion")).to_have_count(2)
    expect(
        page.locator(".suggestion", has_text=PRICES).get_by_text("Reject")
    ).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".suggestion")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".suggestion")).to_have_count(0)

    expect(page.locator("#suggestions-title")).to_be_focused()
    assert {state(one) for one in (DEBT, PRICES, JOBS)} == {"rejected"}


def test_a_suggestion_of_the_list_leads_to_its_sentence(open_as, editor, edition):
    page = open_as(editor, edition.get_absolute_url())

    page.locator(".suggestion .words", has_text="jobs").click()

    focused(page, JOBS)


def test_they_come_while_words_are_selected_and_the_words_stay_selected(
    open_as, editor, settings
):
    edition = unread(make.edition(TEXT.replace("40,000", "Many"), by=editor))
    settings.FACTCHECK_DETECTOR = "tests.detecting.Figures"
    page = open_as(editor, edition.get_absolute_url())
    expect(page.locator("#suggestions")).to_contain_text("Looking for claims…")
    page.locator(".s", has_text="Silence.").click()
    page.locator("#make").click()
    expect(page.locator("#claim-text")).to_be_visible()
    expect(page.locator("#toolbar")).to_be_hidden()
    drag(page, "debt is")
    top = page.locator("#block-0").bounding_box()
    suggest.call(edition_id=edition.pk)

    expect(page.locator(".s.suggested .cue")).to_have_count(1)

    assert page.evaluate("getSelection().toString()") == "debt is"
    expect(page.locator("#toolbar")).to_be_visible()
    assert page.locator("#block-0").bounding_box() == top
    page.locator("#make").click()
    expect(page.locator("mark")).to_have_count(2)
    expect(page.locator("#panel .quote p")).to_have_text("debt is")
    expect(page.locator(".suggestion")).to_have_count(0)


def unread(edition):
    """Its next edition, of the same text, which no detector has read."""
    return Edition.objects.create(
        article=edition.article,
        number=edition.number + 1,
        text=edition.text,
        blocks=edition.blocks,
        sha256="0" * 64,
        retrieved_by=edition.retrieved_by,
    )


def test_suggestions_are_answered_and_hidden_without_javascript(
    open_as, editor, edition
):
    page = open_as(editor, edition.get_absolute_url(), java_script_enabled=False)

    page.locator(".suggestion", has_text=DEBT).get_by_text("Make a claim").click()
    expect(page.locator("#claim-statement")).to_have_value(DEBT)
    page.locator(".suggestion", has_text=PRICES).get_by_text("Reject").click()
    expect(page.locator("#messages")).to_contain_text("The suggestion is rejected.")
    expect(page.locator(".suggestion")).to_have_count(1)
    page.get_by_role("button", name="Hide suggestions").click()
    expect(page.locator(".suggestion, .s.suggested")).to_have_count(0)
    page.get_by_role("button", name="Show suggestions").click()

    expect(page.locator(".suggestion")).to_have_count(1)


def test_a_suggested_sentence_is_selected_without_its_label(open_as, editor, edition):
    page = open_as(editor, edition.get_absolute_url())

    page.locator(".s", has_text=PRICES).click()
    page.locator("#make").click()
    expect(page.locator("#claim-text")).to_be_visible()

    assert Claim.objects.get().appearances.get().quote == PRICES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
def test_axe_finds_nothing_on_a_desk_with_suggestions(
    open_as, editor, edition, scheme, viewport
):
    page = open_as(
        editor, edition.get_absolute_url(), color_scheme=scheme, viewport=viewport
    )
    expect(page.locator(".suggestion")).to_have_count(3)
    for _ in range(2):
        result = Axe().run(page, options=RULES)
        faults = [
            (f["id"], f["nodes"][0]["html"]) for f in result.response["violations"]
        ]
        assert faults == []
        assert (
            page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        )
        page.locator(".suggestion").first.get_by_text("Reject").click()
        expect(page.locator(".suggestion")).to_have_count(2)
