"""Carrying: what holds for any text, any edit, and hostile text."""

import re
import sys
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from annotations.text.blocks import lay_out
from annotations.text.carrying import Carried, Carrier, Kind, Outcome, changes
from annotations.text.carrying.folding import tokens
from annotations.text.spans import Span

WORDS = [
    "le",
    "la",
    "de",
    "un",
    "et",
    "à",
    "en",
    "pour",
    "sur",
    "avec",
    "maire",
    "ville",
    "budget",
    "école",
    "projet",
    "travaux",
    "annonce",
    "défend",
    "refuse",
    "millions",
    "euros",
    "habitants",
    "élèves",
    "routes",
    "12",
    "34,5",
    "2026",
    "%",
    "pas",
    "jamais",
    "mai",
]
# Bounded in number to keep the run short, and in nothing by a clock.
USUAL = settings(max_examples=40, deadline=None)
FAR_AWAY = [
    "orchid",
    "tapir",
    "glaze",
    "wharf",
    "fjord",
    "cobalt",
    "lyric",
    "plinth",
    "umber",
    "quartz",
    "vellum",
    "zephyr",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(
    lambda words: " ".join(words).capitalize() + "."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
ARTICLES = st.lists(PARAGRAPHS, min_size=1, max_size=6).map("\n\n".join)

# Paragraphs of which each sentence has a name that no other has.
NAMES = [
    f"{first}{last}"
    for first in ("Ba", "Do", "Ki", "Lu")
    for last in ("ran", "vel", "mos")
]
TOLD_APART = st.lists(
    st.lists(SENTENCES, min_size=1, max_size=3), min_size=1, max_size=4
).map(
    lambda paragraphs: "\n\n".join(
        " ".join(
            f"{NAMES[3 * at + index]} {sentence[0].lower()}{sentence[1:]}"
            for index, sentence in enumerate(sentences)
        )
        for at, sentences in enumerate(paragraphs)
    )
)


def laid_out(raw: str) -> tuple[str, list[Span]]:
    text, blocks = lay_out(raw)
    return text, [block.span for block in blocks]


def carrier(old: str, new: str) -> Carrier:
    return Carrier(*laid_out(old), *laid_out(new))


@st.composite
def passages(draw: st.DrawFn, text: str) -> Span:
    """A span of `text` with words at both ends."""
    start = draw(st.integers(0, max(0, len(text) - 1)))
    end = draw(st.integers(start, min(len(text), start + 200)))
    words = text[start:end]
    assume(words.strip())
    return Span(
        start + len(words) - len(words.lstrip()),
        start + len(words.rstrip()),
    )


@st.composite
def edits(draw: st.DrawFn, text: str) -> str:
    """`text` after some of what newsrooms do to texts."""
    paragraphs = [block.split(" ") for block in text.split("\n\n")]
    for _ in range(draw(st.integers(1, 5))):
        words = draw(st.sampled_from(paragraphs))
        at = draw(st.integers(0, len(words)))
        match draw(st.sampled_from(["insert", "delete", "replace", "move", "split"])):
            case "insert":
                words[at:at] = [draw(st.sampled_from(WORDS))]
            case "delete":
                del words[at : at + draw(st.integers(1, 6))]
            case "replace":
                words[at : at + 1] = [draw(st.sampled_from(WORDS))]
            case "move":
                paragraphs.remove(words)
                paragraphs.insert(draw(st.integers(0, len(paragraphs))), words)
            case "split":
                paragraphs.insert(paragraphs.index(words) + 1, words[at:])
                del words[at:]
    return "\n\n".join(" ".join(words) for words in paragraphs)


@USUAL
@given(st.data(), st.text() | ARTICLES)
def test_an_unchanged_text_carries_every_passage_where_it_is(data, raw):
    text, blocks = laid_out(raw)
    assume(text)
    span = data.draw(passages(text))

    assert Carrier(text, blocks, text, blocks).carry(span) == Carried(
        Outcome.CARRIED, span
    )


@USUAL
@given(st.data(), TOLD_APART)
def test_a_passage_that_was_carried_comes_home(data, article):
    old, _ = laid_out(article)
    new, _ = laid_out(data.draw(edits(old)))
    span = data.draw(passages(old))
    there = carrier(old, new).carry(span)
    assume(there.outcome is Outcome.CARRIED)

    back = carrier(new, old).carry(there.span)

    # A word that is new beside a passage may be a doubt where one that is gone is none.
    assert back.span in {span, None}


@USUAL
@given(st.data(), TOLD_APART)
def test_a_whole_sentence_that_stayed_comes_home(data, article):
    old, _ = laid_out(article)
    new, _ = laid_out(data.draw(edits(old)))
    found = data.draw(st.sampled_from(re.findall(r"[A-Z][^.]*\.", old)))
    span = Span(old.index(found), old.index(found) + len(found))
    there = carrier(old, new).carry(span)
    assume(there.outcome is Outcome.CARRIED)

    assert carrier(new, old).carry(there.span).span == span


@USUAL
@given(st.data(), ARTICLES)
def test_of_words_said_again_and_again_none_is_taken_for_another_unseen(data, article):
    old, _ = laid_out(article)
    new, _ = laid_out(data.draw(edits(old)))
    span = data.draw(passages(old))
    there = carrier(old, new).carry(span)
    assume(there.outcome is Outcome.CARRIED)

    back = carrier(new, old).carry(there.span)

    assert back.span == span or back.outcome is not Outcome.CARRIED


@USUAL
@given(st.data(), ARTICLES)
def test_an_answer_lies_in_the_text_and_its_proposals_apart(data, article):
    old, _ = laid_out(article)
    new, _ = laid_out(data.draw(edits(old)))
    span = data.draw(passages(old))

    answer = carrier(old, new).carry(span)

    places = [proposal.span for proposal in answer.proposals]
    for place in [*places, *([answer.span] if answer.span else [])]:
        assert 0 <= place.start < place.end <= len(new)
        assert place.of(new) == place.of(new).strip()
    assert len(places) <= 3
    assert not any(one.overlaps(two) for one, two in pairwise(sorted(places)))
    assert (answer.span is not None) == (
        answer.outcome in {Outcome.CARRIED, Outcome.RETOUCHED, Outcome.CHANGED}
    )
    if answer.outcome is Outcome.CARRIED:
        assert answer.span.of(new) == span.of(old)


@USUAL
@given(st.data(), ARTICLES)
def test_a_passage_never_lands_on_other_digits(data, article):
    old, _ = laid_out(article)
    new, _ = laid_out(data.draw(edits(old)))
    span = data.draw(passages(old))

    answer = carrier(old, new).carry(span)

    if answer.span:
        assert re.findall(r"\d+", answer.span.of(new)) == re.findall(
            r"\d+", span.of(old)
        )


@USUAL
@given(st.data(), ARTICLES)
def test_a_quote_of_another_article_is_an_orphan(data, article):
    old, _ = laid_out(article)
    words = st.lists(st.sampled_from(FAR_AWAY), min_size=4, max_size=40).map(" ".join)
    new = data.draw(words)
    span = data.draw(passages(old))
    assume(re.search(r"[^\W\d]{3}", span.of(old)))

    assert carrier(old, new).carry(span).outcome is Outcome.ORPHANED


@USUAL
@given(st.data(), st.integers(2, 7))
def test_passages_move_with_their_paragraphs(data, count):
    paragraphs = [
        f"Le point numéro {number} de la réunion concerne {WORDS[-number]} et rien d’autre."
        for number in range(1, count + 1)
    ]
    order = data.draw(st.permutations(paragraphs))
    old, new = "\n\n".join(paragraphs), "\n\n".join(order)
    start = data.draw(st.integers(0, 20))
    chosen = data.draw(st.sampled_from(paragraphs))
    span = Span(old.index(chosen) + start, old.index(chosen) + start + 25)
    moved = Span(new.index(chosen) + start, new.index(chosen) + start + 25)
    assume(span.of(old) == span.of(old).strip())

    assert carrier(old, new).carry(span) == Carried(Outcome.CARRIED, moved)


@USUAL
@given(st.data(), ARTICLES)
def test_the_order_of_the_passages_does_not_matter(data, article):
    old, _ = laid_out(article)
    new, _ = laid_out(data.draw(edits(old)))
    spans = data.draw(st.lists(passages(old), min_size=2, max_size=6))
    one, other = carrier(old, new), carrier(old, new)

    forth = [one.carry(span) for span in spans]
    back = [other.carry(span) for span in reversed(spans)]

    assert forth == back[::-1]


@USUAL
@given(st.data(), ARTICLES)
def test_what_is_not_marked_as_different_is_the_same(data, article):
    old, old_blocks = laid_out(article)
    new, new_blocks = laid_out(data.draw(edits(old)))

    rows = changes(old, old_blocks, new, new_blocks)

    here = [row.old for row in rows if row.old and row.kind is not Kind.MOVED_AWAY]
    assert sorted(here) == old_blocks
    there = [row.new for row in rows if row.new and row.kind is not Kind.MOVED_AWAY]
    assert there == new_blocks
    for row in rows:
        if row.kind is Kind.MOVED_AWAY:
            continue
        kept = unmarked(old, row.old, [*row.deleted, *row.left])
        assert kept == unmarked(new, row.new, [*row.inserted, *row.joined])


def unmarked(text: str, block: Span | None, marks: list[Span]) -> list[str]:
    if block is None:
        return []
    return [
        token.key
        for token in tokens(text, block.start, block.end)
        if not any(mark.covers(Span(token.start, token.end)) for mark in marks)
    ]


@USUAL
@given(st.text(), st.text())
@example("\u0301", "a")
@example("½", "1/2")
@example("\ud7ff…", "...")
def test_any_two_texts_can_be_compared(one, other):
    old, old_blocks = laid_out(one)
    new, new_blocks = laid_out(other)

    changes(old, old_blocks, new, new_blocks)
    for block in old_blocks:
        Carrier(old, old_blocks, new, new_blocks).carry(block)


HOSTILE = {
    "one letter": lambda n: ("a" * n, "a" * (n - 1)),
    "one word": lambda n: ("a " * n, "b " + "a " * n),
    "two words": lambda n: ("a b " * n, "b a c " * n),
    "equal lines": lambda n: ("Un.\n\n" * n, "Un.\n\n" * (n + 1)),
    "equal lines, edited": lambda n: ("Un deux.\n\n" * n, "Un trois.\n\n" * n),
    "lines by turns": lambda n: (
        "Un.\n\nDeux.\n\n" * n,
        "Deux.\n\nUn.\n\nTrois.\n\n" * n,
    ),
    "all different": lambda n: (
        " ".join(f"mot{i}x" for i in range(n)),
        " ".join(f"mot{i}y" for i in range(n)),
    ),
    "all reversed": lambda n: (
        "\n\n".join(f"Ligne {i}, la même." for i in range(n)),
        "\n\n".join(f"Ligne {i}, la même." for i in range(n, 0, -1)),
    ),
    "every line edited": lambda n: (
        "\n\n".join(f"Ligne {i} du texte, la même." for i in range(n)),
        "\n\n".join(f"Ligne {i} du livre, la même." for i in range(n)),
    ),
    "no spaces": lambda n: ("漢字" * n, "字漢" * n),
    "signs": lambda n: ("?!" * n, "!?" * n),
    "figures": lambda n: ("12 % " * n, "13 % " * n),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_as_the_texts_do(kind):
    def calls(size: int) -> int:
        """How many functions are called: the same on any machine."""
        old, new = HOSTILE[kind](size)
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            carried = Carrier(*laid_out(old), *laid_out(new))
            carried.carry(Span(len(old) // 2, len(old) // 2 + 40))
        finally:
            sys.setprofile(before)
        return counted

    short, long = calls(150), calls(1_200)
    assert long < 12 * short + 20_000
