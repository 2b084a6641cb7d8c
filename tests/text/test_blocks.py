import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.blocks import (
    LONGEST_LOCATOR,
    Block,
    from_rows,
    lay_out,
    lay_out_blocks,
    to_rows,
)
from annotations.text.cleaning import normalise
from annotations.text.extracted import ExtractedBlock
from annotations.text.spans import Span

LONG = "Le groupe a annoncé mardi un investissement de 14,3 milliards de dollars (!) dans cette start-up."

# What a pasted text looks like, and the blocks it has: "#" is a subhead, "¶" a paragraph,
# "-" an item, ">" a quotation.
LAID_OUT = [
    ("", []),
    (" \n\n \u00a0\n", []),
    ("Une phrase.", ["¶Une phrase."]),
    ("Une.\nDeux.", ["¶Une.", "¶Deux."]),
    ("Une.\nDeux.\n\n\n", ["¶Une.", "¶Deux."]),
    ("Une.\nDeux.\n\nTrois.", ["¶Une.\nDeux.", "¶Trois."]),
    ("Une.\n \t\n\u00a0\nDeux.", ["¶Une.", "¶Deux."]),
    ("Une.\r\n\r\nDeux.", ["¶Une.", "¶Deux."]),
    ("  Une.\n\n    Deux.", ["¶Une.", "¶Deux."]),
    ("## Méthode\n\nUne.", ["#Méthode", "¶Une."]),
    ("Une.\n### Méthode\nDeux.\n\nTrois.", ["¶Une.", "#Méthode", "¶Deux.", "¶Trois."]),
    ("Une.\n# Méthode\nDeux.\nTrois.", ["¶Une.", "#Méthode", "¶Deux.", "¶Trois."]),
    ("Un pari\n\n- un long point\n\nFin.", ["#Un pari", "-un long point", "¶Fin."]),
    ("Un pari\n\n- un point\n\nFin.", ["¶Un pari", "-un point", "¶Fin."]),
    ("Voici :\n- un\n* deux\n•\u00a0trois", ["¶Voici :", "-un", "-deux", "-trois"]),
    ("Voici :\n- un\n- deux\n\nFin.", ["¶Voici :", "-un", "-deux", "¶Fin."]),
    ("-\n\nUne.\nDeux.", ["¶Une.", "¶Deux."]),
    ("- # un", ["-un"]),
    (
        "-1 degré\n*note*\n>x\n– Bonjour.",
        ["¶-1 degré", "¶*note*", "¶>x", "¶– Bonjour."],
    ),
    ("> « Oui.\n> Non. »\n\nFin.", [">« Oui.\nNon. »", "¶Fin."]),
    (">> « Oui. »", [">« Oui. »"]),
    ("> « Oui.\n>\n> Non. »", [">« Oui.", ">Non. »"]),
    (f"> Un pari risqué\n\n{LONG}", [">Un pari risqué", f"¶{LONG}"]),
    ("# ## Méthode ?", ["#Méthode ?"]),
    ("#hashtag du jour.", ["¶#hashtag du jour."]),
    ("####### sept.", ["¶####### sept."]),
    ("##\n\nUne.\nDeux.", ["¶Une.", "¶Deux."]),
    ("# #\nUne.", ["¶Une."]),
    (f"Un pari risqué\n\n{LONG}", ["#Un pari risqué", f"¶{LONG}"]),
    (f"Un pari risqué\n{LONG}", ["#Un pari risqué", f"¶{LONG}"]),
    (f"« Superintelligence »\n\n{LONG}", ["#« Superintelligence »", f"¶{LONG}"]),
    (f"72 milliards\n\n{LONG}", ["#72 milliards", f"¶{LONG}"]),
    (f"Titre\n\nSous-titre\n\n{LONG}", ["¶Titre", "#Sous-titre", f"¶{LONG}"]),
    (f"Un pari risqué.\n\n{LONG}", ["¶Un pari risqué.", f"¶{LONG}"]),
    (f"Un pari risqué ?\n\n{LONG}", ["¶Un pari risqué ?", f"¶{LONG}"]),
    (f"« Un pari. »\n\n{LONG}", ["¶« Un pari. »", f"¶{LONG}"]),
    (f"Voici pourquoi :\n\n{LONG}", ["¶Voici pourquoi :", f"¶{LONG}"]),
    (f"D’abord,\n\n{LONG}", ["¶D’abord,", f"¶{LONG}"]),
    (f"un pari risqué\n\n{LONG}", ["¶un pari risqué", f"¶{LONG}"]),
    (f"- Un pari\n\n{LONG}", ["-Un pari", f"¶{LONG}"]),
    (f"– Un pari\n\n{LONG}", ["¶– Un pari", f"¶{LONG}"]),
    (f"1. Un pari\n\n{LONG}", ["¶1. Un pari", f"¶{LONG}"]),
    (f"2025\n\n{LONG}", ["¶2025", f"¶{LONG}"]),
    (f"Un pari\nrisqué\n\n{LONG}", ["¶Un pari\nrisqué", f"¶{LONG}"]),
    (
        f"{'Très ' * 21}long\n\n{LONG} {LONG}",
        [f"¶{'Très ' * 21}long", f"¶{LONG} {LONG}"],
    ),
    ("Pomme\n\nPoire\n\nFraise", ["¶Pomme", "¶Poire", "¶Fraise"]),
    ("Le résultat\n\nIl a dit oui.", ["#Le résultat", "¶Il a dit oui."]),
    (f"{LONG}\n\nEn savoir plus", [f"¶{LONG}", "¶En savoir plus"]),
]


