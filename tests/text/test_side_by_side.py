import pytest

from annotations.text.side_by_side import MOST_PARAGRAPHS, MOST_WORDS, Piece, Row, rows


def same(text: str) -> Row:
    return Row("same", [Piece(text, False)], [Piece(text, False)])


def test_paragraphs_that_both_have_are_beside_each_other():
    found, is_whole = rows(["One.", "Two.", "Four."], ["One.", "Three.", "Four."])

    assert is_whole
    assert found == [
        same("One."),
        Row("left", [Piece("Two.", True)], []),
        Row("right", [], [Piece("Three.", True)]),
        same("Four."),
    ]


def test_words_that_only_one_paragraph_has_are_apart():
    [row], _ = rows(
        ["It cost 14.3 billion in the end."], ["It cost 14.9 billion in the end."]
    )

    assert row.kind == "changed"
    assert row.left == [
        Piece("It cost", False),
        Piece("14.3", True),
        Piece("billion in the end.", False),
    ]
    assert row.right[1] == Piece("14.9", True)


def test_spaces_and_signs_that_only_look_different_are_no_difference():
    [row], _ = rows(["« 14,3\u00a0% », dit-il"], ["« 14,3 % », dit-il"])

    assert row.kind == "same"


def test_a_paragraph_more_does_not_upset_the_others():
    left = [f"Paragraph number {n} says this." for n in range(30)]
    right = [*left[:10], "Something else altogether.", *left[10:]]

    found, _ = rows(left, right)

    assert [row.kind for row in found] == ["same"] * 10 + ["right"] + ["same"] * 20


def test_every_word_of_both_is_somewhere():
    left = ["a b c", "d e f", "g"]
    right = ["a x c", "h", "d e", "i j"]

    found, _ = rows(left, right)

    assert " ".join(p.words for row in found for p in row.left) == " ".join(left)
    assert " ".join(p.words for row in found for p in row.right) == " ".join(right)


@pytest.mark.parametrize("side", ["left", "right"])
def test_what_is_too_long_is_cut_and_said_so(side):
    long, short = ["x"] * (MOST_PARAGRAPHS + 1), ["x"]

    _, is_whole = rows(*((long, short) if side == "left" else (short, long)))

    assert not is_whole


def test_a_long_paragraph_counts_as_different_as_a_whole():
    words = " ".join(f"word{n}" for n in range(MOST_WORDS)) + " "

    [row], _ = rows([f"{words}a"], [f"{words}b"])

    assert row == Row("changed", [Piece(f"{words}a", True)], [Piece(f"{words}b", True)])
