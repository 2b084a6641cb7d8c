"""Two figures side by side, as sentences say them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.quantities import Change, Quantity, figures
from annotations.text.quantities.comparison import Reason, Verdict, compare
from annotations.text.spans import Span


def figure(sentence: str) -> Quantity:
    """The first figure of a sentence that is not a time, or the time if it is alone."""
    found = figures(sentence, published=date(2026, 3, 15))
    return next((quantity for quantity in found if not quantity.is_time), found[0])


CASES = [
    ("14,3 milliards de dollars", "14,3 Md$", Verdict.SAME),
    ("14,3 milliards de dollars", "14 300 000 000 $", Verdict.SAME),
    ("près de 40 000 €", "près de 40 000 euros", Verdict.SAME),
    ("3 km de route", "3 000 m de route", Verdict.SAME),
    ("une baisse de 3 %", "−3 %", Verdict.SAME),
    ("de 12 à 15 M€", "entre 12 et 15 millions d’euros", Verdict.SAME),
    ("en octobre 2021", "octobre 2021", Verdict.SAME),
    ("14,3 milliards de dollars", "14,289 milliards de dollars", Verdict.ROUNDED),
    ("72 milliards de dollars", "72,22 milliards de dollars", Verdict.ROUNDED),
    ("40 000 emplois", "39 872 emplois", Verdict.ROUNDED),
    ("près de 40 000 emplois", "40 000 emplois", Verdict.ROUNDED),
    ("deux tiers des voix", "66,7 % des voix", Verdict.INCOMPARABLE),
    ("14,3 milliards de dollars", "14,4 milliards de dollars", Verdict.DIFFERENT),
    ("1 milliard d’euros", "1,4 milliard d’euros", Verdict.DIFFERENT),
    ("100 morts", "60 morts", Verdict.DIFFERENT),
    ("72 milliards de dollars", "de 70 à 72 milliards de dollars", Verdict.WITHIN),
    ("75 milliards de dollars", "de 70 à 72 milliards de dollars", Verdict.DIFFERENT),
    ("plus de 40 000 emplois", "45 000 emplois", Verdict.WITHIN),
    ("plus de 40 000 emplois", "35 000 emplois", Verdict.DIFFERENT),
    ("au moins 17 morts", "17 morts", Verdict.WITHIN),
    ("plus de 17 morts", "17 morts", Verdict.ROUNDED),
    ("le 14 octobre 2021", "en octobre 2021", Verdict.WITHIN),
    ("en 2019", "en 2020", Verdict.DIFFERENT),
    ("14,3 millions d’euros", "14,3 milliards d’euros", Verdict.SCALE),
    ("12 000 emplois", "12 millions d’emplois", Verdict.SCALE),
    ("3 % des voix", "3 points", Verdict.UNIT),
    ("100 km", "100 kg", Verdict.UNIT),
    ("500 dollars", "500 euros", Verdict.INCOMPARABLE),
    ("une hausse de 3 %", "un taux de 3 %", Verdict.INCOMPARABLE),
    ("une hausse de 3 %", "une baisse de 3 %", Verdict.INCOMPARABLE),
    ("90 euros par an", "90 euros par mois", Verdict.INCOMPARABLE),
    ("1.250 euros", "1 250 euros", Verdict.INCOMPARABLE),
    ("12 morts en 2019", "12 morts en 2020", Verdict.INCOMPARABLE),
    ("12 morts", "en 2020", Verdict.INCOMPARABLE),
]


@pytest.mark.parametrize(("claimed", "found", "expected"), CASES)
def test_a_claim_beside_its_source(claimed: str, found: str, expected: Verdict) -> None:
    assert compare(figure(claimed), figure(found)).verdict is expected


@pytest.mark.parametrize(
    ("claimed", "found", "reason"),
    [
        ("500 dollars", "500 euros", Reason.CURRENCY),
        ("une hausse de 3 %", "un taux de 3 %", Reason.CHANGE),
        ("90 euros par an", "90 euros par mois", Reason.PER),
        ("1.250 euros", "1 250 euros", Reason.READINGS),
        ("12 morts en 2019", "12 morts en 2020", Reason.PERIOD),
        ("12 km", "13 kg", Reason.UNIT),
    ],
)
def test_why_two_figures_are_not_comparable(
    claimed: str, found: str, reason: Reason
) -> None:
    assert compare(figure(claimed), figure(found)).reason is reason


def test_how_far_apart() -> None:
    comparison = compare(figure("150 euros"), figure("100 euros"))
    assert (comparison.factor, comparison.share) == (Decimal("1.5"), Decimal("0.5"))
    assert compare(figure("3 millions"), figure("3 milliards")).power == -3
    assert compare(figure("3 morts"), Quantity(Span(0, 1), Decimal(0))).factor is None


VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(ours=VALUES, theirs=VALUES)
def test_same_is_said_of_equal_values_only(ours: Decimal, theirs: Decimal) -> None:
    quantum = Decimal("0.01")
    one = Quantity(Span(0, 1), ours, quantum=quantum)
    other = Quantity(Span(0, 1), theirs, quantum=quantum)
    assert (compare(one, other).verdict is Verdict.SAME) == (ours == theirs)
    up = Quantity(Span(0, 1), theirs, quantum=quantum, change=Change.UP)
    assert compare(one, up).verdict is Verdict.INCOMPARABLE
