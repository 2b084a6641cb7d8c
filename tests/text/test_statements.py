import pytest

from annotations.text.statements import stated


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("La dette a doublé.", "La dette a doublé."),
        ("  La dette\n a   doublé. ", "La dette a doublé."),
        ("«\u00a0La dette a doublé.\u00a0»", "La dette a doublé."),
        ("“Taxes fell.”", "Taxes fell."),
        ("(La dette a doublé.)", "La dette a doublé."),
        ("« C’est faux », dit-il, « et vain »", "« C’est faux », dit-il, « et vain »"),
        ("« C’est faux », a dit Luc.", "« C’est faux », a dit Luc."),
        ("– La dette a doublé.", "La dette a doublé."),
        ("• La dette a doublé.", "La dette a doublé."),
        ("3 millions de gens.", "3 millions de gens."),
        ("A. Martin a perdu.", "A. Martin a perdu."),
        ("-3 % en un an.", "-3 % en un an."),
        ("98\u202f% des recettes", "98\u202f% des recettes"),
        ("«", "«"),
        ("", ""),
    ],
)
def test_a_sentence_becomes_a_statement(sentence, statement):
    assert stated(sentence) == statement


def test_a_statement_is_no_longer_than_its_form_takes():
    assert len(stated("mot " * 2_000)) <= 2_000
