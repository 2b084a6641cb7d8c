import pytest

from annotations.text.languages import guessed, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("$14.3 billion", "en"),
        ("We expect capital expenditures of $70-72 billion.", "en"),
        ("14,3 milliards de dollars", "fr"),
        ("12 billions d’euros, selon le ministre", "fr"),
        ("40 M€", "fr"),
        ("12 000", "fr"),
        ("", "fr"),
    ],
)
def test_small_words_tell_the_language(text: str, language: str) -> None:
    assert guessed(text, otherwise="fr") == language


def test_what_tells_nothing_is_as_it_is_told() -> None:
    assert guessed("Meta 2025", otherwise="en") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le rapport est dans la boîte.", "fr"),
        ("The report is in the box.", "en"),
        ("14,3 %", ""),
        ("The report is in the box. " * 300 + "Le rapport est dans la boîte. " * 900, "en"),
    ],
)  # fmt: skip
def test_a_longer_text_is_told_by_its_beginning(text, language):
    assert language_of(text) == language