SIGNS = {"subhead": "#", "paragraph": "¶", "item": "-", "quote": ">"}


def outline(raw):
    text, blocks = lay_out(raw)
    return [SIGNS[block.kind] + block.span.of(text) for block in blocks]


@pytest.mark.parametrize(("raw", "blocks"), LAID_OUT)
def test_a_pasted_text_falls_into_its_blocks(raw, blocks):
    assert outline(raw) == blocks


PASTED = (
    st.text(st.sampled_from("ab.#>-•* \n\r\t\u00a0\u2028«»-1É\u00ad\u0301")) | st.text()
)


@given(PASTED)
def test_the_text_is_its_blocks(raw):
    text, blocks = lay_out(raw)

    assert "\n\n".join(block.span.of(text) for block in blocks) == text
    assert normalise(text) == text
    assert all(
        block.span.of(text) == block.span.of(text).strip() != "" for block in blocks
    )
    assert not any("\n\n" in block.span.of(text) for block in blocks)


@given(PASTED)
def test_laying_out_what_was_laid_out_changes_nothing(raw):
    text, blocks = lay_out(raw)

    again, same = lay_out(text)

    assert again == text
    assert [block.span for block in same] == [block.span for block in blocks]


def test_blocks_survive_being_stored():
    _, blocks = lay_out(f"Un pari risqué\n\n{LONG}")

    assert from_rows(json.loads(json.dumps(to_rows(blocks)))) == blocks


@pytest.mark.parametrize(
    "row",
    [
        [],
        ["table", 0, 1],
        ["subhead", 0],
        ["subhead", "0", 1],
        ["subhead", 0, 1, 2],
        ["subhead", 0, 1, "p. 1", "p. 2"],
    ],
)
def test_what_is_no_block_is_refused(row):
    with pytest.raises(ValueError, match="is no block"):
        from_rows([row])


def test_blocks_without_a_locator_are_stored_as_ever():
    assert to_rows([Block("item", Span(0, 4))]) == [["item", 0, 4]]
    assert from_rows([["item", 0, 4]]) == [Block("item", Span(0, 4))]


GIVEN = st.lists(
    st.builds(
        ExtractedBlock,
        kind=st.sampled_from(list(SIGNS)),
        text=PASTED,
        locator=st.sampled_from(["", "p. 3", "00:01:23"]),
    )
)


@given(GIVEN)
def test_given_blocks_are_laid_out_as_a_pasted_text_is(given):
    text, blocks = lay_out_blocks(given)

    again, same = lay_out(text)
    assert again == text
    assert [block.span for block in same] == [block.span for block in blocks]
    assert from_rows(json.loads(json.dumps(to_rows(blocks)))) == blocks


def test_given_blocks_keep_their_kinds_and_locators():
    text, blocks = lay_out_blocks(
        [
            ExtractedBlock("subhead", "Des chiffres.", locator="p. 1"),
            ExtractedBlock("paragraph", "\u200b \n"),
            ExtractedBlock("item", "- 14,3\u202fmilliards\n\nde dollars"),
            ExtractedBlock("quote", "« Oui. »", locator="p.\n2 " + "x" * 99),
        ]
    )

    assert text == "Des chiffres.\n\n14,3\u202fmilliards\nde dollars\n\n« Oui. »"
    assert [block.kind for block in blocks] == ["subhead", "item", "quote"]
    assert [block.locator for block in blocks[:2]] == ["p. 1", ""]
    assert blocks[2].locator.startswith("p. 2 x")
    assert len(blocks[2].locator) == LONGEST_LOCATOR
