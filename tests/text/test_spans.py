import pytest

from annotations.text.spans import Span


def test_a_span_is_its_words():
    assert Span(3, 7).of("La lune est vieille.") == "lune"


def test_offsets_count_code_points():
    assert Span(3, 7).of("👍🏽 lune") == "lune"


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Span(0, 5), Span(4, 9), True),
        (Span(0, 5), Span(5, 9), False),
        (Span(0, 9), Span(3, 4), True),
        (Span(2, 2), Span(0, 9), False),
    ],
)
def test_spans_overlap_where_they_share_a_character(one, other, overlap):
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


def test_a_span_covers_what_does_not_reach_beyond_it():
    assert Span(2, 8).covers(Span(2, 8))
    assert Span(2, 8).covers(Span(3, 5))
    assert not Span(2, 8).covers(Span(1, 5))
    assert not Span(2, 8).covers(Span(7, 9))


def test_spans_sort_as_the_words_stand():
    assert sorted([Span(4, 9), Span(0, 9), Span(0, 3)]) == [
        Span(0, 3),
        Span(0, 9),
        Span(4, 9),
    ]
