"""A second version comes, and its passages are settled, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotations.highlighting import highlight
from annotations.models import Carriage, CarriageState, ClaimStatus
from tests import make
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.django_db(transaction=True)

OLD = (
    "The pool opens on Monday. The works have cost 4.2 million euros, the mayor said.\n\n"
    "There will be 900 bathers a day, she promised them all.\n\n"
    "A petition against it has 1,200 signatures from the village.\n\n"
    "The roof was made anew of wood, and the showers were repaired."
)
NEW = (
    "The pool opens on Monday. The works have cost 5.1 million euros, the mayor said.\n\n"
    "There will be nearly 900 bathers every day, she promised them all.\n\n"
    "The roof was made anew of wood, and the showers were repaired."
)
PASSAGES = [
    "The works have cost 4.2 million euros",
    "There will be 900 bathers a day",
    "A petition against it has 1,200 signatures",
    "The roof was made anew of wood",
]


@pytest.fixture
def first(editor):
    edition = make.edition(
        OLD, by=editor, address="https://paper.example/pool", headline="The pool"
    )
    for quote in PASSAGES:
        highlight(edition, make.span(edition, quote), by=editor)
    return edition


def states() -> dict[str, tuple[str, str]]:
    rows = Carriage.objects.select_related("appearance")
    return {row.appearance.quote: (row.state, row.quote) for row in rows}


def test_a_second_version_is_imported_and_settled_by_keyboard(open_as, editor, first):
    page = open_as(editor, "/articles/new/")
    page.get_by_label("Headline").fill("The pool")
    page.get_by_label("Address", exact=True).fill("https://paper.example/pool")
    page.get_by_label("Text", exact=True).fill(NEW)
    page.get_by_role("button", name="Add the article").click()
    expect(page.locator("#messages")).to_contain_text("version 2")
    expect(page.locator("#carried")).to_contain_text("1 carried")
    expect(page.locator("#reader mark")).to_have_count(1)

    page.get_by_role("link", name="Settle 3 passages").press("Enter")
    expect(page.locator(".carriage.waiting")).to_have_count(3)
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys")).to_contain_text("accept the first proposal")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    page.keyboard.press("n")
    expect(page.locator(".carriage.waiting").first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".carriage.waiting")).to_have_count(2)
    expect(page.locator("#left")).to_contain_text("2 passages wait")

    # The next one has the focus by itself; its words are selected by hand.
    expect(page.locator(".carriage.waiting").first).to_be_focused()
    page.keyboard.press("h")
    expect(page.locator("h1")).to_have_text("Select the passage in the text")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".s", has_text="There will be nearly")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("c")
    expect(page.locator("#messages")).to_contain_text("Settled: selected by hand.")

    page.keyboard.press("n")
    page.keyboard.press("x")
    expect(page.locator("#left")).to_contain_text("Every passage is settled.")
    assert states() == {
        PASSAGES[0]: ("accepted", "The works have cost 5.1 million euros"),
        PASSAGES[1]: ("selected", "There will be nearly 900 bathers every day"),
        PASSAGES[2]: ("orphan", ""),
        PASSAGES[3]: ("carried", PASSAGES[3]),
    }


def test_another_proposal_is_chosen_by_its_number(open_as, editor):
    row = make.doubtful(by=editor)
    page = open_as(editor, f"/articles/{row.edition.article_id}/settle/")

    page.wait_for_load_state()
    page.keyboard.press("n")
    page.keyboard.press("2")

    expect(page.locator("#left")).to_contain_text("Every passage is settled.")
    row.refresh_from_db()
    assert (row.state, row.passage.start) == ("chosen", row.proposals[1][0])


def test_everything_is_settled_without_javascript(open_as, editor, first):
    make.next_edition(first, NEW)
    settle = f"/articles/{first.article_id}/settle/"
    page = open_as(editor, settle, java_script_enabled=False)

    page.get_by_role("button", name="It is here").first.click()
    expect(page.locator("#messages")).to_contain_text("Settled: the proposal accepted.")
    page.get_by_role("link", name="Select it in the text").first.click()
    page.get_by_text("Type the exact words").click()
    page.locator("#exact-quote").fill("nearly 900 bathers")
    page.locator(".exact button").click()
    page.get_by_role("link", name="Select it in the text").first.click()
    page.locator(".take").last.click()

    expect(page.locator("#left")).to_contain_text("Every passage is settled.")
    assert states()[PASSAGES[1]] == ("selected", "nearly 900 bathers")
    assert states()[PASSAGES[2]][0] == CarriageState.SELECTED


def test_a_mouse_selects_the_words_in_the_new_text(open_as, editor, first):
    make.next_edition(first, NEW)
    row = Carriage.objects.get(outcome="orphaned")
    page = open_as(editor, f"/passages/{row.pk}/")

    page.locator(".s", has_text="showers were repaired").click()
    page.locator("#make").click()

    expect(page.locator("#messages")).to_contain_text("Settled: selected by hand.")
    row.refresh_from_db()
    assert row.quote.startswith("The roof was made anew")


def test_a_second_person_is_told_and_goes_on(open_as, editor, first):
    make.next_edition(first, NEW)
    settle = f"/articles/{first.article_id}/settle/"
    mine, theirs = open_as(editor, settle), open_as(make.editor("ada"), settle)
    theirs.get_by_role("button", name="It is here").first.click()
    expect(theirs.locator("#left")).to_contain_text("2 passages wait")

    mine.get_by_role("button", name="It is no longer there").first.click()

    expect(mine.locator("#problem")).to_contain_text("ada has settled this passage")
    assert states()[PASSAGES[0]][0] == "accepted"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
def test_axe_finds_nothing(open_as, editor, scheme, viewport):
    row = make.carriage(
        "It costs 40 euros.",
        "It costs 45 euros.\n\nIt was built twice.\n\n" + "So it is said.\n\n" * 5,
        status=ClaimStatus.PUBLISHED,
    )
    claim = row.appearance.claim
    article = row.edition.article_id
    look = {"color_scheme": scheme, "viewport": viewport}
    desk = open_as(editor, f"/articles/{article}/", **look)
    readers = open_as(None, f"/en/articles/{article}/lecture/", **look)
    visits = [
        (desk, f"/articles/{article}/"),
        (desk, f"/articles/{article}/settle/"),
        (desk, f"/articles/{article}/compare/"),
        (desk, f"/passages/{row.pk}/"),
        (desk, claim.get_absolute_url()),
        (readers, f"/en/articles/{article}/lecture/"),
        (readers, f"/en/verifications/{claim.factcheck.slug}/"),
    ]

    found = []
    for page, path in visits:
        page.goto(path)
        # What is folded is looked at, too.
        page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true })"
        )
        result = Axe().run(page, options=RULES)
        found += [
            (path, fault["id"], fault["nodes"][0]["html"][:120])
            for fault in result.response["violations"]
        ]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            found.append((path, "wider than the screen", str(width)))

    assert found == []
