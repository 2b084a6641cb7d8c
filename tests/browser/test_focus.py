"""Where the person stands after each deed: in view, and with the focus."""

import pytest
from playwright.sync_api import Page, expect

from annotations.highlighting import highlight
from annotations.models import Appearance, Claim
from tests import make
from tests.browser.conftest import NARROW
from tests.browser.test_desk import FIND, drag

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": NARROW, "has_touch": True}
LONG = "\n\n".join(
    f"Paragraph number {number} says something at some length, and then more of it."
    for number in range(60)
)


def is_in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return 0 <= box["y"] < page.viewport_size["height"] - 20


def long_claim(editor, number: int) -> Claim:
    edition = make.edition(LONG, by=editor)
    span = make.span(edition, f"number {number} says")
    return highlight(edition, span, by=editor).claim


def double_click(page: Page, words: str) -> None:
    left, top, right, _ = page.evaluate(FIND, [words, 0])
    page.mouse.dblclick((left + right) / 2, top, delay=20)


def selected(page: Page) -> str:
    return page.evaluate("getSelection().toString()").strip()


def test_on_a_phone_a_new_claim_comes_to_the_reader(open_as, editor):
    edition = make.edition(LONG, by=editor)
    page = open_as(editor, edition.article.get_absolute_url(), **PHONE)

    page.locator(".s").nth(5).tap()
    page.locator("#make").tap()

    expect(page.locator("#claim-text")).to_be_visible()
    expect(page.locator("#panel-title")).to_be_focused()
    assert is_in_view(page, "#notice") and is_in_view(page, "#panel-title")
    page.get_by_role("link", name="Back to the words").tap()
    expect(page.locator("mark .flag")).to_be_focused()
    assert is_in_view(page, "mark")
    page.locator("mark").tap()
    expect(page.locator("#panel-title")).to_be_focused()
    assert is_in_view(page, "#panel-title")
    page.get_by_role("button", name="Undo this highlight").tap()
    expect(page.locator("mark")).to_have_count(0)
    assert is_in_view(page, ".block:has-text('number 5 says')")


def test_on_a_phone_a_shared_address_shows_its_claim(open_as, editor):
    claim = long_claim(editor, 40)
    address = f"{claim.appearances.get().edition.article.get_absolute_url()}?claim="

    page = open_as(editor, f"{address}{claim.pk}", **PHONE)

    expect(page.locator("#panel-title")).to_be_in_viewport()


@pytest.mark.parametrize("way", ["address", "card"])
def test_a_claim_that_is_opened_brings_its_passage_into_view(open_as, editor, way):
    claim = long_claim(editor, 40)
    address = claim.appearances.get().edition.article.get_absolute_url()
    page = open_as(editor, address + (f"?claim={claim.pk}" if way == "address" else ""))
    if way == "card":
        page.locator(f"#card-{claim.pk} a").click()

    expect(page.locator("mark.current")).to_be_in_viewport()
    expect(page.locator("#panel-title")).to_be_in_viewport()


def test_a_passage_in_view_does_not_move(open_as, editor):
    claim = long_claim(editor, 9)
    page = open_as(editor, claim.appearances.get().edition.article.get_absolute_url())
    page.mouse.wheel(0, 100)
    page.wait_for_function("scrollY === 100")

    page.locator(f"#card-{claim.pk} a").click()
    expect(page.locator("#panel-title")).to_be_focused()

    assert page.evaluate("scrollY") == 100


@pytest.mark.parametrize("place", ["plain words", "a passage"])
def test_a_double_click_selects_the_word(open_as, editor, place):
    edition = make.edition("One thing is so. Another is different.", by=editor)
    if place == "a passage":
        highlight(edition, make.span(edition, "Another is different"), by=editor)
    page = open_as(editor, edition.article.get_absolute_url())

    double_click(page, "different")
    expect(page.locator("#toolbar")).to_be_visible()
    page.wait_for_timeout(500)  # the time in which a single click would have acted

    assert selected(page) == "different"
    expect(page.locator("#panel")).not_to_have_attribute("data-claim", "1")
    page.locator("#make").click()
    expect(page.locator("#claim-text")).to_be_visible()
    assert Appearance.objects.order_by("pk").last().quote == "different"


def test_a_single_click_selects_the_sentence(open_as, editor):
    edition = make.edition("One thing is so. Another is different.", by=editor)
    page = open_as(editor, edition.article.get_absolute_url())

    page.locator(".s").first.click()

    expect(page.locator("#toolbar")).to_be_visible()
    assert selected(page) == "One thing is so."


