"""The command, as somebody at a terminal uses it."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Article, Edition
from tests import make

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/moon"


@pytest.fixture
def camille():
    return make.editor("camille")


@pytest.fixture
def text(tmp_path) -> Path:
    file = tmp_path / "moon.txt"
    file.write_text("# The moon\n\nIt is made of cheese.\n\n## Holes\n\nIt has some.")
    return file


def run(file, **options) -> str:
    out = io.StringIO()
    call_command("import_article", str(file), by="camille", stdout=out, **options)
    return out.getvalue()


def test_a_file_becomes_an_article_with_its_first_line_as_headline(camille, text):
    said = run(text, address=ADDRESS, outlet="The Orbit", date="2026-01-31")

    article = Article.objects.get()
    assert said == f"Added “The moon” (number {article.pk}).\n"
    assert (article.headline, article.outlet) == ("The moon", "The Orbit")
    assert article.published_on.isoformat() == "2026-01-31"
    assert article.added_by == camille
    edition = Edition.objects.get()
    assert "It is made of cheese." in edition.text
    assert [block.kind for block in edition.layout] == [
        "paragraph",
        "subhead",
        "paragraph",
    ]


def test_standard_input_will_do(camille, monkeypatch):
    stdin = SimpleNamespace(buffer=io.BytesIO("Il fait 14,3 °C.".encode()))
    monkeypatch.setattr("sys.stdin", stdin)

    run("-", headline="La météo")

    assert Edition.objects.get().text == "Il fait 14,3 °C."


def test_the_same_text_again_adds_nothing_and_another_is_the_next_version(
    camille, text
):
    run(text, address=ADDRESS)

    assert run(text, address=ADDRESS).startswith("Nothing new: “The moon”")
    text.write_text("# The moon\n\nIt is made of basalt.")
    assert run(text, address=ADDRESS).startswith("Added version 2 of “The moon”")
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "headline: "),
        (b"A headline alone", "text: "),
        (b"PK\x03\x04\x00\x00\xff\xfe\x00", "binary"),
        (b"Long\n\n" + b"word " * 100_001, "too long"),
    ],
)
def test_what_is_no_article_is_refused_with_a_sentence(camille, tmp_path, data, says):
    file = tmp_path / "article.txt"
    file.write_bytes(data)

    with pytest.raises(CommandError, match=says):
        run(file)

    assert not Article.objects.exists()


def test_every_field_that_is_wrong_is_named(camille, text):
    with pytest.raises(CommandError) as refusal:
        run(text, address="javascript:alert(1)", date="yesterday")

    assert "address: " in str(refusal.value)
    assert "published_on: " in str(refusal.value)


def test_a_file_that_is_not_there_is_named(camille, tmp_path):
    with pytest.raises(CommandError, match=r"none\.txt cannot be read: No such file"):
        run(tmp_path / "none.txt")


def test_nobody_imports_in_the_name_of_one_who_may_not(text):
    with pytest.raises(CommandError, match="There is no user “camille”"):
        run(text)
    make.reviewer("camille")
    with pytest.raises(CommandError, match="camille may not add articles"):
        run(text)
