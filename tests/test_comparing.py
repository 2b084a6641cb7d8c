"""Two texts of an article beside each other."""

import pytest

from annotations.comparing import AROUND, compared, excerpt, questions
from annotations.figures import between_editions
from annotations.models import Carriage
from annotations.text.spans import Span
from tests import make


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("4,2 millions d’euros", "4,2 millions d'euros", []),
        (
            "4,2 millions d’euros",
            "5 millions d’euros",
            ["“4,2 millions d’euros” has become “5 millions d’euros”."],
        ),
        (
            "12 % en 2023",
            "12 % en 2024",
            ["“2023” has become “2024”."],
        ),
        ("coûte 3 euros", "coûte cher", ["“3 euros” is no longer there."]),
        ("coûte cher", "coûte 3 euros", ["“3 euros” is new."]),
        (
            "3 euros ou 4 euros",
            "4 euros ou 5 euros",
            ["“3 euros” has become “5 euros”."],
        ),
    ],
)
def test_figures_that_differ_are_named_in_words(old, new, sentences):
    found = between_editions(old, new, language="fr", published=None)

    assert found == sentences


@pytest.mark.django_db
def test_an_excerpt_stays_in_its_paragraph_and_cuts_no_word():
    long = "word " * 40
    edition = make.edition(f"Another one.\n\n{long}here {long}end.\n\nAnd another.")

    found = excerpt(edition, make.span(edition, "here"))

    assert found.words == "here"
    assert found.before.startswith("…word")
    assert found.after.endswith("word…")
    assert len(found.before) <= AROUND + 1
    assert "another" not in found.before + found.after
    whole = excerpt(edition, Span(0, len("Another one.")))
    assert (whole.before, whole.words, whole.after) == ("", "Another one.", "")


@pytest.mark.django_db
def test_every_word_of_both_texts_is_shown_and_each_passage_once(editor):
    text = (
        "One is first. It costs 3 euros.\n\nTwo is second and stays.\n\n"
        "Three is third and moves away.\n\nFour is fourth."
    )
    edition = make.edition(text, by=editor)
    for quote in ("It costs 3 euros", "Two is second", "moves away", "is fourth"):
        make.claim(quote, edition=edition, by=editor)
    new = make.next_edition(
        edition,
        "Three is third and moves away.\n\nOne is first. It costs 4 euros.\n\n"
        "Two is second and stays.\n\nSomething else was put here instead.",
    )

    found = compared(edition, new, Carriage.objects.to(new).with_passages())

    pairs = [pair for stretch in found.stretches for pair in stretch.pairs]
    olds = ["".join(piece.words for piece in pair.old) for pair in pairs if pair.old]
    news = ["".join(piece.words for piece in pair.new) for pair in pairs if pair.new]
    assert sorted(olds) == sorted(text.split("\n\n"))
    assert news == new.text.split("\n\n")
    shown = [row.appearance.quote for pair in pairs for row in pair.passages]
    assert sorted(shown) == [
        "It costs 3 euros",
        "Two is second",
        "is fourth",
        "moves away",
    ]
    assert found.apart == []
    assert not found.is_same


@pytest.mark.django_db
def test_every_doubt_has_its_sentence():
    from annotations.comparing import DOUBTS
    from annotations.text.carrying import Doubt

    assert DOUBTS.keys() == {str(doubt) for doubt in Doubt}


@pytest.mark.django_db
def test_questions_cost_a_query_for_each_earlier_text(django_assert_num_queries):
    row = make.carriage("It costs 40 euros.", "It costs 45 euros.")
    rows = list(Carriage.objects.waiting().with_passages())
    new = row.edition
    assert new.article.language == "en"

    with django_assert_num_queries(1):
        [asked] = questions(rows, new)

    assert asked.figures == ["“40 euros” has become “45 euros”."]
    assert asked.places[0].excerpt.words == "It costs 45 euros."
