import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotations.text.anchoring import (
    Ambiguous,
    Blank,
    NotFound,
    Unlocated,
    context,
    locate,
)
from annotations.text.blocks import lay_out
from annotations.text.spans import Span

# A text as it was pasted: unnormalised, with everything that has ever moved a highlight.
PASTED = (
    "Un pari à 14,3 milliards\r\n\r\n"
    "Meta a annoncé un investis\u00adsement de 14,3\u00a0milliards de dollars (!) dans cette "
    "start-up\u200b. Le titre a perdu 72\u202f% depuis l\u2019e\u0301te\u0301.\r\n\r\n"
    "«\u00a0C\u2019est faux\u00a0!\u00a0», dit-il. Le budget a doublé. Personne ne le croit. "
    "Le budget a doublé. Bravo 👍🏽 à l\u2019équipe\u00a0!\r\n\r\n"
    "Le nom \u1e0d\u0307 de q\u0323\u0307 reste. Suivez-nous 👩\u200d👧 ici."
)
TEXT, BLOCKS = lay_out(PASTED)


def placed(words, *, nth=0):
    """The span of the nth occurrence of `words` in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def block_at(offset):
    return next(block.span for block in BLOCKS if block.span.end > offset)


def select(span):
    """What a browser sends of a selection: the block's words before, some after."""
    block = block_at(span.start)
    return {
        "quote": span.of(TEXT),
        "before": TEXT[block.start : span.start],
        "after": TEXT[span.end : span.end + 40],
        "within": Span(block.start, max(block.end, block_at(span.end - 1).end)),
    }


# The words as selected; as the text has them; which of several.
SELECTED = [
    ("investissement de 14,3\u00a0milliards", None, 0),
    ("investissement de 14,3 milliards", "investissement de 14,3\u00a0milliards", 0),
    ("inves\u00adtisse\u00adment", "investissement", 0),
    ("dollars (!) dans", None, 0),
    ("(!)", None, 0),
    ("start-up\u200b.", "start-up.", 0),
    ("start‑up", "start-up", 0),
    ("72\u202f%", None, 0),
    ("72 %", "72\u202f%", 0),
    ("72\u00a0%", "72\u202f%", 0),
    ("  72\u202f% \n", "72\u202f%", 0),
    ("l'été", "l’été", 0),
    ("l’e\u0301te\u0301", "l’été", 0),
    ("«\u00a0C’est faux\u00a0!\u00a0»", None, 0),
    ("« C'est faux ! »", "«\u00a0C’est faux\u00a0!\u00a0»", 0),
    ("“ C’est faux ! ”", "«\u00a0C’est faux\u00a0!\u00a0»", 0),
    ("Le budget a doublé.", None, 0),
    ("Le budget a doublé.", None, 1),
    ("a doublé", None, 1),
    ("e", None, 7),
    ("👍🏽", None, 0),
    ("Bravo 👍🏽 à", None, 0),
    ("👍", None, 0),
    ("\u1e0d\u0307", None, 0),
    ("d\u0323\u0307", "\u1e0d\u0307", 0),
    ("d\u0307\u0323", "\u1e0d\u0307", 0),
    ("q\u0323", None, 0),
    ("👩\u200d👧", "👩👧", 0),
    ("l’été.\n\n«\u00a0C’est faux", None, 0),
    ("l’été.\r\n\r\n«\u00a0C’est faux", "l’été.\n\n«\u00a0C’est faux", 0),
    ("l’été. «\u00a0C’est faux", "l’été.\n\n«\u00a0C’est faux", 0),
    ("l’été.\n«\u00a0C’est faux", "l’été.\n\n«\u00a0C’est faux", 0),
]


@pytest.mark.parametrize(("selected", "words", "nth"), SELECTED)
def test_the_span_is_exactly_what_was_selected(selected, words, nth):
    span = placed(words or selected, nth=nth)

    assert locate(TEXT, **select(span) | {"quote": selected}) == span


@pytest.mark.parametrize(("selected", "words", "nth"), SELECTED)
def test_context_in_another_spelling_leads_there_too(selected, words, nth):
    span = placed(words or selected, nth=nth)
    sent = select(span) | {"quote": selected}
    for side in ("before", "after"):
        plain = (
            sent[side].replace("\u00a0", " ").replace("’", "'").replace("\n\n", "\r\n")
        )
        sent[side] = unicodedata.normalize("NFD", plain)

    assert locate(TEXT, **sent) == span


def test_context_may_be_cut_through_an_emoji():
    found = locate(
        TEXT,
        "Le budget a doublé.",
        before="\ufffd ne le croit. ",
        after=" Bravo \ufffd",
        within=BLOCKS[2].span,
    )

    assert found == placed("Le budget a doublé.", nth=1)


@pytest.mark.parametrize(
    ("before", "after", "nth"),
    [
        ("dit-il. ", "", 0),
        ("", " Personne", 0),
        ("croit. ", "", 1),
        ("", " Bravo", 1),
        ("ne le croit. ", " Bravo", 1),
        ("n’a rien dit. ", " Bravo", 1),
    ],
)
def test_of_several_the_one_in_its_context_is_meant(before, after, nth):
    found = locate(TEXT, "Le budget a doublé.", before=before, after=after)

    assert found == placed("Le budget a doublé.", nth=nth)


