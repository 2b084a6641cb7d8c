import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.blocks import from_rows, lay_out, to_rows
from annotations.text.cleaning import normalise

LONG = "Le groupe a annoncé mardi un investissement de 14,3 milliards de dollars (!) dans cette start-up."

# What a pasted text looks like, and the blocks it has: "#" is a subhead, "¶" a paragraph.
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
    ("Un pari\n\n- un long point\n\nFin.", ["#Un pari", "¶- un long point", "¶Fin."]),
    ("Un pari\n\n- un point\n\nFin.", ["¶Un pari", "¶- un point", "¶Fin."]),
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
    (f"- Un pari\n\n{LONG}", ["¶- Un pari", f"¶{LONG}"]),
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


def outline(raw):
    text, blocks = lay_out(raw)
    sign = {"subhead": "#", "paragraph": "¶"}
    return [sign[block.kind] + block.span.of(text) for block in blocks]


@pytest.mark.parametrize(("raw", "blocks"), LAID_OUT)
def test_a_pasted_text_falls_into_its_blocks(raw, blocks):
    assert outline(raw) == blocks


PASTED = (
    st.text(st.sampled_from("ab.# \n\r\t\u00a0\u2028«»-1É\u00ad\u0301")) | st.text()
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
    "row", [[], ["quote", 0, 1], ["subhead", 0], ["subhead", "0", 1]]
)
def test_what_is_no_block_is_refused(row):
    with pytest.raises(ValueError, match="is no block"):
        from_rows([row])
