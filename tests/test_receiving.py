"""What comes in is fetched, looked at, and kept once; nothing of it is lost on the way."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from annotations import receiving
from annotations.importing import import_article
from annotations.models import (
    Article,
    Edition,
    Intake,
    IntakeStatus,
    Upload,
)
from annotations.models.intakes import PATIENCE
from annotations.receiving import ReceivingRefused, problems, take_in
from annotations.receiving.reading import LARGEST_FILE, own_address
from annotations.refusals import Stale
from annotations.text import documents
from annotations.text.extraction import trees
from tests import make
from tests.outgoing.site import answer, redirect, serving
from tests.text.files import pdf
from tests.text.test_fingerprints import edited, story

pytestmark = pytest.mark.django_db

PARAGRAPHS = [
    f"The minister said in {year} that {year - 1900} night trains had left the station on "
    f"time, which is {year - 1990} more than the year before, and that nobody had asked why "
    "the others had not left at all, as he put it to those who were still listening."
    for year in range(2011, 2018)
]


def page(
    *paragraphs: str, head: str = "", title: str = "Night trains are back"
) -> bytes:
    inside = "".join(f"<p>{words}</p>" for words in paragraphs or PARAGRAPHS)
    return answer(
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>"
        f"{head}</head><body><article><h1>{title}</h1>{inside}"
        "<p>Follow us on all networks.</p></article></body></html>".encode(),
        media="text/html; charset=utf-8",
    )


@pytest.fixture
def site(settings):
    """`site({"/a": page()})` answers on this machine; gives its address."""
    with_sites = []

    def open_site(answers):
        manager = serving(answers)
        opened = manager.__enter__()
        with_sites.append(manager)
        settings.OUTGOING_ALLOWED_ADDRESSES = [f"127.0.0.1:{opened.port}"]
        return f"http://127.0.0.1:{opened.port}", opened

    yield open_site
    for manager in with_sites:
        manager.__exit__(None, None, None)


def fetched(address: str, *, by) -> Intake:
    intake = receiving.ask_for(address, by=by)
    take_in.call(intake.pk)
    intake.refresh_from_db()
    return intake


def described(intake: Intake, **changed) -> dict:
    return {
        "seen": intake.version,
        "blocks": intake.blocks,
        "headline": intake.headline,
        "address": intake.page_address,
        "outlet": intake.outlet,
        "byline": intake.byline,
        "language": intake.language,
        "published_on": intake.published_on,
        "selected_because": "",
    } | changed


def keep(intake: Intake, *, by, **changed):
    return receiving.keep(intake, by=by, **described(intake, **changed))


# Asking


def test_a_page_is_fetched_by_the_worker_once_it_was_asked_for(
    editor, site, django_capture_on_commit_callbacks
):
    at, opened = site({"/a": page()})

    with django_capture_on_commit_callbacks(execute=True):
        intake = receiving.ask_for(f"{at}/a", by=editor)

    assert intake.status == IntakeStatus.QUEUED
    intake.refresh_from_db()
    assert intake.status == IntakeStatus.READY
    assert intake.headline == "Night trains are back"
    assert intake.language == "en"
    assert [block["text"] for block in intake.kept_blocks] == PARAGRAPHS
    assert opened.paths == ["/robots.txt", "/a"]


def test_a_block_that_is_doubted_is_proposed_to_be_dropped(editor, site):
    at, _ = site({"/a": page()})

    [dropped] = [
        block for block in fetched(f"{at}/a", by=editor).blocks if block["dropped"]
    ]

    assert dropped["text"] == "Follow us on all networks."
    assert dropped["doubt"] == "follow"


def test_who_asks_for_what_is_on_its_way_gets_what_is_there(editor):
    first = receiving.ask_for("https://paper.example/a", by=editor)

    second = receiving.ask_for("https://amp.paper.example/a", by=make.editor())

    assert second == first
    assert Intake.objects.count() == 1


def test_the_task_may_run_twice(editor, site):
    at, opened = site({"/a": page()})
    intake = fetched(f"{at}/a", by=editor)

    assert take_in.call(intake.pk) == IntakeStatus.READY
    assert take_in.call(intake.pk + 1) == "gone"
    assert opened.paths.count("/a") == 1


def test_a_failure_is_kept_with_its_reason_and_can_be_tried_again(editor, site):
    at, opened = site({"/a": answer(b"", status="503 Service Unavailable")})
    intake = fetched(f"{at}/a", by=editor)
    assert (intake.status, intake.problem) == (IntakeStatus.FAILED, "fetch:status")
    assert intake.problem_status == 503

    opened.answers["/a"] = page()
    again = receiving.try_again(intake, by=editor)
    assert again.status == IntakeStatus.QUEUED
    take_in.call(intake.pk)

    intake.refresh_from_db()
    assert (intake.status, intake.problem) == (IntakeStatus.READY, "")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"/a": answer(b"", status="404 Not Found")}, "has no such page"),
        ({"/a": answer(b"%PDF-", media="application/pdf")}, "other than a page"),
        ({"/a": page("Too little.")}, "too little text"),
        ({"/a": answer(b"", status="402 Payment Required")}, "subscribers"),
        ({"/a": redirect("http://10.0.0.1/")}, "private network"),
        (
            {"/robots.txt": answer(b"User-agent: *\nDisallow: /", media="text/plain")},
            "does not allow programs",
        ),
        ({"/a": redirect("/a")}, "without end"),
    ],
)
def test_a_failure_says_what_happened(editor, site, answers, says):
    at, _ = site(answers)

    intake = fetched(f"{at}/a", by=editor)

    assert intake.status == IntakeStatus.FAILED
    assert says in problems.sentence(intake.problem, intake.problem_status)


@pytest.mark.parametrize(
    "problem",
    [f"page:{reason}" for reason in trees.SENTENCES]
    + [f"file:{reason}" for reason in documents.refusing.SENTENCES]
    + ["feed:feed", "feed:entities"],
)
def test_every_reason_has_a_sentence_of_its_own(problem):
    assert problems.sentence(problem) not in {
        problem,
        *map(str, problems.OTHERWISE.values()),
    }


def test_a_worker_that_died_leaves_what_another_can_go_on_with(editor, site):
    at, _ = site({"/a": page()})
    intake = receiving.ask_for(f"{at}/a", by=editor)
    Intake.objects.update(status=IntakeStatus.FETCHING, attempts=1)
    assert take_in.call(intake.pk) == IntakeStatus.FETCHING
    assert receiving.try_again(intake, by=editor).status == IntakeStatus.FETCHING

    Intake.objects.update(moved_at=timezone.now() - 2 * PATIENCE)
    intake.refresh_from_db()
    assert intake.is_given_up
    receiving.try_again(intake, by=editor)

    assert take_in.call(intake.pk) == IntakeStatus.READY
    assert Intake.objects.count() == 1


def test_a_worker_that_was_given_up_changes_nothing_when_it_wakes_up(editor):
    intake = receiving.ask_for("https://paper.example/a", by=editor)
    Intake.objects.update(status=IntakeStatus.FETCHING, attempts=2)
    intake.attempts = 1

    assert not receiving.fetching.write(intake, status=IntakeStatus.READY)

    intake.refresh_from_db()
    assert intake.status == IntakeStatus.FETCHING


def test_what_is_dismissed_while_it_is_fetched_stays_dismissed(editor):
    intake = receiving.ask_for("https://paper.example/a", by=editor)

    receiving.dismiss(intake, by=editor, reason="No.")

    assert take_in.call(intake.pk) == IntakeStatus.DISMISSED


# Files and texts


def test_a_file_is_read_and_its_bytes_are_gone(editor):
    intake = receiving.receive_file("trains.txt", b"First.\n\nSecond.", by=editor)
    assert Upload.objects.count() == 1

    take_in.call(intake.pk)

    intake.refresh_from_db()
    assert intake.status == IntakeStatus.READY
    assert "Second." in intake.text
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("data", "size", "says"),
    [(b"", 0, "is empty"), (b"x", LARGEST_FILE + 1, "larger than 20 MB")],
)
def test_a_file_that_is_refused_says_why(editor, data, size, says):
    intake = receiving.receive_file("trains.txt", data, by=editor, size=size)

    assert intake.status == IntakeStatus.FAILED
    assert says in problems.sentence(intake.problem)
    assert not Upload.objects.exists()
    with pytest.raises(ReceivingRefused, match="Send the file again"):
        receiving.try_again(intake, by=editor)


def test_a_file_that_cannot_be_read_says_why_and_may_be_sent_again(editor):
    data = b"{\\rtf1 Night trains}"
    intake = receiving.receive_file("trains.rtf", data, by=editor)
    take_in.call(intake.pk)
    intake.refresh_from_db()
    assert problems.sentence(intake.problem) == "Files of this kind cannot be read."

    again = receiving.receive_file("trains.txt", data, by=editor)

    assert (again.pk, again.status) == (intake.pk, IntakeStatus.QUEUED)
    assert (again.file_name, again.problem) == ("trains.txt", "")


def test_where_the_words_of_a_file_stand_is_kept_with_them(editor):
    data = pdf(["The first page says this."], ["The second page says that."])
    intake = receiving.receive_file("trains.pdf", data, by=editor)
    take_in.call(intake.pk)
    intake.refresh_from_db()

    edition = keep(intake, by=editor, headline="Trains").edition

    assert [block.locator for block in edition.layout] == ["p. 1", "p. 2"]


def test_the_same_file_is_one_while_it_waits(editor):
    first = receiving.receive_file("a.txt", b"Words.", by=editor)

    assert receiving.receive_file("b.txt", b"Words.", by=make.editor()) == first


def test_a_pasted_text_of_its_own_is_kept_at_once(editor):
    received = receiving.receive_text("It is round.", by=editor, headline="The moon")

    assert received.is_new_article
    assert not Intake.objects.exists()


def test_a_pasted_text_much_like_another_waits_for_a_choice(editor):
    words = story(1)
    original = make.edition(" ".join(words), by=editor)

    received = receiving.receive_text(
        edited(words, 40),
        by=editor,
        headline="Agency copy",
        address="https://other.example/",
    )

    assert isinstance(received, Intake)
    assert (received.status, received.near) == (IntakeStatus.READY, original)
    assert received.text == edited(words, 40)
    assert received.page_address == "https://other.example/"
    assert Article.objects.count() == 1


def test_pasting_settles_what_could_not_be_fetched(editor):
    failed = make.intake(status=IntakeStatus.FAILED, address="https://paper.example/a")

    received = receiving.receive_text(
        "It is round.",
        by=editor,
        headline="The moon",
        address="https://paper.example/a",
    )

    failed.refresh_from_db()
    assert (failed.status, failed.article) == (IntakeStatus.KEPT, received.article)


# Recognising


def test_an_article_is_recognised_by_the_address_that_the_page_gives_itself(
    editor, site
):
    at, opened = site({})
    known = make.article(address=f"{at}/trains", by=editor)
    head = f"<link rel='canonical' href='{at}/trains?utm_source=x'>"
    opened.answers["/a"] = page(head=head)

    intake = fetched(f"{at}/a", by=editor)

    assert intake.twin == known
    assert intake.page_address == f"{at}/trains"
    imported = keep(intake, by=editor)
    assert (imported.article, imported.edition.number) == (known, 2)
    assert receiving.asking.article_at([f"{at}/a"]) == known


def test_an_article_is_recognised_where_a_redirect_leads(editor, site):
    at, _ = site({"/short": redirect("/long"), "/long": page()})
    known = make.article(address=f"{at}/long", by=editor)

    assert fetched(f"{at}/short", by=editor).twin == known


@pytest.mark.parametrize(
    ("named", "found_at", "own"),
    [
        ("https://a.example/b", "https://a.example/c", "https://a.example/b"),
        ("https://a.example/", "https://a.example/c", ""),
        ("https://a.example/", "https://a.example/", "https://a.example/"),
        ("https://a.example/?p=3", "https://a.example/c", "https://a.example/?p=3"),
        ("https://amp.a.example/b", "https://a.example/c", "https://a.example/b"),
        ("javascript:alert(1)", "https://a.example/c", ""),
        ("", "https://a.example/c", ""),
    ],
)
def test_the_first_page_of_a_site_is_no_articles_address(named, found_at, own):
    assert own_address(named, found_at) == own


def test_a_text_much_like_one_that_is_here_is_pointed_out(editor, site):
    original = make.edition("\n\n".join(PARAGRAPHS), by=editor)
    at, _ = site({"/a": page(*PARAGRAPHS, "One sentence more than the others have.")})

    intake = fetched(f"{at}/a", by=editor)

    assert intake.twin is None
    assert intake.near == original
    assert intake.likeness > 0.95


@pytest.mark.parametrize(("choice", "articles"), [("own", 2), ("next", 1)])
def test_one_chooses_what_becomes_of_it(editor, choice, articles):
    original = make.edition(" ".join(story(1)), by=editor)
    intake = make.intake(edited(story(1), 40), near=original, likeness=0.9)

    with pytest.raises(ReceivingRefused, match="Say whether"):
        keep(intake, by=editor)
    imported = keep(intake, by=editor, choice=choice)

    assert Article.objects.count() == articles
    assert (imported.article == original.article) == (choice == "next")
    assert imported.is_new_edition


def test_a_text_that_came_in_since_is_pointed_out_before_it_is_kept_twice(editor):
    intake = make.intake(edited(story(1), 40))
    original = make.edition(" ".join(story(1)), by=editor)

    with pytest.raises(Stale, match="much like this one") as stale:
        keep(intake, by=editor)

    assert stale.value.current.near == original
    assert keep(stale.value.current, by=editor, choice="own").is_new_article


def test_an_article_of_its_own_needs_an_address_of_its_own(editor):
    known = make.article(address="https://paper.example/a", by=editor)
    intake = make.intake(address="https://amp.paper.example/a", twin=known)

    with pytest.raises(ReceivingRefused, match="at this very address"):
        keep(intake, by=editor, choice="own")
    imported = keep(intake, by=editor, choice="own", address="https://paper.example/b")

    assert imported.article != known


# Keeping and dismissing


def test_what_is_kept_is_what_was_reviewed(editor):
    intake = make.intake("First words.\n\nSecond words.\n\nFollow us.")
    blocks = [dict(block) for block in intake.blocks]
    blocks[0] |= {"kind": "quote", "text": "First words, corrected."}
    blocks[1] |= {"locator": "p. 2"}

    imported = keep(intake, by=editor, blocks=blocks, headline="Corrected")

    assert imported.article.headline == "Corrected"
    assert imported.edition.text == "First words, corrected.\n\nSecond words."
    assert [(b.kind, b.locator) for b in imported.edition.layout] == [
        ("quote", ""),
        ("paragraph", "p. 2"),
    ]
    intake.refresh_from_db()
    assert (intake.status, intake.settled_by) == (IntakeStatus.KEPT, editor)
    assert intake.article == imported.article


def test_who_keeps_it_second_gets_the_article_that_is_there(editor):
    intake = make.intake()
    first = keep(intake, by=make.editor())

    second = keep(intake, by=editor)

    assert second.article == first.article
    assert not second.is_new_edition
    assert Edition.objects.count() == 1


def test_who_keeps_something_else_second_is_told(editor):
    intake = make.intake("First.\n\nSecond.\n\nThird.")
    keep(intake, by=make.editor())
    blocks = [block | {"dropped": False} for block in intake.blocks]

    with pytest.raises(Stale, match="kept this article meanwhile"):
        keep(intake, by=editor, blocks=blocks)


def test_corrections_on_top_of_others_are_refused(editor):
    intake = make.intake()
    receiving.review(intake, by=make.editor(), **described(intake, headline="Theirs"))

    with pytest.raises(Stale, match="Somebody else has corrected"):
        receiving.review(intake, by=editor, **described(intake, headline="Ours"))
    with pytest.raises(Stale) as stale:
        keep(intake, by=editor, headline="Ours")

    assert stale.value.current.headline == "Theirs"
    assert not Article.objects.exists()


def test_nothing_is_kept_of_nothing(editor):
    intake = make.intake("Follow us.")
    blocks = [block | {"dropped": True} for block in intake.blocks]

    with pytest.raises(ReceivingRefused, match="Every block is dropped"):
        keep(intake, by=editor, blocks=blocks)


def test_what_is_not_read_yet_is_not_kept(editor):
    intake = receiving.ask_for("https://paper.example/a", by=editor)

    with pytest.raises(ReceivingRefused, match="not ready"):
        keep(intake, by=editor)


def test_dismissing_twice_does_no_harm_and_what_is_kept_stays(editor):
    intake = make.intake()
    receiving.dismiss(intake, by=editor, reason="Not ours.")
    again = receiving.dismiss(intake, by=make.editor(), reason="Later.")
    assert (again.dismissed_because, again.settled_by) == ("Not ours.", editor)
    with pytest.raises(Stale, match="dismissed this article"):
        keep(intake, by=editor)

    kept = make.intake()
    keep(kept, by=editor)
    with pytest.raises(ReceivingRefused, match="kept this article"):
        receiving.dismiss(kept, by=editor)


def test_what_was_dismissed_can_be_asked_for_once_more(editor):
    intake = receiving.ask_for("https://paper.example/a", by=editor)
    receiving.dismiss(intake, by=editor)

    assert receiving.ask_for("https://paper.example/a", by=editor) != intake


def test_the_command_line_settles_what_waits(editor):
    waiting = make.intake(address="https://paper.example/a")
    article = import_article("It is round.", by=editor, headline="The moon").article

    receiving.settle(["https://paper.example/a?utm_source=x"], article, by=editor)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.article) == (IntakeStatus.KEPT, article)


def at_once(deed, people) -> list:
    """What each of them gets who do it at the same moment; a refusal is an answer."""
    together = Barrier(len(people))

    def go(number):
        together.wait(timeout=10)
        try:
            return deed(people[number], number)
        except Stale as stale:
            return stale
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(go, range(len(people))))


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_it_at_once_keep_one_article():
    intake = make.intake()

    imported = at_once(
        lambda person, _: keep(Intake.objects.get(pk=intake.pk), by=person),
        [make.editor(), make.editor()],
    )

    assert len({one.article for one in imported}) == 1
    assert Article.objects.count() == Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_keep_it_in_other_words_at_once_one_is_told():
    intake = make.intake("One.\n\nFollow us.")

    def deed(person, number):
        blocks = [dict(block) for block in intake.blocks]
        blocks[0]["text"] = f"Version of person {number}."
        return keep(Intake.objects.get(pk=intake.pk), by=person, blocks=blocks)

    found = at_once(deed, [make.editor(), make.editor()])

    assert sum(isinstance(one, Stale) for one in found) == 1
    assert Article.objects.count() == Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_people_who_ask_for_a_page_at_once_ask_once(settings):
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}
    }
    people = [make.editor() for _ in range(4)]

    for page in range(8):
        addresses = [f"https://{site}paper.example/{page}" for site in ("", "amp.")] * 2
        asked = at_once(
            lambda person, number, at=addresses: receiving.ask_for(
                at[number], by=person
            ),
            people,
        )
        assert len({intake.pk for intake in asked}) == 1

    assert Intake.objects.count() == 8
