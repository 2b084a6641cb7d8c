"""Figures: what holds for any number, any text, and hostile text."""

import sys
import time
from decimal import Decimal
from itertools import pairwise

import pytest
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.quantities import figures
from annotations.text.quantities.tokens import tokens

LANGUAGES = {
    "fr": ("fr_FR", "Cela fait {} à ce jour."),
    "en": ("en_GB", "It is {} by now."),
}
AMOUNTS = st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=2)


@given(language=st.sampled_from(sorted(LANGUAGES)), value=AMOUNTS)
def test_an_amount_that_babel_formats_comes_back(language: str, value: Decimal) -> None:
    locale, sentence = LANGUAGES[language]
    for code in ("EUR", "USD", "GBP", "CHF", "CAD"):
        written = format_currency(value, code, locale=locale)
        (figure,) = figures(sentence.format(written), language=language)
        assert (figure.value, figure.unit, figure.is_money) == (value, code, True), (
            written
        )


@given(
    language=st.sampled_from(sorted(LANGUAGES)),
    value=st.decimals(min_value=0, max_value=Decimal("1e9"), places=1),
)
def test_a_share_that_babel_formats_comes_back(language: str, value: Decimal) -> None:
    locale, sentence = LANGUAGES[language]
    written = format_percent(value / 100, format="#,##0.0 %", locale=locale)
    (figure,) = figures(sentence.format(written), language=language)
    assert (figure.value, figure.unit) == (value, "%"), written


@given(
    language=st.sampled_from(sorted(LANGUAGES)),
    value=st.integers(min_value=10_000, max_value=10**15),
    things=st.sampled_from(["voix", "cases"]),
)
def test_a_count_that_babel_formats_comes_back(
    language: str, value: int, things: str
) -> None:
    locale, sentence = LANGUAGES[language]
    written = format_decimal(value, locale=locale)
    (figure,) = figures(sentence.format(f"{written} {things}"), language=language)
    assert (figure.value, figure.unit) == (value, ""), written


@given(text=st.text(), language=st.sampled_from(["fr", "en"]))
def test_any_text_has_figures_in_order_inside_of_it(text: str, language: str) -> None:
    end = 0
    for figure in figures(text, language=language):
        assert end <= figure.span.start < figure.span.end <= len(text)
        end = figure.span.end
        assert figure.is_time == (
            figure.period is not None
            and figure.value is None
            and figure.lower is None
            and figure.upper is None
        )


PIECES = [
    "12",
    "34,5",
    "1.250",
    "2026",
    "0",
    "999999",
    "€",
    "$",
    "%",
    "M",
    "Md",
    "k",
    "de",
    "à",
    "et",
    "entre",
    "sur",
    "-",
    "–",
    "+",
    "/",
    "°",
    ".",
    ",",
    "(",
    ")",
    "deux",
    "mille",
    "cent",
    "vingt",
    "un",
    "une",
    "dizaine",
    "milliards",
    "demi",
    "tiers",
    "plus",
    "environ",
    "hausse",
    "par",
    "an",
    "T1",
    "octobre",
    "l'an",
    "dernier",
    "one",
    "million",
    "half",
    "a",
    "third",
    "in",
    "out",
    "of",
    "points",
    "G20",
    "20h30",
    "million",
    "and",
]


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=30),
    glue=st.sampled_from([" ", "", "\u202f", "-"]),
    language=st.sampled_from(["fr", "en"]),
)
def test_any_jumble_of_a_figure_s_words_is_read_without_an_error(
    pieces: list[str], glue: str, language: str
) -> None:
    text = glue.join(pieces)
    spans = [figure.span for figure in figures(text, language=language)]
    assert all(not a.overlaps(b) for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1 111 ",
        "111.",
        "1,1",
        "a",
        "a-",
        "a1-",
        "1-",
        "- ",
        "deux ",
        "deux-",
        "cent et ",
        "mille milliards ",
        "12 à ",
        "de 12 à ",
        "un sur ",
        "milliards ",
        "et demi ",
        "entre 1 et ",
        "$",
        "$ ",
        "+",
        "€1",
        "www.",
        "a@",
        "01 23 ",
        "1/",
        "plus de ",
        "hausse de ",
        "million and ",
        "octobre ",
        "premier trimestre ",
        "12 au ",
        "",
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_work_grows_as_the_text_does(piece: str, language: str) -> None:
    def calls(length: int) -> int:
        """How many functions are called: the same on any machine."""
        text = (piece or " ") * (length // len(piece or " "))
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            figures(text, language=language)
        finally:
            sys.setprofile(before)
        return counted

    short, long = calls(1_000), calls(8_000)
    assert long < 10 * short + 500


@pytest.mark.parametrize(
    "piece", ["1", "1 111", "1.1", "a", "a-", "a1-", "www.", "a@", "0 ", "-", "é1"]
)
def test_no_pattern_backtracks_without_bound(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    tokens(text, 0, len(text))
    # It takes half a second; what looks back over all of it would take hours.
    assert time.process_time() - begun < 60
