"""The pages on which articles come in, with htmx and without."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from annotations import receiving
from annotations.models import Article, Intake, IntakeStatus
from annotations.models.intakes import PATIENCE
from annotations.receiving.reading import LARGEST_FILE
from tests import make
from tests.text.test_fingerprints import edited, story
from tests.views.readers import text

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def text_in(fragment) -> str:
    """What can be read in the answer to htmx."""
    return " ".join(re.sub(r"<[^>]*>", " ", fragment.text).split())


def sent(intake: Intake, **changed) -> dict:
    """What the browser sends for the review as it is shown."""
    fields = {
        "seen": intake.version,
        "headline": intake.headline,
        "address": intake.page_address,
        "language": intake.language,
    }
    for number, block in enumerate(intake.blocks):
        fields |= {f"text-{number}": block["text"], f"kind-{number}": block["kind"]}
        if block["dropped"]:
            fields[f"drop-{number}"] = "1"
    return {name: value for name, value in (fields | changed).items() if value != ""}


# Asking


def test_an_address_is_asked_for_and_its_page_opens(desk, editor):
    answer = desk.post("/intakes/ask/", {"address": "https://Paper.example/a#x"})

    intake = Intake.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/intakes/{intake.pk}/"
    assert (intake.address, intake.asked_by) == ("https://paper.example/a", editor)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "This field is required"),
        ("paper.example", "An address begins with http"),
        ("https://a:b@paper.example/", "Leave the user name and password out"),
    ],
)
def test_an_address_that_is_none_is_shown_again_with_the_reason(desk, address, says):
    answer = desk.post("/intakes/ask/", {"address": address})

    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{address}"' in answer.text or not address
    assert not Intake.objects.exists()


def test_several_files_come_at_once_each_with_its_answer(desk):
    files = [
        SimpleUploadedFile("a.txt", b"First.\n\nSecond."),
        SimpleUploadedFile("empty.txt", b""),
        SimpleUploadedFile("large.pdf", b"x" * (LARGEST_FILE + 1)),
    ]

    answer = desk.post("/intakes/files/", {"documents": files}, follow=True)

    assert "2 of 3 files are read." in text(answer)
    assert 'value="2" max="3"' in answer.text
    assert "The file is empty, or has no words." in answer.text
    assert "The file is larger than 20 MB." in answer.text
    small, _, large = Intake.objects.order_by("pk")
    assert bytes(small.upload.data) == b"First.\n\nSecond."
    assert (small.batch, small.file_name) == (large.batch, "a.txt")


def test_the_progress_of_files_is_asked_for_until_all_are_read(desk):
    files = [SimpleUploadedFile(f"{n}.txt", b"Words %d." % n) for n in range(2)]
    address = desk.post("/intakes/files/", {"documents": files}).url
    assert 'hx-trigger="every 1s"' in desk.get(address).text

    for intake in Intake.objects.all():
        receiving.take_in.call(intake.pk)

    answer = desk.get(address, headers=HTMX)
    assert answer.text.strip().startswith('<div id="found"')
    assert "2 of 2 files are read." in text_in(answer)
    assert "hx-trigger" not in answer.text


def test_one_file_leads_to_its_own_page(desk):
    file = SimpleUploadedFile("a.txt", b"Words.")

    answer = desk.post("/intakes/files/", {"documents": file})

    assert answer.url == f"/intakes/{Intake.objects.get().pk}/"


def test_no_file_and_too_many_files_are_refused(desk):
    assert desk.post("/intakes/files/", {}).status_code == 422
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(21)]

    assert desk.post("/intakes/files/", {"documents": many}).status_code == 400


def test_a_pasted_text_much_like_another_leads_to_its_review(desk, editor):
    original = make.edition(" ".join(story(1)), by=editor)
    pasted = {"headline": "Agency", "text": edited(story(1), 40), "language": "en"}

    answer = desk.post("/articles/new/", pasted, follow=True)

    assert "A text much like this one is here already" in answer.text
    assert "nearly all of it the same" in answer.text
    assert original.article.get_absolute_url() in answer.text
    assert f"/intakes/{Intake.objects.get().pk}/compare/" in answer.text


def test_the_form_for_pasting_knows_the_address_that_failed(desk):
    failed = make.intake(
        status=IntakeStatus.FAILED, address="https://paper.example/a?b=1&c=2"
    )

    page = desk.get(failed.get_absolute_url()).text
    link = f"/articles/new/?address={quote(failed.address, safe='')}"
    assert link in page
    assert 'value="https://paper.example/a?b=1&amp;c=2"' in desk.get(link).text


# One intake


def test_progress_is_asked_for_until_there_is_something_to_review(desk, editor):
    intake = make.intake(status=IntakeStatus.FETCHING, step="reading")
    page = desk.get(intake.get_absolute_url())
    assert 'hx-trigger="every 1s"' in page.text
    assert "Reading the text out of it" in page.text
    assert f'href="{intake.get_absolute_url()}">Reload' in page.text

    again = desk.get(intake.get_absolute_url(), headers=HTMX)
    assert again.text.strip().startswith('<div id="progress"')
    assert "HX-Retarget" not in again
    Intake.objects.update(status=IntakeStatus.READY)

    done = desk.get(intake.get_absolute_url(), headers=HTMX)
    assert done["HX-Retarget"] == "#intake"
    assert "hx-trigger" not in done.text
    assert 'id="review"' in done.text


def test_what_was_given_up_is_not_asked_for_but_can_be_tried_again(desk):
    intake = make.intake(
        status=IntakeStatus.FETCHING, moved_at=timezone.now() - 2 * PATIENCE
    )

    page = desk.get(intake.get_absolute_url())
    assert "hx-trigger" not in page.text
    assert "takes longer than it should" in page.text
    desk.post(f"{intake.get_absolute_url()}again/")

    intake.refresh_from_db()
    assert intake.status == IntakeStatus.QUEUED


def test_a_failure_says_what_happened_and_what_to_do(desk):
    intake = make.intake(status=IntakeStatus.FAILED, problem="fetch:timeout")

    page = text(desk.get(intake.get_absolute_url()))

    assert "The site took too long to answer." in page
    assert "Paste the text" in page
    assert "Try again" in page


def test_what_was_found_is_shown_as_text_and_never_as_markup(desk):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    intake = make.intake(evil, headline=evil, outlet=evil, by=make.editor())

    page = desk.get(intake.get_absolute_url()).text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_each_block_can_be_dropped_and_a_doubted_one_says_why(desk):
    intake = make.intake("First.\n\nFollow us.")

    page = desk.get(intake.get_absolute_url()).text

    assert 'aria-label="Drop block 1">' in page
    assert 'checked aria-label="Drop block 2">' in page
    assert "Perhaps no part of the article: it asks readers to follow" in page


def test_what_is_kept_is_what_was_sent(desk):
    intake = make.intake("First.\n\nSecond.\n\nFollow us.")
    changed = {
        "text-0": "First, corrected.",
        "kind-0": "quote",
        "drop-1": "1",
        "headline": "Corrected",
        "published_on": "2026-11-24",
    }

    answer = desk.post(f"/intakes/{intake.pk}/keep/", sent(intake, **changed))

    article = Article.objects.get()
    assert answer.url == article.get_absolute_url()
    edition = article.editions.get()
    assert (article.headline, edition.text) == ("Corrected", "First, corrected.")
    assert edition.layout[0].kind == "quote"
    assert article.published_on.isoformat() == "2026-11-24"


def test_corrections_can_be_saved_and_kept_later(desk):
    intake = make.intake("First.\n\nFollow us.")

    desk.post(f"/intakes/{intake.pk}/review/", sent(intake, **{"text-0": "Better."}))

    intake.refresh_from_db()
    assert (intake.status, intake.version) == (IntakeStatus.READY, 2)
    assert intake.text == "Better."
    assert not Article.objects.exists()


def test_a_field_that_is_wrong_is_named_and_nothing_typed_is_lost(desk):
    intake = make.intake("First.\n\nFollow us.")
    fields = sent(intake, **{"text-0": "Typed.", "address": "javascript:alert(1)"})

    answer = desk.post(f"/intakes/{intake.pk}/keep/", fields)

    assert answer.status_code == 422
    assert "An address begins with http" in answer.text
    assert "Typed.</textarea>" in answer.text
    assert "javascript:alert(1)" in answer.text


def test_on_a_stale_page_a_sentence_says_so_and_nothing_typed_is_lost(desk):
    intake = make.intake("First.\n\nFollow us.")
    fields = sent(intake, **{"text-0": "Typed.", "outlet": "Typed too"})
    receiving.review(
        intake, seen=1, by=make.editor(), blocks=intake.blocks, headline="Theirs"
    )

    answer = desk.post(f"/intakes/{intake.pk}/keep/", fields)

    assert answer.status_code == 409
    assert "Somebody else has corrected this article" in answer.text
    assert "Typed.</textarea>" in answer.text
    assert 'value="Typed too"' in answer.text
    assert 'name="seen" value="2"' in answer.text


def test_what_somebody_has_kept_otherwise_is_not_lost_to_the_second(desk):
    intake = make.intake("First.\n\nFollow us.")
    fields = sent(intake, **{"text-0": "Typed."})
    desk.post(f"/intakes/{intake.pk}/keep/", sent(intake))

    answer = desk.post(f"/intakes/{intake.pk}/keep/", fields)

    assert answer.status_code == 409
    assert "Somebody has kept this article meanwhile" in answer.text
    assert "Typed.</textarea>" in answer.text
    assert Article.objects.get().get_absolute_url() in answer.text


def test_keeping_the_same_twice_leads_to_the_one_article(desk):
    intake = make.intake("First.\n\nFollow us.")
    fields = sent(intake)

    first = desk.post(f"/intakes/{intake.pk}/keep/", fields)
    second = desk.post(f"/intakes/{intake.pk}/keep/", fields)

    assert first.url == second.url
    assert Article.objects.count() == 1


@pytest.mark.parametrize("choice", ["", "next", "own"])
def test_a_choice_is_asked_for_where_a_text_is_much_like_another(desk, editor, choice):
    original = make.edition(" ".join(story(1)), by=editor)
    intake = make.intake(edited(story(1), 40), near=original, likeness=0.9)

    answer = desk.post(f"/intakes/{intake.pk}/keep/", sent(intake, choice=choice))

    assert answer.status_code == (302 if choice else 409)
    assert Article.objects.count() == (2 if choice == "own" else 1)
    assert ("Say whether this is an article" in answer.text) == (not choice)


def test_an_article_that_is_here_becomes_its_next_version_unless_told_otherwise(
    desk, editor
):
    known = make.article(address="https://paper.example/a", by=editor)
    intake = make.intake(address="https://amp.paper.example/a", twin=known)
    page = desk.get(intake.get_absolute_url()).text
    assert "This article is here already" in page
    assert 'name="choice" value="next" checked' in page

    answer = desk.post(f"/intakes/{intake.pk}/keep/", sent(intake, choice="next"))

    assert answer.url == known.get_absolute_url()
    assert known.editions.count() == 2


def test_blocks_beyond_those_shown_are_kept_as_they_are(desk, monkeypatch):
    monkeypatch.setattr("annotations.forms.intakes.MOST_BLOCKS", 2)
    intake = make.intake("One.\n\nTwo.\n\nThree.\n\nFour.\n\nFollow us.")
    page = desk.get(intake.get_absolute_url()).text
    assert "3 more blocks are kept as they are" in page
    fields = {
        name: value
        for name, value in sent(intake, **{"text-0": "1."}).items()
        if name[-2:] not in {"-2", "-3", "-4"}
    }

    desk.post(f"/intakes/{intake.pk}/keep/", fields)

    assert Article.objects.get().editions.get().text == "1.\n\nTwo.\n\nThree.\n\nFour."


def test_it_can_be_dismissed_with_a_reason(desk, editor):
    intake = make.intake()

    answer = desk.post(
        f"/intakes/{intake.pk}/dismiss/", {"reason": "Not ours."}, follow=True
    )

    assert "Dismissed: “" in answer.text
    page = text(desk.get(intake.get_absolute_url()))
    assert "Dismissed by editor" in page
    assert "Not ours." in page


def test_the_two_texts_are_compared_in_signs_as_well_as_colours(desk, editor):
    original = make.edition(
        "It cost 14.3 billion.\n\nNobody asked why.", by=editor, headline="The original"
    )
    intake = make.intake(
        "It cost 14.9 billion.\n\nNobody asked why.\n\n<b>More</b>.\n\nFollow us.",
        near=original,
        likeness=0.75,
    )

    page = desk.get(f"/intakes/{intake.pk}/compare/").text

    assert "It cost <del>14.3</del> billion." in page
    assert "It cost <ins>14.9</ins> billion." in page
    assert "<ins>&lt;b&gt;More&lt;/b&gt;.</ins>" in page
    assert "Three quarters of it the same, about." in page
    assert "Follow us." not in page


def test_without_another_text_there_is_nothing_to_compare(desk):
    intake = make.intake()

    assert desk.get(f"/intakes/{intake.pk}/compare/").status_code == 404


# The queue


def test_the_queue_has_what_waits_and_can_be_narrowed(desk, editor):
    ready = make.intake(headline="Ready one")
    make.intake(headline="Entry one", origin="feed", feed=make.feed(), entry="1")
    gone = make.intake(headline="Gone one")
    receiving.dismiss(gone, by=editor)

    def shown(query=""):
        page = desk.get(f"/intakes/{query}").text
        return [name for name in ("Ready", "Entry", "Gone") if f"{name} one" in page]

    assert shown() == ["Ready", "Entry"]
    assert shown("?status=dismissed") == ["Gone"]
    assert shown("?status=all") == ["Ready", "Entry", "Gone"]
    assert shown("?origin=feed") == ["Entry"]
    assert shown(f"?feed={ready.pk}0") == []
    assert shown("?status=nonsense&origin=x&feed=y&page=z") == ["Ready", "Entry"]
    assert desk.get("/intakes/?batch=x").status_code == 404


def test_the_page_of_articles_says_how_many_wait_for_a_person(desk):
    make.intake()
    make.intake(status=IntakeStatus.FAILED)
    make.intake(status=IntakeStatus.QUEUED)

    assert "Incoming articles (2)" in desk.get("/articles/").text


def test_several_are_fetched_or_dismissed_at_once(desk):
    feed = make.feed()
    entries = [
        make.intake(origin="feed", feed=feed, entry=str(n), status="waiting")
        for n in range(4)
    ]
    ready = make.intake()

    fetched = desk.post(
        "/intakes/several/",
        {"deed": "fetch", "intake": [entries[0].pk, entries[1].pk, ready.pk, "x"]},
        follow=True,
    )
    dismissed = desk.post(
        "/intakes/several/", {"deed": "dismiss", "intake": [entries[2].pk]}, follow=True
    )

    assert "2 are being fetched." in fetched.text
    assert "1 is dismissed." in dismissed.text
    statuses = [Intake.objects.get(pk=entry.pk).status for entry in entries]
    assert statuses == ["queued", "queued", "dismissed", "waiting"]


def test_who_only_reviews_claims_sees_the_queue_and_changes_nothing(client, reviewer):
    intake = make.intake()
    client.force_login(reviewer)

    page = client.get(intake.get_absolute_url())

    assert page.status_code == 200
    assert "Keep the article" not in page.text
    assert client.post(f"/intakes/{intake.pk}/dismiss/").status_code == 403


def test_the_pages_ask_as_much_for_many_as_for_few(
    desk, editor, django_assert_max_num_queries, django_assert_num_queries
):
    def more(rows):
        for _ in range(rows):
            make.intake(feed=None)
            feed = make.feed()
            make.intake(origin="feed", feed=feed, entry="1", status="waiting")

    more(2)
    near = make.edition(" ".join(story(1)), by=editor)
    text = "\n\n".join(f"Paragraph {n}." for n in range(5))
    one = make.intake(text, near=near, likeness=0.9)
    budgets = {"/intakes/": 6, one.get_absolute_url(): 6, "/feeds/": 7}
    few = {}
    for address, budget in budgets.items():
        with django_assert_max_num_queries(budget) as few[address]:
            desk.get(address)

    more(20)
    Intake.objects.filter(pk=one.pk).update(blocks=one.blocks * 50)
    for address in budgets:
        with django_assert_num_queries(len(few[address])):
            desk.get(address)
    with django_assert_max_num_queries(8):
        desk.get(f"{one.get_absolute_url()}compare/")


def test_a_page_of_the_queue_has_fifty(desk):
    feed = make.feed()
    for n in range(51):
        make.intake(
            origin="feed",
            feed=feed,
            entry=str(n),
            headline=f"Entry {n:02d}",
            added_at=timezone.now() + timedelta(seconds=n),
        )

    assert desk.get("/intakes/").text.count('name="intake"') == 50
    assert desk.get("/intakes/?page=2").text.count('name="intake"') == 1
