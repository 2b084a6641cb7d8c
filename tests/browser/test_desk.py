"""The desk, by mouse and by keyboard, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from annotations.highlighting import highlight
from annotations.models import Appearance, Claim, ClaimStatus
from tests import make
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = (
    "Elle a dit « C’est faux\u202f! » 👍🏽 puis 98\u202f% des recettes. "
    "Un investissement de 14,3\u00a0milliards de dollars (!) dans cette start-up. "
    "Oui, c’est vrai. Oui, c’est vrai. Le cafe\u0301 co\u00fbte cher.\n\n"
    "Un second paragraphe <b>hostile</b> & 🇫🇷 👩🏽 fin. Et co\u00adupé ici."
)

FIND = """([words, nth]) => {
  const walker = document.createTreeWalker(document.querySelector("#reader"), NodeFilter.SHOW_TEXT);
  let node, seen = 0;
  while ((node = walker.nextNode())) {
    if (node.parentElement.closest(".flag, .take")) continue;
    for (let at = node.data.indexOf(words); at >= 0; at = node.data.indexOf(words, at + 1)) {
      if (seen++ !== nth) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      node.parentElement.scrollIntoView({ block: "center" });
      const boxes = [...range.getClientRects()];
      const [first, last] = [boxes[0], boxes.at(-1)];
      return [first.left, (first.top + first.bottom) / 2, last.right, (last.top + last.bottom) / 2];
    }
  }
}"""


def drag(page: Page, words: str, nth: int = 0) -> None:
    """Select the words with the mouse, from their first character to their last."""
    left, top, right, bottom = page.evaluate(FIND, [words, nth])
    page.mouse.move(left + 0.5, top)
    page.mouse.down()
    page.mouse.move(right - 0.5, bottom, steps=4)
    page.mouse.up()
    expect(page.locator("#toolbar")).to_be_visible()


def make_claim(page: Page) -> None:
    page.locator("#make").click()
    expect(page.locator("#claim-text")).to_be_visible()
    expect(page.locator("#toolbar")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "nth"),
    [
        ("investissement de 14,3\u00a0milliards de dollars (!)", 0),
        ("« C’est faux\u202f! »", 0),
        ("👍🏽", 0),
        ("98\u202f%", 0),
        ("Oui, c’est vrai.", 1),
        ("caf\u00e9 co\u00fbte", 0),
        ("<b>hostile</b> & 🇫🇷 👩🏽", 0),
        ("coupé", 0),
    ],
)
def test_a_mouse_selects_exactly_these_words(open_as, editor, words, nth):
    edition = make.edition(HOSTILE, by=editor)
    page = open_as(editor, edition.get_absolute_url())

    drag(page, words, nth=nth)
    make_claim(page)

    appearance = Appearance.objects.get()
    assert appearance.quote == words
    before = -1
    for _ in range(nth + 1):
        before = edition.text.index(words, before + 1)
    assert appearance.start == before
    expect(page.locator(f"#p-{appearance.claim_id}-{appearance.start}")).to_be_visible()


def test_the_toolbar_waits_until_the_mouse_has_selected(open_as, editor):
    edition = make.edition(HOSTILE, by=editor)
    page = open_as(editor, edition.get_absolute_url())
    left, top, right, bottom = page.evaluate(FIND, ["98\u202f% des recettes", 0])

    page.mouse.move(left + 0.5, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, bottom, steps=4)
    page.wait_for_timeout(300)
    expect(page.locator("#toolbar")).to_be_hidden()
    page.mouse.move(right - 0.5, bottom, steps=4)
    page.mouse.up()
    make_claim(page)

    assert Appearance.objects.get().quote == "98\u202f% des recettes"


def test_a_selection_over_two_paragraphs_is_one_passage(open_as, editor):
    edition = make.edition(HOSTILE, by=editor)
    page = open_as(editor, edition.get_absolute_url())

    page.evaluate(
        """() => {
          const [one, two] = document.querySelectorAll("#reader .block");
          const from = document.createTreeWalker(one.querySelector(".s:last-of-type"), NodeFilter.SHOW_TEXT).nextNode();
          const to = document.createTreeWalker(two, NodeFilter.SHOW_TEXT).nextNode();
          getSelection().setBaseAndExtent(from, 3, to, "Un second".length);
        }"""
    )
    make_claim(page)

    assert Appearance.objects.get().quote == "café coûte cher.\n\nUn second"
    assert page.locator("mark").count() == 2


def test_nested_passages_can_each_be_reached(open_as, editor):
    edition = make.edition(
        "Wang leads after an investment of 14 billion there.", by=editor
    )
    outer = highlight(edition, make.span(edition, edition.text), by=editor).claim
    inner = highlight(edition, make.span(edition, "14 billion"), by=editor).claim
    page = open_as(editor, edition.get_absolute_url())

    left, top, right, _ = page.evaluate(FIND, ["14 billion", 0])
    page.mouse.click((left + right) / 2, top)
    expect(page.locator("#several a")).to_have_count(2)
    page.locator(f"#several a[href='?claim={inner.pk}']").click()

    expect(page.locator("#panel")).to_have_attribute("data-claim", str(inner.pk))
    page.locator(f"#p-{outer.pk}-0").click()
    expect(page.locator("#panel")).to_have_attribute("data-claim", str(outer.pk))


def test_words_that_are_a_claim_already_open_it(open_as, editor):
    edition = make.edition(by=editor)
    claim = highlight(edition, make.span(edition, "It is round."), by=editor).claim
    page = open_as(editor, edition.get_absolute_url())

    page.evaluate(
        "getSelection().selectAllChildren(document.querySelectorAll('.s')[1])"
    )
    make_claim(page)

    expect(page.locator("#panel")).to_have_attribute("data-claim", str(claim.pk))
    expect(page.locator("#notice")).to_contain_text("are a claim already")
    assert Claim.objects.count() == 1


def test_the_whole_desk_by_keyboard(open_as, editor):
    edition = make.edition("One thing. Two things are there.", by=editor)
    page = open_as(editor, edition.get_absolute_url())

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text("Two things are there.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#toolbar")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator("#claim-text")).to_be_visible()
    expect(page.locator(":focus")).to_have_class("s")
    page.keyboard.press("e")
    page.keyboard.type("There are two.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel-title")).to_have_text("There are two.")

    claim = Claim.objects.get()
    assert claim.statement == "There are two."
    assert claim.appearances.get().quote == "Two things"
    page.keyboard.press("Escape")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_quick_keys_take_the_words_selected_now(open_as, editor):
    edition = make.edition("One thing. Two things are there.", by=editor)
    page = open_as(editor, edition.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("j")

    page.evaluate(
        """() => {
            const press = (key, shiftKey) => document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
            press("ArrowRight");
            press("ArrowRight", true);
            press("c");
        }"""
    )

    expect(page.locator("#claim-text")).to_be_visible()
    assert Claim.objects.get().appearances.get().quote == "Two things"


def test_a_fresh_highlight_is_undone_by_one_key(open_as, editor):
    edition = make.edition(by=editor)
    page = open_as(editor, edition.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("#claims .card")).to_have_count(1)
    expect(page.locator("#claim-text")).to_be_visible()

    page.keyboard.press("u")

    expect(page.locator("#claims .card")).to_have_count(0)
    expect(page.locator("mark")).to_have_count(0)
    assert not Claim.objects.exists()


def test_the_address_bar_is_shared_and_back_works(open_as, editor):
    edition = make.edition(by=editor)
    one = highlight(edition, make.span(edition, "The moon"), by=editor).claim
    two = highlight(edition, make.span(edition, "round"), by=editor).claim
    page = open_as(editor, edition.get_absolute_url())

    page.locator(f"#card-{one.pk} a").click()
    expect(page.locator("#panel-title")).to_be_focused()
    page.locator(f"#card-{two.pk} a").click()
    expect(page.locator("#panel")).to_have_attribute("data-claim", str(two.pk))
    assert f"claim={two.pk}" in page.url
    page.go_back()
    expect(page.locator("#panel")).to_have_attribute("data-claim", str(one.pk))
    page.reload()
    expect(page.locator("#panel")).to_have_attribute("data-claim", str(one.pk))
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_class("s")


def test_a_source_used_before_fills_in_the_form(open_as, editor):
    other = make.claim(by=editor)
    make.evidence(other, title="The great report", publisher="Institute of Cheese")
    claim = make.claim("The moon is cheese.", by=editor)
    page = open_as(editor, claim.get_absolute_url())

    page.get_by_text("Attach a source", exact=True).click()
    page.locator("#find-source").press_sequentially("great rep")
    page.get_by_role("button", name="The great report").click()
    expect(page.locator("#attach-publisher")).to_have_value("Institute of Cheese")
    page.locator("#attach-excerpt").fill("It is cheese.")
    page.get_by_role("button", name="Attach", exact=True).click()

    expect(page.locator(".evidence blockquote")).to_have_text("It is cheese.")
    piece = claim.evidence.get()
    assert piece.source == other.evidence.get().source


def test_a_session_that_ran_out_loses_no_text(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, claim.get_absolute_url())
    page.locator("#claim-statement").fill(
        "A long statement, hardly to be written twice."
    )
    session = [c for c in page.context.cookies() if c["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")

    page.locator("#claim-text button.primary").click()
    expect(page.locator("#problem a[href*=login]")).to_be_visible()
    expect(page.locator("#claim-statement")).to_have_value(
        "A long statement, hardly to be written twice."
    )
    page.context.add_cookies(session)
    page.locator("#claim-text button.primary").click()

    expect(page.locator("#claim-text .saved")).to_be_visible()
    claim.refresh_from_db()
    assert claim.statement.startswith("A long statement")


def test_two_people_save_one_claim_and_both_texts_are_there(open_as, editor):
    colleague = make.editor()
    claim = make.claim(by=editor)
    mine = open_as(editor, claim.get_absolute_url())
    theirs = open_as(colleague, claim.get_absolute_url())
    theirs.locator("#claim-statement").fill("What the colleague wrote.")
    theirs.locator("#claim-text button.primary").click()
    expect(theirs.locator("#claim-text .saved")).to_be_visible()

    mine.locator("#claim-statement").fill("What I wrote.")
    mine.locator("#claim-text button.primary").click()

    expect(mine.locator(".conflict")).to_contain_text("What the colleague wrote.")
    expect(mine.locator(".conflict")).to_be_focused()
    expect(mine.locator("#claim-statement")).to_have_value("What I wrote.")
    mine.locator("#claim-text button.primary").click()
    expect(mine.locator("#claim-text .saved")).to_be_visible()
    claim.refresh_from_db()
    assert claim.statement == "What I wrote."


def test_a_step_changes_the_passage_in_colour_and_icon(open_as, editor):
    edition = make.edition(by=editor)
    claim = make.claim("It is round.", by=editor, edition=edition, statement="Round.")
    make.evidence(claim)
    page = open_as(editor, f"{edition.get_absolute_url()}&claim={claim.pk}")

    page.get_by_role("button", name="Send to review").click()

    expect(page.locator("mark.in_review .flag.in_review")).to_have_count(1)
    expect(page.locator(f"#card-{claim.pk} .state")).to_have_text("In review")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.IN_REVIEW


def test_everything_works_without_javascript(open_as, editor):
    edition = make.edition("One thing. Two things. Two things.", by=editor)
    page = open_as(editor, edition.get_absolute_url(), java_script_enabled=False)

    page.locator(".take").first.click()
    assert page.url.endswith("#panel")
    expect(page.locator("#panel .quote")).to_contain_text("One thing.")
    page.locator("#claim-statement").fill("It is one.")
    page.locator("#claim-text button.primary").click()
    expect(page.locator("#panel-title")).to_have_text("It is one.")
    page.get_by_text("Make a claim of exact words").click()
    page.locator("#exact-quote").fill("Two things")
    page.locator("#exact-before").fill("Two things.")
    page.locator(".exact button").click()

    last = Appearance.objects.order_by("pk").last()
    assert (last.quote, last.start) == ("Two things", 23)


def test_a_phone_shows_the_toolbar_at_its_foot(open_as, editor):
    edition = make.edition(by=editor)
    page = open_as(editor, edition.get_absolute_url(), viewport=NARROW, has_touch=True)

    page.locator(".s").first.tap()
    expect(page.locator("#toolbar")).to_be_visible()
    make_claim(page)

    assert Appearance.objects.get().quote == "The moon is made of cheese."
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
