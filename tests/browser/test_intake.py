"""An article comes in by its address: asked for, fetched, reviewed and kept, in a real browser."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from playwright.sync_api import expect

from annotations.models import Article, Intake
from annotations.receiving import take_in
from tests import make
from tests.browser.conftest import NARROW
from tests.test_receiving import PARAGRAPHS, page, site  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True)

# The tests themselves are the worker, so that they see what is there before it comes.
QUEUED = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


def work(intake: Intake) -> None:
    """What a worker does, in a thread of its own as Playwright's loop runs in this one."""

    def go():
        try:
            take_in.call(intake.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(go).result()


@pytest.mark.parametrize("viewport", [NARROW, None], ids=["360", "1280"])
def test_from_an_address_to_a_kept_article(
    open_as,
    editor,
    site,  # noqa: F811
    settings,
    viewport,
):
    settings.TASKS = QUEUED
    at, _ = site({"/a": page()})
    desk = open_as(
        editor, "/articles/new/", **({"viewport": viewport} if viewport else {})
    )

    desk.get_by_label("Address of the article").fill(f"{at}/a")
    desk.get_by_role("button", name="Fetch the page").click()
    expect(desk.locator("#progress")).to_contain_text("It is queued")
    desk.get_by_text("Dismiss it", exact=True).click()
    Intake.objects.update(status="fetching", step="reading")
    expect(desk.locator("#progress [aria-current=step]")).to_contain_text("Reading")
    expect(desk.get_by_label("Why, if it is worth saying")).to_be_visible()
    Intake.objects.update(status="queued", step="")
    work(Intake.objects.get())

    expect(desk.locator("#review")).to_be_visible()
    expect(desk.locator("h1")).to_have_text("Night trains are back")
    expect(desk).to_have_title("Night trains are back")
    expect(desk.locator("#messages")).to_have_text("It is read: look it over.")
    assert not Article.objects.exists()
    expect(desk.get_by_label(f"Drop block {len(PARAGRAPHS) + 1}")).to_be_checked()
    expect(desk.locator(".taken").last).to_contain_text("asks readers to follow")
    desk.get_by_label("Drop block 2", exact=True).check()
    desk.get_by_label("Text of block 1", exact=True).fill("The first, corrected.")
    desk.get_by_label("Kind of block 3", exact=True).select_option("quote")
    desk.get_by_label("Headline").fill("Night trains, corrected")
    desk.get_by_role("button", name="Keep the article").click()

    expect(desk.locator("#messages")).to_contain_text("The article is here")
    expect(desk.locator("h1")).to_have_text("Night trains, corrected")
    text = Article.objects.get().editions.get().text.split("\n\n")
    assert text == ["The first, corrected.", *PARAGRAPHS[2:]]


def test_nothing_asks_for_progress_once_there_is_none(open_as, editor, settings):
    settings.TASKS = QUEUED
    intake = make.intake(status="fetching")
    desk = open_as(editor, intake.get_absolute_url())
    with desk.expect_response("**/intakes/*/") as answered:
        pass
    assert answered.value.ok
    Intake.objects.update(status="failed", problem="fetch:timeout")
    expect(desk.locator(".failure")).to_contain_text("The site took too long")

    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.get_by_role("link", name="Paste the text").click()

    expect(desk.locator("#id_address")).to_have_value(intake.address)
    assert not [url for url in asked if "/intakes/" in url]


def test_without_scripts_it_works_as_well(open_as, editor, site, settings):  # noqa: F811
    settings.TASKS = QUEUED
    at, _ = site({"/a": page()})
    desk = open_as(editor, "/articles/new/", java_script_enabled=False)
    desk.get_by_label("Address of the article").fill(f"{at}/a")
    desk.get_by_role("button", name="Fetch the page").click()
    work(Intake.objects.get())

    desk.get_by_role("link", name="Reload").click()
    desk.get_by_label("Drop block 2", exact=True).check()
    desk.get_by_role("button", name="Keep the article").click()

    expect(desk.locator("h1")).to_have_text("Night trains are back")
    assert PARAGRAPHS[1] not in Article.objects.get().editions.get().text


def test_several_files_are_sent_and_each_has_its_answer(open_as, editor, settings):
    settings.TASKS = QUEUED
    desk = open_as(editor, "/articles/new/")
    desk.locator("#files-documents, #id_documents").set_input_files(
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"One.\n\nTwo."},
            {"name": "b.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )

    desk.get_by_role("button", name="Read the files").click()
    expect(desk.locator("#batch")).to_contain_text("1 of 2 files are read.")
    work(Intake.objects.get(file_name="a.txt"))

    expect(desk.locator("#batch")).to_contain_text("2 of 2 files are read.")
    expect(desk.locator("#found")).to_contain_text(
        "The file is empty, or has no words."
    )
    expect(desk.locator("#found").get_by_role("link", name="b.txt")).to_be_visible()
