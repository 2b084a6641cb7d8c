"""Figures: what is read in a sentence, in tables of sentences that were written for this."""

from datetime import date
from pathlib import Path

import pytest

from annotations.text.quantities import (
    Approximation,
    Change,
    Quantity,
    figures,
    notation,
)

PUBLISHED = date(2026, 3, 15)
NEAR = {
    Approximation.EXACT: "",
    Approximation.ABOUT: "~",
    Approximation.ALMOST: "≲",
    Approximation.MORE_THAN: ">",
    Approximation.AT_LEAST: "≥",
    Approximation.LESS_THAN: "<",
    Approximation.AT_MOST: "≤",
}
MOVES = {Change.LEVEL: "", Change.UP: "↑", Change.DOWN: "↓"}


def shown(quantity: Quantity) -> str:
    value, unit = notation(quantity)
    per = f"/{quantity.per}" if quantity.per else ""
    doubt = "?" if quantity.is_ambiguous else ""
    words = (
        f"{MOVES[quantity.change]}{NEAR[quantity.approximation]}{value} {unit}".strip()
    )
    return f"{words}{per}{doubt}"


def table(language: str) -> list[tuple[str, str, list[str]]]:
    """Language, sentence and figures of each line of the language's table."""
    lines = (Path(__file__).parent / f"figures_{language}.txt").read_text().splitlines()
    rows = []
    for line in lines:
        if line and not line.startswith("#"):
            sentence, _, expected = line.partition("⇒")
            no_break = (
                sentence.strip().replace("°€", "\u202f€").replace("°%", "\u202f%")
            )
            digits = no_break.replace("°000", "\u202f000").replace("°250", "\u202f250")
            rows.append(
                (
                    language,
                    digits,
                    [e.strip() for e in expected.split(";") if e.strip()],
                )
            )
    return rows


ROWS = table("fr") + table("en")


@pytest.mark.parametrize(("language", "sentence", "expected"), ROWS)
def test_figures_of_a_sentence(
    language: str, sentence: str, expected: list[str]
) -> None:
    found = figures(sentence, language=language, published=PUBLISHED)
    assert [shown(quantity) for quantity in found] == expected
    for quantity in found:
        assert quantity.span.of(sentence).strip() == quantity.span.of(sentence) != ""


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(table("fr")) >= 250
    assert len(table("en")) >= 100
