"""The figures of a claim beside those of its source's excerpt, in words."""

import pytest
from django.utils import translation

from annotations.figures import in_words
from annotations.text.quantities import figures


def read(text: str) -> list:
    return [(quantity.span.of(text), quantity) for quantity in figures(text)]


@pytest.mark.parametrize(
    ("claimed", "found", "expected"),
    [
        (
            "72 milliards de dollars",
            "de 70 à 72 Md$",
            "of the source agree; one of them is more exact.",
        ),
        (
            "14,3 milliards d’euros",
            "12 km et 14,289 milliards d’euros",
            "of the source, rounded.",
        ),
        (
            "14,3 milliards d’euros",
            "14,3 millions d’euros",
            "the same digits at another scale.",
        ),
        ("500 dollars", "500 euros", "are in two currencies."),
        (
            "12 000 emplois",
            "40 000 emplois et 12 000 emplois",
            "the source says the same, “12 000”.",
        ),
        ("12 000 emplois", "15 000 emplois", "“12 000”, but “15 000” in the source."),
    ],
)
def test_one_sentence_says_how_they_stand(
    claimed: str, found: str, expected: str
) -> None:
    with translation.override("en"):
        (sentence,) = in_words(read(claimed), read(found))
    assert sentence.endswith(expected)


@pytest.mark.parametrize("found", ["", "aucun chiffre", "12 km", "en 2019"])
def test_nothing_is_said_where_nothing_compares(found: str) -> None:
    assert in_words(read("14,3 milliards d’euros"), read(found)) == []
