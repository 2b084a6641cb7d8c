"""What somebody has written is never lost without a word."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Claim, ClaimStatus
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

MINE = "A long statement, hardly to be written twice."


def on_the_desk(claim: Claim) -> str:
    edition = claim.appearances.get().edition
    return f"{edition.article.get_absolute_url()}?claim={claim.pk}"


def two_claims(editor):
    edition = make.edition(by=editor)
    one = make.claim("The moon", by=editor, edition=edition)
    return one, make.claim("It is round.", by=editor, edition=edition)


def open_card(page: Page, claim: Claim) -> None:
    page.locator(f"#card-{claim.pk} a").click()
    expect(page.locator("#panel")).to_have_attribute("data-claim", str(claim.pk))
    expect(page.locator("#claim-text")).to_be_visible()


def kept(page: Page) -> list[str]:
    keys = page.evaluate("Object.keys(sessionStorage)")
    return [key for key in keys if key.startswith("unsaved:")]


def test_a_statement_is_put_back_when_its_claim_is_opened_again(open_as, editor):
    one, other = two_claims(editor)
    page = open_as(editor, on_the_desk(one))
    expect(page.locator("#claim-text .unsaved")).to_be_hidden()
    page.locator("#claim-statement").fill(MINE)
    expect(page.locator("#claim-text .unsaved")).to_be_visible()

    open_card(page, other)
    expect(page.locator("#claim-statement")).to_have_value("")
    expect(page.locator(f"#card-{one.pk}")).to_have_attribute(
        "data-unsaved", "not saved yet"
    )
    page.locator("[data-close]").click()
    expect(page.locator("#claim-text")).to_have_count(0)
    open_card(page, one)

    expect(page.locator("#claim-statement")).to_have_value(MINE)
    page.locator("#claim-text button.primary").click()
    expect(page.locator("#claim-text .saved")).to_be_visible()
    expect(page.locator("#claim-text .unsaved")).to_be_hidden()
    open_card(page, other)
    open_card(page, one)
    expect(page.locator("#claim-text .unsaved")).to_be_hidden()
    one.refresh_from_db()
    assert one.statement == MINE


def test_a_statement_is_put_back_on_the_way_back(open_as, editor):
    one, other = two_claims(editor)
    page = open_as(editor, on_the_desk(one))
    page.locator("#claim-statement").fill(MINE)
    open_card(page, other)

    page.go_back()

    expect(page.locator("#panel")).to_have_attribute("data-claim", str(one.pk))
    expect(page.locator("#claim-statement")).to_have_value(MINE)


def test_what_is_put_back_does_not_overwrite_a_colleague(open_as, editor):
    one, other = two_claims(editor)
    page = open_as(editor, on_the_desk(one))
    page.locator("#claim-statement").fill(MINE)
    open_card(page, other)
    theirs = open_as(make.editor(), on_the_desk(one))
    theirs.locator("#claim-statement").fill("What the colleague wrote.")
    theirs.locator("#claim-text button.primary").click()
    expect(theirs.locator("#claim-text .saved")).to_be_visible()

    open_card(page, one)
    page.locator("#claim-text button.primary").click()

    expect(page.locator(".conflict")).to_contain_text("What the colleague wrote.")
    expect(page.locator("#claim-statement")).to_have_value(MINE)
    page.locator("#claim-text button.primary").click()
    expect(page.locator("#claim-text .saved")).to_be_visible()


def test_unsaved_words_are_discarded_on_purpose(open_as, editor):
    one, other = two_claims(editor)
    page = open_as(editor, on_the_desk(one))
    page.locator("#claim-statement").fill(MINE)

    page.locator("#claim-text").get_by_role("button", name="Discard").click()
    expect(page.locator("#claim-statement")).to_have_value("")
    open_card(page, other)
    open_card(page, one)

    expect(page.locator("#claim-statement")).to_have_value("")


def test_a_source_half_written_outlives_deeds_on_the_others(open_as, editor):
    claim = make.claim(by=editor)
    first, second = make.evidence(claim), make.evidence(claim)
    page = open_as(editor, on_the_desk(claim))
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("Attach a source", exact=True).click()
    page.locator("#attach-excerpt").fill("Half of what the sou")

    page.locator(f"#up-{second.pk}").click()
    expect(page.locator(".evidence > li").first).to_have_id(f"evidence-{second.pk}")
    expect(page.locator("#attach-excerpt")).to_be_visible()
    page.locator(f"#evidence-{first.pk}").get_by_role("button", name="Detach").click()
    expect(page.locator(f"#evidence-{first.pk}")).to_have_count(0)

    expect(page.locator("#attach-excerpt")).to_be_visible()
    expect(page.locator("#attach-excerpt")).to_have_value("Half of what the sou")


def test_a_step_waits_until_what_was_written_is_saved(open_as, editor):
    claim = make.claim(by=editor, statement="As it was.")
    make.evidence(claim)
    page = open_as(editor, on_the_desk(claim))
    page.locator("#claim-statement").fill(MINE)

    page.get_by_role("button", name="Send to review").click()

    expect(page.locator("#claim-steps .refusal:visible")).to_contain_text(
        "Save what you wrote"
    )
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.OPEN
    page.locator("#claim-steps").get_by_role("button", name="Show it").click()
    expect(page.locator("#claim-statement")).to_be_focused()
    page.locator("#claim-text button.primary").click()
    expect(page.locator("#claim-text .saved")).to_be_visible()
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator("#claim-head .state")).to_have_text("In review")
    claim.refresh_from_db()
    assert claim.statement == MINE


def test_a_form_that_is_saved_by_its_key_is_saved(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, on_the_desk(claim))
    for words in ("One", " and two"):
        page.locator("#claim-statement").press("End")
        page.locator("#claim-statement").press_sequentially(words)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#claim-text .saved")).to_be_visible()
        expect(page.locator("#claim-text .unsaved")).to_be_hidden()
        expect(page.locator("#claim-statement")).to_be_focused()
        page.locator("#claim-text .saved").evaluate("(said) => said.remove()")

    claim.refresh_from_db()
    assert claim.statement == "One and two"


def test_what_is_typed_while_it_is_sent_is_still_to_be_saved(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, on_the_desk(claim))
    page.locator("#claim-statement").fill("One")

    page.evaluate(
        """() => {
            document.querySelector("#claim-text button.primary").click();
            const field = document.querySelector("#claim-statement");
            field.value += " and two";
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    expect(page.locator("#claim-text .saved")).to_be_visible()
    expect(page.locator("#claim-statement")).to_have_value("One and two")
    expect(page.locator("#claim-text .unsaved")).to_be_visible()
    page.locator("#claim-text button.primary").click()
    expect(page.locator("#claim-text .unsaved")).to_be_hidden()

    claim.refresh_from_db()
    assert claim.statement == "One and two"


@pytest.mark.parametrize("form", ["article", "fact-check", "evidence"])
def test_another_language_empties_no_form(open_as, editor, form):
    claim = make.claim(by=editor)
    piece = make.evidence(claim)
    address, field = {
        "article": ("/articles/new/", "[name=text]"),
        "fact-check": (f"/claims/{claim.pk}/fact-check/", "[name=body]"),
        "evidence": (f"/evidence/{piece.pk}/", "[name=excerpt]"),
    }[form]
    page = open_as(editor, address)
    page.locator(field).fill(MINE)

    page.get_by_role("button", name="Français").click()

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(field)).to_have_value(MINE)


