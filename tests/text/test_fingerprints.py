from random import Random

import pytest

from annotations.text.fingerprints import (
    BANDS,
    FEWEST_WORDS,
    ORDERS,
    bands,
    likeness,
    shared,
    signature,
)

WORDS = [f"word{number}" for number in range(3000)]


def story(seed: int, length: int = 600) -> list[str]:
    """A text of its own."""
    chance = Random(seed)  # noqa: S311  a text, not a secret
    return [chance.choice(WORDS) for _ in range(length)]


def edited(words: list[str], every: int) -> str:
    """The same text, one word in `every` replaced."""
    return " ".join(
        "other" if place % every == 0 else word for place, word in enumerate(words)
    )


def meet(one: str, other: str) -> bool:
    """Whether an index over the bands finds one by the other."""
    return bool(set(bands(signature(one))) & set(bands(signature(other))))


def test_the_same_words_have_the_same_signature():
    text = " ".join(story(1))

    alike = text.replace(" word1 ", "  Word1,\n\n").upper()

    assert signature(text) == signature(alike)
    assert likeness(signature(text), signature(alike)) == 1
    assert shared(text, alike) == 1


@pytest.mark.parametrize("seed", range(20))
def test_agency_copy_that_was_edited_is_found(seed):
    words = story(seed)

    copy = edited(words, 40)

    assert meet(" ".join(words), copy)
    assert shared(" ".join(words), copy) > 0.8


@pytest.mark.parametrize("seed", range(20))
def test_agency_copy_with_as_much_again_around_it_is_found(seed):
    words = story(seed)

    longer = " ".join([*story(seed + 1000, 300), *words, *story(seed + 2000, 200)])

    assert meet(" ".join(words), longer)
    assert shared(" ".join(words), longer) == 1
    assert likeness(signature(" ".join(words)), signature(longer)) < 0.75


def test_texts_of_their_own_do_not_meet():
    texts = [" ".join(story(seed)) for seed in range(40)]

    meetings = [(a, b) for a in range(40) for b in range(a) if meet(texts[a], texts[b])]

    assert meetings == []
    assert shared(texts[0], texts[1]) == 0


def test_likeness_is_about_the_share_of_common_runs():
    words = story(3, 4000)
    half = " ".join([*words[:2000], *story(4, 2000)])

    assert likeness(signature(" ".join(words)), signature(half)) == pytest.approx(
        1 / 3, abs=0.12
    )


def test_a_signature_fits_into_columns_of_integers():
    of_text = signature(" ".join(story(5)))

    assert len(of_text) == ORDERS
    assert len(bands(of_text)) == BANDS
    assert all(-(2**31) <= number < 2**31 for number in [*of_text, *bands(of_text)])


def test_a_signature_is_the_same_for_ever():
    assert signature(" ".join(f"mot{n}" for n in range(100)))[:3] == [
        -444512917,
        919177452,
        1158212673,
    ]


def test_a_text_of_few_words_is_like_nothing():
    short = " ".join(WORDS[: FEWEST_WORDS - 1])

    assert signature(short) == []
    assert bands([]) == []
    assert likeness([], []) == 0
    assert shared(short, short) == 0
