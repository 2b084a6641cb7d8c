"""Who says so: a name where the sentence gives one, and nobody where there is a doubt."""

import pytest

from annotations.text.attribution import LONGEST, claimant_of, is_organisation

SAID = [
    # French: selon, d'après
    ("Selon Emmanuel Macron, le chômage a reculé.", "Emmanuel Macron"),
    ("Le chômage a reculé, selon Emmanuel Macron.", "Emmanuel Macron"),
    ("D’après Jean-Pierre Martin, tout a coûté 3 M€.", "Jean-Pierre Martin"),
    ("Le prix a doublé selon Mme Durand.", "Durand"),
    ("Selon le ministre Paul Henry, l’usine fermera.", "Paul Henry"),
    ("Selon la maire socialiste Anne Petit, il pleut.", "Anne Petit"),
    ("Selon l’Insee, l’inflation atteint 2 %.", "Insee"),
    ("L’inflation atteint 2 % (selon l’Insee).", "Insee"),
    ("Selon la Banque de France, la croissance ralentit.", "Banque de France"),
    (
        "Selon la Banque centrale européenne, les taux baissent.",
        "Banque centrale européenne",
    ),
    ("Selon le ministère de l’Intérieur, 300 cas.", "Ministère de l’Intérieur"),
    ("Selon Meta, 14,3 milliards ont été investis.", "Meta"),
    ("Selon Charles de La Tour, c’est un record.", "Charles de La Tour"),
    # French: the verb
    ("Jean Dupont affirme que la dette a doublé.", "Jean Dupont"),
    ("Jean Dupont a déclaré que la dette avait doublé.", "Jean Dupont"),
    ("Jean Dupont a également assuré qu’il paierait.", "Jean Dupont"),
    ("Mais Jean Dupont affirme que la dette a doublé.", "Jean Dupont"),
    ("Hier, Jean Dupont a affirmé que tout allait bien.", "Jean Dupont"),
    ("Le président Luc Morel soutient que l’impôt baisse.", "Luc Morel"),
    ("M. Morel soutient que l’impôt baisse.", "Morel"),
    ("Le directeur, Luc Morel, soutient que l’impôt baisse.", "Luc Morel"),
    ("Interrogé par Anne Petit, Luc Morel affirme que non.", "Luc Morel"),
    ("L’Insee indique que les prix baissent.", "Insee"),
    ("Le ministère de la Santé affirme que 3 lots manquent.", "Ministère de la Santé"),
    ("Luc Morel a déclaré : « C’est un record. »", "Luc Morel"),
    ("Meta annonce que 600 emplois seront supprimés.", "Meta"),
    # French: after the words
    ("« C’est un record », a déclaré Luc Morel.", "Luc Morel"),
    ("« C’est un record », affirme Luc Morel à l’AFP.", "Luc Morel"),
    ("« C’est un record », a lancé la ministre Anne Petit mardi.", "Anne Petit"),
    ("La dette a doublé, affirme Anne Petit.", "Anne Petit"),
    # English
    ("Unemployment fell by 3%, according to Joe Smith.", "Joe Smith"),
    ("According to the Bank of England, prices rose.", "Bank of England"),
    ("According to NASA, July was the hottest month.", "NASA"),
    ("Prime Minister Joe Smith said that taxes would fall.", "Joe Smith"),
    ("Joe Smith has claimed that taxes fell.", "Joe Smith"),
    ("On Monday, Smith said that taxes fell.", "Smith"),
    ("NASA says that July was hot.", "NASA"),
    ("“Taxes fell,” said Joe Smith on Monday.", "Joe Smith"),
    ("“Taxes fell,” Joe Smith said.", "Joe Smith"),
]

NOBODY = [
    "Le chômage a reculé de 3 % en un an.",
    "Selon lui, le chômage a reculé.",
    "Selon elle, c’est faux.",
    "Selon une étude, le chômage a reculé.",
    "Selon les experts, le chômage a reculé.",
    "Selon un rapport de l’Insee, le chômage a reculé.",
    "Selon Luc Morel et Anne Petit, le chômage a reculé.",
    "Selon Luc Morel ou Anne Petit, le chômage a reculé.",
    "Selon la loi, c’est interdit.",
    "Selon que vous serez puissant ou misérable.",
    "Le frère de Luc Morel affirme que c’est faux.",
    "L’avocat de Luc Morel affirme que c’est faux.",
    "Un proche de Luc Morel affirme que c’est faux.",
    "Le ministre de l’Économie Luc Morel affirme que c’est faux.",
    "Luc Morel n’a pas déclaré que c’était faux.",
    "Luc Morel dément que l’usine ferme.",
    "Si Luc Morel affirme que c’est faux, il a tort.",
    "Il affirme que c’est faux.",
    "Celui-ci affirme que c’est faux.",
    "Celle-ci a déclaré que c’était faux.",
    "« C’est faux », a-t-il déclaré.",
    "Luc Morel affirme-t-il que c’est faux ?",
    "Luc Morel affirme que c’est faux ?",
    "Luc Morel affirme que c’est faux, selon Anne Petit.",
    "Certains affirment que c’est faux.",
    "Personne n’affirme que c’est faux.",
    "Luc Morel a affirmé sa volonté.",
    "Le conseil a déclaré la guerre à la vie chère.",
    "Unemployment fell by 3% in a year.",
    "According to a report, unemployment fell.",
    "According to experts, unemployment fell.",
    "He said that it fell.",
    "They claim that it fell.",
    "Nobody said that it fell.",
    "Legend says that it fell.",
    "The brother of Joe Smith said that it fell.",
    "A friend of Joe Smith claims that it fell.",
    "Joe Smith never said that it fell.",
    "Joe Smith did not say that it fell.",
    "Did Joe Smith say that it fell?",
    "If Joe Smith says that it fell, it fell.",
    "According to Joe Smith and Ann Little, it fell.",
    "“It fell,” he said.",
]


def language_of(sentence):
    return "en" if any(w in sentence for w in ENGLISH) else "fr"


ENGLISH = [" said", " says", "claim", "ccording", " fell", " the ", " say "]


@pytest.mark.parametrize(("sentence", "name"), SAID, ids=[s for s, _ in SAID])
def test_a_name_is_found_where_the_sentence_gives_it(sentence, name):
    assert claimant_of(sentence, language=language_of(sentence)) == name


@pytest.mark.parametrize("sentence", NOBODY)
def test_nobody_is_named_where_there_is_a_doubt(sentence):
    assert claimant_of(sentence, language=language_of(sentence)) == ""


def test_no_break_spaces_make_no_difference():
    sentence = "Selon\u00a0Luc\u00a0Morel, c’est 3\u202f%."

    assert claimant_of(sentence, language="fr") == "Luc Morel"


def test_another_language_names_nobody():
    assert claimant_of("Laut Luc Morel, ja.", language="de") == ""


@pytest.mark.parametrize(
    "piece", ["Selon A de la ", "« », a dit A ", "A b’", "selon la A b ", "Le A "]
)
def test_what_is_no_sentence_is_read_as_far_as_one_goes(piece):
    text = piece * 40_000

    assert claimant_of(text, language="fr") == claimant_of(
        text[:LONGEST], language="fr"
    )


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Ministère de la Santé", True),
        ("Banque de France", True),
        ("NASA", True),
        ("Bank of England", True),
        ("Anne Petit", False),
        ("Meta", False),
        ("X", False),
        ("Courtney Smith", False),
    ],
)
def test_an_organisation_is_told_where_its_name_says_so(name, is_one):
    assert is_organisation(name) == is_one