def test_a_form_with_faults_keeps_its_text_and_a_saved_one_forgets_it(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, f"/claims/{claim.pk}/fact-check/")
    page.locator("[name=body]").fill(MINE)
    page.locator("[name=title]").fill(" ")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".faulty")).to_have_count(1)

    page.goto("/claims/")
    page.goto(f"/claims/{claim.pk}/fact-check/")
    expect(page.locator("[name=body]")).to_have_value(MINE)
    page.locator("[name=title]").fill("Is it so?")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#claim-publication .title")).to_have_text("Is it so?")
    page.goto(f"/claims/{claim.pk}/fact-check/")

    expect(page.locator("form .unsaved")).to_be_hidden()
    assert kept(page) == []


def test_a_tab_with_unsaved_words_asks_before_it_closes(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, on_the_desk(claim))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#claim-statement").press_sequentially("Half")

    page.reload()
    expect(page.locator("#claim-statement")).to_have_value("Half")
    page.get_by_role("link", name="Claims", exact=True).click()
    expect(page.locator("h1")).to_have_text("Claims")

    assert asked == ["beforeunload"]


def test_unsaved_words_go_with_the_log_out(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, on_the_desk(claim))
    page.locator("#claim-statement").fill(MINE)

    page.get_by_role("link", name="Log out").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log out")).to_have_count(0)

    assert kept(page) == []


def test_unsaved_words_are_not_shown_to_another_person(open_as, editor):
    claim = make.claim(by=editor)
    page = open_as(editor, on_the_desk(claim))
    page.locator("#claim-statement").fill(MINE)
    other = open_as(make.editor(), "/claims/")

    page.context.clear_cookies()
    page.context.add_cookies(other.context.cookies())
    page.goto(on_the_desk(claim))

    expect(page.locator("#claim-statement")).to_have_value("")
    assert kept(page) == []
