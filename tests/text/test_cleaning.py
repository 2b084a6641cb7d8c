import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.cleaning import NotText, decode, fold, normalise
from annotations.text.spans import Span

SPELLINGS = [
    ("une ligne\r\nune autre\rla suite", "une ligne\nune autre\nla suite"),
    ("a\u2028b\u2029c\x85d\x0be\x0cf", "a\nb\nc\nd\ne\nf"),
    ("inves\u00adtisse\u00adment", "investissement"),
    ("zéro\u200b\u200c\u200d\u2060\ufefflargeur", "zérolargeur"),
    ("\u202egauche\u202c \u2066droite\u2069", "gauche droite"),
    ("\ufeffDébut", "Début"),
    ("NUL\x00, cloche\x07, échappement\x1b", "NUL, cloche, échappement"),
    ("C1\x80\x9f", "C1"),
    ("demi-emoji \ud83d", "demi-emoji"),
    ("colonne\tcolonne", "colonne colonne"),
    ("fin de ligne \t \nsuite\u00a0\u202f\n", "fin de ligne\nsuite\n"),
    ("  retrait", "  retrait"),
    ("e\u0301te\u0301", "été"),
    ("40\u202f000\u00a0€, 72\u202f%", "40\u202f000\u00a0€, 72\u202f%"),
    ("«\u00a0oui\u00a0»", "«\u00a0oui\u00a0»"),
    ("Bravo 👍🏽 !", "Bravo 👍🏽 !"),
    ("famille 👩\u200d👧", "famille 👩👧"),
    ("cœur ❤\ufe0f", "cœur ❤\ufe0f"),
    ("قبل\u061c \u0600", "قبل \u0600"),
    ("", ""),
]


@pytest.mark.parametrize(("raw", "kept"), SPELLINGS)
def test_every_text_has_one_spelling(raw, kept):
    assert normalise(raw) == kept


@given(st.text())
def test_normalising_twice_changes_nothing(raw):
    once = normalise(raw)

    assert normalise(once) == once


@given(
    st.text(st.characters() | st.sampled_from("\r\n\t \u00a0\u00ad\u200d\ufeff\u0301e"))
)
def test_nothing_unseen_is_left(raw):
    text = normalise(raw)

    categories = {
        unicodedata.category(character) for character in text if character != "\n"
    }
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(text) & set(
        "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    )
    assert unicodedata.is_normalized("NFC", text)
    assert all(line == line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("été".encode(), "été"),
        ("été".encode("utf-8-sig"), "été"),
        ("été".encode("utf-16"), "été"),
        (b"\xfe\xff" + "été".encode("utf-16-be"), "été"),
        ("L’été à 3 € – déjà".encode("cp1252"), "L’été à 3 € – déjà"),
        ("Привет, мир".encode(), "Привет, мир"),
        (b"une\r\nligne\x0c", "une\r\nligne\x0c"),
        (b"", ""),
    ],
)
def test_files_are_read_in_the_encoding_they_have(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        b"{\\rtf1\\ansi Bonjour}",
        bytes(range(256)) * 4,
        b"mot\x00mot",
        b"\x01\x02\x03\x04 texte \x05\x06",
        "Привет, мир".encode("cp1251"),
        "sans marque".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8\x00\xd8",
        b"\x81\x8d\x8f texte",
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotText):
        decode(data)


@given(st.binary())
def test_any_file_is_text_or_refused(data):
    with suppress(NotText):
        assert "\0" not in decode(data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40\u202f000\u00a0€", "40 000 €"),
        ("l’été d‘hier", "l'été d'hier"),
        ("“oui” «non» „si“", '"oui" "non" "si"'),
        ("Paris–Lyon — 3\u20112", "Paris-Lyon - 3-2"),
        ("deux\n\nparagraphes", "deux paragraphes"),
        ("deux \n  lignes", "deux lignes"),
    ],
)
def test_comparing_ignores_spaces_quotes_and_dashes(one, other):
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14,3", "14.3"),
        ("14,3", "143"),
        ("été", "ete"),
        ("Été", "été"),
        ("100 %", "100%"),
        ("x²", "x2"),
        ("ne pas", "ne, pas"),
    ],
)
def test_comparing_ignores_nothing_else(one, other):
    assert fold(one).text != fold(other).text


def test_a_folded_span_leads_back_to_the_words():
    text = "Il a  dit\n\n: «\u00a0oui\u00a0»"
    folded = fold(text)

    assert folded.text == 'Il a dit : " oui "'
    assert folded.span(5, 10) == Span(6, 12)
    assert folded.span(4, 5) == Span(4, 6)
    assert folded.span(8, 8) == Span(9, 9)
    assert folded.span(9, 9) == Span(11, 11)
    assert [folded.offset(at) for at in (0, 4, 5, 6, 9, 10, 11, 13)] == [
        0,
        4,
        4,
        5,
        8,
        8,
        9,
        11,
    ]


@given(st.text(st.sampled_from("ab \n\u00a0’'é")), st.data())
def test_folding_a_part_is_part_of_the_folding(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))

    span = folded.span(start, end)

    assert fold(span.of(text)).text == folded.text[start:end]
    assert all(
        folded.span(folded.offset(at), folded.offset(at) + 1).covers(Span(at, at + 1))
        for at in range(len(text))
    )
