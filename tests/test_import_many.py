"""The command for many addresses and files, as somebody at a terminal uses it."""

import io

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Article, Edition, Intake, IntakeStatus
from tests import make
from tests.outgoing.site import answer
from tests.test_receiving import PARAGRAPHS, page, site  # noqa: F401  a fixture
from tests.text.test_fingerprints import edited, story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def camille(db):
    return make.editor("camille")


def run(*what, refused: str = "", **options) -> str:
    out = io.StringIO()
    arguments = [*map(str, what)]
    if not refused:
        call_command("import_article", *arguments, by="camille", stdout=out, **options)
    else:
        with pytest.raises(CommandError, match=refused):
            call_command(
                "import_article", *arguments, by="camille", stdout=out, **options
            )
    return out.getvalue()


def test_addresses_and_files_are_imported_and_named(site, tmp_path):  # noqa: F811
    at, _ = site({"/a": page(), "/gone": answer(b"", status="404 Not Found")})
    file = tmp_path / "story.txt"
    file.write_text("The moon\n\nIt is made of cheese.")
    missing = tmp_path / "none.txt"

    said = run(f"{at}/a", f"{at}/gone", file, missing, refused="Not imported: 2 of 4")

    article = Article.objects.get(address=f"{at}/a")
    assert f"{at}/a: Added “Night trains are back” (number {article.pk})." in said
    assert f"{at}/gone: The site has no such page" in said
    assert f"{file}: Added “" in said
    assert f"{missing}: cannot be read: No such file" in said
    assert said.endswith("2 added, 2 refused.\n")
    assert article.editions.get().text == "\n\n".join(PARAGRAPHS)
    assert article.language == "en"


def test_blocks_that_are_doubted_are_left_out_and_named(site):  # noqa: F811
    at, _ = site({"/a": page()})

    said = run(f"{at}/a")

    assert "left out, as it asks readers to follow" in said
    assert "“Follow us on all networks.”" in said
    assert "Follow us" not in Edition.objects.get().text


def test_what_is_here_is_skipped_without_a_fetch(site):  # noqa: F811
    at, opened = site({"/a": page(), "/b": page(title="Another")})
    run(f"{at}/a")
    asked = opened.paths.count("/a")

    said = run(f"{at}/a?utm_source=x", f"{at}/b")

    assert "Here already: “Night trains are back”" in said
    assert said.endswith("1 added, 1 here already.\n")
    assert opened.paths.count("/a") == asked


def test_what_is_here_is_fetched_again_if_asked_for(site):  # noqa: F811
    at, opened = site({"/a": page()})
    run(f"{at}/a")
    assert "Nothing new" in run(f"{at}/a", again=True)
    opened.answers["/a"] = page(
        *PARAGRAPHS, "One more paragraph, added in the evening."
    )

    assert "Added version 2 of" in run(f"{at}/a", again=True)


def test_a_list_names_what_to_import(site, tmp_path):  # noqa: F811
    at, _ = site({"/a": page(), "/b": page(title="Another")})
    names = tmp_path / "list"
    names.write_text(f"# Monday\n{at}/a\n\n  {at}/b  \n")

    assert run(from_list=str(names)).endswith("2 added.\n")
    assert run(from_list=str(names)).endswith("2 here already.\n")


def test_files_can_be_imported_again_and_nothing_is_added(tmp_path):
    files = [tmp_path / f"{n}.txt" for n in range(2)]
    for number, file in enumerate(files):
        file.write_text(f"Headline {number}\n\nWords of number {number}.")

    assert run(*files).endswith("2 added.\n")
    assert run(*files).endswith("2 here already.\n")


def test_options_say_what_pages_do_not(site):  # noqa: F811
    at, _ = site({"/a": page()})

    run(f"{at}/a", headline="Given", outlet="The Orbit", date="2026-01-31", why="Reach")

    article = Article.objects.get()
    assert (article.headline, article.outlet) == ("Given", "The Orbit")
    assert article.published_on.isoformat() == "2026-01-31"
    assert article.selected_because == "Reach"


def test_agency_copy_is_named(tmp_path):
    make.edition(" ".join(story(1)), headline="The original")
    files = [tmp_path / "copy.txt", tmp_path / "other.txt"]
    files[0].write_text("Copy\n\n" + edited(story(1), 40))
    files[1].write_text("Other\n\n" + " ".join(story(2)))

    said = run(*files)

    assert said.count("much like “The original”") == 1
    assert said.endswith("2 added.\n")


def test_what_waits_in_the_queue_is_settled(site):  # noqa: F811
    at, _ = site({"/a": page()})
    waiting = make.intake(address=f"{at}/a")

    run(f"{at}/a")

    waiting.refresh_from_db()
    assert waiting.status == IntakeStatus.KEPT
    assert Intake.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "options", "says"),
    [
        ([], {}, "Name addresses or files"),
        (["a.txt", "b.txt"], {"headline": "One"}, "of one article alone"),
        (["-", "b.txt"], {}, "import it alone"),
        (["http://"], {}, "Not imported: 1 of 1"),
        (["http://10.0.0.1/"], {}, "Not imported: 1 of 1"),
        ([], {"from_list": "/nowhere"}, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(what, options, says):
    run(*what, refused=says, **options)

    assert not Article.objects.exists()
