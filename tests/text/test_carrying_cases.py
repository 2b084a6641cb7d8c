"""Carrying: the passages that were labelled by hand, one by one and all together."""

import pytest

from annotations.text.carrying import Carried, Carrier, Outcome
from annotations.text.spans import Span
from tests.text.carrying_cases import Case, cases

CASES = list(cases())
# What is known not to come out as labelled, and how: a person is asked where none is needed.
ASKED_IN_VAIN = {
    "Insertion au milieu du passage, 1",  # "le premier étage" could be a figure
}


def answer(case: Case) -> Carried:
    old, new = case.old, case.new
    return Carrier(old.text, old.blocks, new.text, new.blocks).carry(case.span)


def share(one: Span, other: Span) -> float:
    """Intersection over union."""
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (max(one.end, other.end) - min(one.start, other.start))


def test_there_are_many_of_each_kind():
    labels = [case.label for case in CASES]

    assert len(labels) >= 150
    for label in ("same", "edited", "other figure", "deleted"):
        assert labels.count(label) >= 30


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_labelled_passage_goes_where_the_label_says(case):
    carried = answer(case)

    if str(case) in ASKED_IN_VAIN:
        assert carried.span is None
        assert share(carried.proposals[0].span, case.gold) >= 0.8
        return
    match case.label:
        case "same" | "moved":
            assert carried == Carried(Outcome.CARRIED, case.gold)
        case "retouched":
            assert carried == Carried(Outcome.RETOUCHED, case.gold)
        case "edited":
            assert carried.outcome is Outcome.CHANGED
            assert share(carried.span, case.gold) >= 0.8
        case "other figure":
            assert carried.outcome in {Outcome.FIGURE_CHANGED, Outcome.AMBIGUOUS}
            assert share(carried.proposals[0].span, case.gold) >= 0.8
        case "deleted":
            assert carried.span is None
