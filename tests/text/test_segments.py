import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.segments import Segment, cut, share_out
from annotations.text.spans import Span


def test_a_block_without_passages_is_its_sentences_and_what_is_between():
    assert cut(Span(10, 30), [], [Span(10, 19), Span(20, 30)]) == [
        Segment(Span(10, 19), (), (), 0),
        Segment(Span(19, 20), (), (), None),
        Segment(Span(20, 30), (), (), 1),
    ]


def test_overlapping_passages_share_a_segment():
    assert cut(Span(0, 10), [(Span(4, 8), "b"), (Span(2, 6), "a")], [Span(0, 10)]) == [
        Segment(Span(0, 2), (), (), 0),
        Segment(Span(2, 4), ("a",), ("a",), 0),
        Segment(Span(4, 6), ("a", "b"), ("b",), 0),
        Segment(Span(6, 8), ("b",), (), 0),
        Segment(Span(8, 10), (), (), 0),
    ]


def test_the_longer_of_two_that_start_together_comes_first():
    [both, rest] = cut(Span(0, 9), [(Span(0, 4), "short"), (Span(0, 9), "long")], [])

    assert both.keys == both.begins == ("long", "short")
    assert rest == Segment(Span(4, 9), ("long",), (), None)


def test_a_passage_from_the_block_before_does_not_begin_here():
    passages = [(Span(0, 15), "a")]

    assert cut(Span(10, 20), passages, []) == [
        Segment(Span(10, 15), ("a",), (), None),
        Segment(Span(15, 20), (), (), None),
    ]


def test_an_empty_block_has_no_segments():
    assert cut(Span(5, 5), [(Span(0, 9), "a")], [Span(0, 9)]) == []


def test_a_passage_over_two_blocks_is_shared_by_both():
    blocks = [Span(0, 10), Span(12, 20), Span(22, 30)]
    passages = [
        (Span(22, 23), "c"),
        (Span(5, 15), "a"),
        (Span(10, 12), "gap"),
        (Span(0, 30), "all"),
    ]

    assert [[key for _, key in share] for share in share_out(passages, blocks)] == [
        ["all", "a"],
        ["all", "a"],
        ["all", "c"],
    ]


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(
    lambda ends: Span(*sorted(ends))
)


@st.composite
def apart(draw):
    """Spans in order and free of overlaps, as sentences are."""
    offsets = sorted(draw(st.sets(st.integers(0, 40), max_size=10)))
    return [Span(*ends) for ends in zip(offsets[::2], offsets[1::2], strict=False)]


@given(spans, st.lists(spans, max_size=8), apart())
def test_segments_fill_the_block_and_know_what_lies_on_them(
    within, passages, sentences
):
    keyed = list(zip(passages, range(len(passages)), strict=True))

    segments = cut(within, keyed, sentences)

    offsets = [offset for s in segments for offset in range(s.span.start, s.span.end)]
    assert offsets == list(range(within.start, within.end))
    assert all(segment.span.start < segment.span.end for segment in segments)
    for segment in segments:
        for at in range(segment.span.start, segment.span.end):
            here = Span(at, at + 1)
            assert set(segment.keys) == {
                key for span, key in keyed if span.covers(here)
            }
            assert [segment.sentence] == (
                [i for i, span in enumerate(sentences) if span.covers(here)] or [None]
            )
        order = [(passages[key].start, -passages[key].end) for key in segment.keys]
        assert order == sorted(order)
    begun = [key for segment in segments for key in segment.begins]
    assert len(begun) == len(set(begun))
    assert set(begun) == {
        key
        for span, key in keyed
        if span.overlaps(within) and span.start >= within.start
    }


@pytest.mark.parametrize("length", [5, 200])
def test_five_thousand_passages_are_cut_in_no_time(length):
    blocks = [Span(start, start + 598) for start in range(0, 60_000, 600)]
    passages = [(Span(start, start + length), start) for start in range(0, 60_000, 12)]

    started = time.process_time()
    for block, share in zip(blocks, share_out(passages, blocks), strict=True):
        cut(block, share, [])

    assert time.process_time() - started < 0.5  # 0.03 s on an idle core