def test_a_quick_second_click_makes_no_second_claim(open_as, editor):
    edition = make.edition(by=editor)
    page = open_as(editor, edition.article.get_absolute_url())
    drag(page, "The moon")

    page.locator("#make").dblclick()

    expect(page.locator("#claim-text")).to_be_visible()
    expect(page.locator("#notice")).to_have_text("A claim was made of these words.")
    expect(page.get_by_role("button", name="Undo this highlight")).to_have_count(1)
    assert Claim.objects.count() == 1


def test_a_mouse_highlight_leads_to_its_claim(open_as, editor):
    edition = make.edition(by=editor)
    page = open_as(editor, edition.article.get_absolute_url())
    drag(page, "The moon")

    page.locator("#make").click()

    expect(page.locator("#claim-text")).to_be_visible()
    expect(page.locator("#panel-title")).to_be_focused()


def test_what_was_said_of_a_deed_goes_with_the_next(open_as, editor):
    edition = make.edition(by=editor)
    other = make.claim("It is round.", by=editor, edition=edition)
    page = open_as(editor, edition.article.get_absolute_url())
    drag(page, "The moon")
    page.locator("#make").click()
    expect(page.locator("#notice")).to_contain_text("A claim was made")
    expect(page.locator("#claim-text")).to_be_visible()

    page.locator(f"#card-{other.pk} a").click()

    expect(page.locator("#panel")).to_have_attribute("data-claim", str(other.pk))
    expect(page.locator("#notice")).to_be_empty()


def test_add_to_the_open_claim_needs_an_open_claim(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, claim.appearances.get().edition.article.get_absolute_url())

    drag(page, "Before")
    expect(page.locator("#add")).to_be_hidden()
    page.locator(f"#card-{claim.pk} a").click()
    expect(page.locator("#claim-text")).to_be_visible()
    drag(page, "After")

    expect(page.locator("#add")).to_be_visible()


def test_the_focus_stays_with_the_evidence(open_as, editor):
    claim = make.claim(by=editor)
    pieces = [make.evidence(claim) for _ in range(2)]
    page = open_as(editor, claim.get_absolute_url())
    page.on("dialog", lambda dialog: dialog.accept())

    up = page.locator(f"#up-{pieces[1].pk}")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence > li").first).to_have_id(f"evidence-{pieces[1].pk}")
    expect(up).to_be_focused()
    detach = page.locator(f"#evidence-{pieces[0].pk}").get_by_role("button")
    detach.last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence > li")).to_have_count(1)
    expect(page.locator("summary", has_text="Attach a source")).to_be_focused()

    page.keyboard.press("Enter")
    page.locator("#attach-title").fill("A report")
    page.locator("#attach-publisher").fill("An institute")
    page.locator("#attach-form button.primary").click()
    expect(page.locator(".evidence > li")).to_have_count(2)
    expect(page.locator("summary", has_text="Attach a source")).to_be_focused()


def test_the_first_field_with_a_fault_has_the_focus(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, claim.get_absolute_url())
    page.get_by_text("Attach a source", exact=True).click()
    page.locator("#attach-title").fill("A report")
    page.locator("#attach-publisher").fill("An institute")
    page.locator("#attach-address").fill("not an address")

    page.locator("#attach-form button.primary").click()

    expect(page.locator(".faulty #attach-address")).to_be_focused()
    page.goto("/articles/new/")
    page.get_by_role("button", name="Add the article").click()
    expect(page.locator(".faulty [name=headline]")).to_be_focused()


def test_after_a_step_the_focus_is_on_the_claim(open_as, editor):
    claim = make.claim(by=editor, statement="It is round.")
    make.evidence(claim)
    page = open_as(editor, claim.get_absolute_url())

    page.get_by_role("button", name="Send to review").click()

    expect(page.locator("#claim-head .state")).to_have_text("In review")
    expect(page.locator("#panel-title")).to_be_focused()


def test_a_resized_field_is_saved_without_a_policy_report(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, claim.get_absolute_url())
    statement = page.locator("#claim-statement")
    statement.evaluate("(field) => { field.style.height = '222px'; }")
    statement.fill("It is round.")

    page.locator("#claim-text button.primary").click()

    expect(page.locator("#claim-text .saved")).to_be_visible()
    # `open_as` fails the test on a report; the field stays as tall as it was pulled.
    expect(statement).to_have_css("height", "222px")


def test_the_keys_are_shown_from_their_title_on(open_as, editor):
    page = open_as(editor, make.article(by=editor).get_absolute_url())

    page.keyboard.press("?")

    expect(page.locator("#keys-title")).to_be_focused()
