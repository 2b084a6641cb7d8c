"""The newsroom's whole job, once, by each of its people, in a real browser."""

import pytest
from playwright.sync_api import expect

from annotations.models import Claim, ClaimStatus
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    "## What was said\n\n"
    "The minister spoke for an hour. Unemployment fell by 12% in a year, he said.\n\n"
    "Nobody asked for the source of this figure, as often."
)


def test_from_a_pasted_text_to_a_published_page(open_as, editor, moderator):
    make.newsroom()
    make.ratings()
    judges = [make.reviewer("judge1"), make.reviewer("judge2")]

    desk = open_as(editor, "/articles/new/")
    desk.get_by_label("Headline").fill("The minister and the figure")
    desk.get_by_label("Address", exact=True).fill("https://paper.example/minister")
    desk.get_by_label("Text", exact=True).fill(TEXT)
    desk.get_by_role("button", name="Add the article").click()
    expect(desk.locator("#reader h2")).to_have_text("What was said+")

    # The text is there before the scripts are: a click before that chooses no sentence.
    desk.wait_for_load_state()
    desk.locator(".s", has_text="Unemployment fell").click()
    desk.locator("#make").click()
    desk.locator("#claim-statement").fill("Unemployment fell by 12% within a year.")
    desk.locator("#claim-claimant").fill("The minister")
    desk.locator("#claim-text button.primary").click()
    expect(desk.locator("#claim-text .saved")).to_be_visible()
    for publisher in ("Office of Statistics", "Bank of the Country"):
        desk.get_by_text("Attach a source", exact=True).click()
        desk.locator("#attach-title").fill(f"Report of the {publisher}")
        desk.locator("#attach-address").fill(
            f"https://{publisher.split()[0].lower()}.example/report"
        )
        desk.locator("#attach-publisher").fill(publisher)
        desk.locator("#attach-excerpt").fill("Unemployment fell by 11.8 percent.")
        desk.get_by_role("button", name="Attach", exact=True).click()
        expect(desk.locator(".evidence")).to_contain_text(publisher)
    desk.get_by_role("button", name="Send to review").click()
    expect(desk.locator("#claim-head .state")).to_have_text("In review")
    claim = Claim.objects.get()

    for judge in judges:
        review = open_as(judge, "/claims/?for=verdict")
        review.get_by_role("link", name="Unemployment fell by 12%").click()
        expect(review.locator(".verdicts li")).to_have_count(0)
        review.get_by_label("Imprecise").check()
        review.locator("#verdict-reason").fill("It was 11.8 percent.")
        review.get_by_role("button", name="Give this verdict").click()
        expect(review.locator(".verdicts")).to_contain_text("It was 11.8 percent.")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DECIDED

    desk.goto(f"/claims/{claim.pk}/fact-check/")
    desk.get_by_label("Title").fill("Did unemployment fall by 12%?")
    desk.get_by_label("Summary").fill("Nearly: by 11.8 percent.")
    desk.get_by_label("Reasoning").fill("We read both reports.\n\nThey agree.")
    desk.get_by_role("button", name="Save").click()
    desk.get_by_role("link", name="Preview").click()
    expect(desk.locator("h1")).to_contain_text("Did unemployment fall by 12%?")

    admin = open_as(moderator, "/admin/")
    expect(admin.locator(".desk-boards")).to_contain_text("Unemployment fell by 12%")
    admin.goto(f"/admin/annotations/factcheck/{claim.factcheck.pk}/change/")
    admin.get_by_role("button", name="Publish…").click()
    admin.locator(".submit-row input.default").click()
    expect(admin.locator(".messagelist")).to_contain_text("Published 1 fact-check.")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PUBLISHED

    reader = open_as(None, "/en/")
    reader.get_by_role("link", name="Did unemployment fall by 12%?").click()
    expect(reader.locator("main")).to_contain_text("Nearly: by 11.8 percent.")
    expect(reader.locator("main")).to_contain_text("Bank of the Country")
    markup = reader.locator("script[type='application/ld+json']")
    assert '"claimReviewed": "Unemployment fell by 12% within a year."' in (
        markup.text_content()
    )
    reader.goto(f"/en/articles/{claim.appearances.get().edition.article_id}/lecture/")
    expect(reader.locator("mark")).to_contain_text("Unemployment fell")
    assert reader.context.cookies() == []