def test_a_few_words_after_do_not_make_the_first_of_several_right():
    assert locate("oui, oui et oui !", "oui", after=" et") == Span(5, 8)


def test_words_that_stand_at_the_start_are_meant_if_what_follows_agrees():
    assert locate("oui oui oui oui", "oui", after=" oui") == Span(0, 3)


def test_all_that_stands_before_counts_in_another_spelling_too():
    assert locate("l’an, l’an, l’an", "an", before="l'an, l'") == Span(8, 10)


def test_the_first_of_several_is_not_meant_because_it_stands_first():
    with pytest.raises(Ambiguous):
        locate("oui, non, oui", "oui")


def test_words_that_overlap_themselves_are_told_apart():
    assert locate("une aaaa", "aa", before="une a") == Span(5, 7)
    assert locate("x aaa y", "aa", after=" y") == Span(3, 5)


def test_a_letter_without_its_accents_is_not_the_letter_with_them():
    assert locate("le x\u0323 et le x", "x") == Span(12, 13)


@pytest.mark.parametrize(
    ("quote", "count"), [("Le budget a doublé.", 2), ("le budget", 0), ("l'", 2)]
)
def test_words_alone_must_be_unique(quote, count):
    with pytest.raises(Ambiguous if count else NotFound) as refusal:
        locate(TEXT, quote)

    assert getattr(refusal.value, "count", 0) == count


@pytest.mark.parametrize(
    "quote", ["", " ", "\n\n", "\u00a0\u202f", "\u00ad\u200b", "\x00"]
)
def test_nothing_cannot_be_located(quote):
    with pytest.raises(Blank):
        locate(TEXT, quote)


@pytest.mark.parametrize(
    "quote",
    ["14,2 milliards", "14.3 milliards", "143 milliards", "l’ete", "72%", "Meta n’a"],
)
def test_other_words_are_not_found(quote):
    with pytest.raises(NotFound):
        locate(TEXT, quote)


def test_words_outside_the_region_are_not_found():
    with pytest.raises(NotFound):
        locate(TEXT, "Le budget a doublé.", within=BLOCKS[1].span)


def test_every_refusal_says_so_in_a_sentence():
    for refusal in (Blank(), NotFound(), Ambiguous(3)):
        assert isinstance(refusal, Unlocated)
        assert str(refusal).endswith(".")


HARD = st.sampled_from(
    "ab  \n\u00a0\u202f’'«»\"-–.e\u0301\u0323\u1e0d👍🏽\u00ad\u200d\r\ufffdA"
)


@given(st.text(HARD) | st.text(), st.data())
def test_any_selection_is_found_again(raw, data):
    text, blocks = lay_out(raw)
    assume(blocks)
    first = data.draw(st.integers(0, len(blocks) - 1))
    last = data.draw(st.integers(first, len(blocks) - 1))
    within = Span(blocks[first].span.start, blocks[last].span.end)
    start = data.draw(st.integers(within.start, blocks[first].span.end))
    end = data.draw(st.integers(start, within.end))
    words = text[start:end]
    bare = words.strip()
    assume(bare)

    found = locate(
        text,
        words,
        before=text[within.start : start],
        after=text[end : within.end],
        within=within,
    )

    lead = len(words) - len(words.lstrip())
    assert found == Span(start + lead, start + lead + len(bare))


@given(st.text(HARD), st.text(HARD), st.text(HARD), st.text(HARD))
def test_what_is_found_is_what_was_looked_for_and_in_the_region(
    raw, quote, before, after
):
    text, _ = lay_out(raw)
    within = Span(len(text) // 4, len(text))
    try:
        found = locate(text, quote, before=before, after=after, within=within)
    except Unlocated:
        return

    assert within.covers(found)
    assert found.of(text).strip() == found.of(text) != ""


def test_context_is_some_words_on_either_side():
    span = placed("14,3\u00a0milliards")

    prefix, suffix = context(TEXT, span)

    assert (len(prefix), len(suffix)) == (32, 32)
    assert TEXT[span.start - 32 : span.end + 32] == prefix + span.of(TEXT) + suffix


def test_context_ends_with_the_text():
    assert context("abc", Span(1, 2)) == ("a", "c")
    assert context("abc", Span(0, 3)) == ("", "")
    assert context("abc", Span(1, 2), width=0) == ("", "")


def test_context_parts_no_letter_from_its_accents():
    text = "ax\u0323bc👍🏽d"

    assert context(text, Span(4, 5), width=1) == ("b", "")
    assert context(text, Span(4, 5), width=2) == ("b", "👍🏽")
    assert context(text, Span(4, 5), width=3) == ("x\u0323b", "👍🏽d")
    assert context(text, Span(3, 4), width=1) == ("", "c")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a" * 500_000, "a"),
        ("a" * 500_000, "a" * 250_000),
        ("« " * 250_000, "« «"),
        (" " * 500_000, "x"),
        ("ab" * 250_000, "ba" * 1_000 + "c"),
        ("a  " * 160_000, "a a " * 40_000 + "a"),
    ],
)
def test_hostile_text_holds_nobody_up(text, quote):
    started = time.process_time()
    with pytest.raises(Unlocated):
        locate(text, quote, before="b" + "a" * 1000, after="a" * 1000)

    assert time.process_time() - started < 5  # under 1 s on an idle core
