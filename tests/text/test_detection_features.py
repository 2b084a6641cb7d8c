"""What is seen of a sentence, by examples, and what is no sentence to check."""

import sys

import pytest

from annotations.text.detection.asides import aside
from annotations.text.detection.features import FEATURES, LONGEST, features
from annotations.text.detection.reasons import OF_FEATURES, REASONS, reasons_of
from annotations.text.detection.values import Sentence
from annotations.text.detection.words import ENGLISH, FRENCH, is_conditional
from annotations.text.spans import Span


def sentence(text: str, **told: object) -> Sentence:
    return Sentence(text, Span(0, len(text)), **told)


# Feature, language, a sentence that has it, one that has not.
EXAMPLES = [
    ("money", "fr", "Le stade a coûté 347 millions d’euros.", "Il a 34 ans."),
    ("money", "en", "The stadium cost $347 million.", "He is 34 years old."),
    ("share", "fr", "Le taux atteint 12,6 %.", "Il y a 12 rues."),
    ("share", "en", "The rate has reached 12.6%.", "There are 12 streets."),
    ("change", "fr", "Les prix ont augmenté de 3 %.", "La part est de 3 %."),
    ("change", "en", "Prices rose by 3%.", "The share is 3%."),
    ("count", "fr", "On a compté 412 saumons.", "On a compté des saumons."),
    ("count", "en", "They counted 412 salmon.", "They counted salmon."),
    ("measure", "fr", "La fissure fait 23 mm.", "La fissure est large."),
    ("measure", "en", "The crack is 23 mm deep.", "The crack is deep."),
    ("date", "fr", "Le barrage date de mars 2014.", "Le barrage est vieux."),
    ("date", "en", "The dam dates from March 2014.", "The dam is old."),
    ("near", "fr", "Près de 40 000 foyers en ont.", "40 000 foyers en ont."),
    ("near", "en", "Nearly 40,000 homes have one.", "40,000 homes have one."),
    ("large_number", "fr", "Il y a 40 000 foyers.", "Il y a 4 foyers."),
    ("digits", "fr", "Il y a 4 foyers.", "Il y a quatre foyers."),
    ("number_words", "fr", "Il y a quatre foyers.", "Il y a des foyers."),
    ("number_words", "en", "There are four homes.", "There are homes."),
    ("ratio", "fr", "C’est deux fois plus cher.", "C’est plus cher."),
    ("ratio", "en", "It costs twice as much.", "It costs much."),
    ("clock", "fr", "Le feu a pris vers 3 h 40.", "Le feu a pris la nuit."),
    ("clock", "en", "It started at 3:40.", "It started at night."),
    ("attribution", "fr", "Elle a déclaré cela hier.", "Elle a fermé la porte."),
    ("attribution", "en", "She told them yesterday.", "She closed the door."),
    ("claiming", "fr", "Le maire assure avoir payé.", "Le maire a payé."),
    ("claiming", "en", "The mayor insists he paid.", "The mayor paid."),
    ("contrast", "fr", "Or il n’en est pourtant rien.", "Il n’en est rien."),
    ("contrast", "en", "In fact, it is not so.", "It is not so."),
    ("according_to", "fr", "D’après l’élu, c’est fini.", "L’élu est là."),
    ("according_to", "fr", "D’après lui, c’est fini.", "En fin d’après-midi."),
    ("according_to", "en", "According to him it is over.", "It is over."),
    ("study", "fr", "L’Insee a publié ses données.", "Il a publié un roman."),
    ("study", "en", "A survey was published.", "A novel was published."),
    ("hedging", "fr", "Il semble malade.", "Il est malade."),
    ("hedging", "en", "He seems ill.", "He is ill."),
    ("conditional", "fr", "Le groupe investirait ici.", "Le groupe investit ici."),
    ("hearsay", "fr", "Il aurait investi ici.", "S’il payait, il aurait tout."),
    ("hearsay", "en", "He allegedly paid.", "He paid."),
    ("quotation", "fr", "« C’est faux », dit-il.", "C’est faux, dit-il."),
    ("quotation", "en", "“It is wrong,” he said.", "It is wrong, he said."),
    ("denial", "fr", "L’élue dément toute fraude.", "L’élue est venue."),
    ("denial", "en", "She denies any fraud.", "She came."),
    ("superlative", "fr", "C’est la plus chère.", "Elle est chère."),
    ("superlative", "en", "It is the biggest.", "It is big."),
    ("comparison", "fr", "Il est supérieur au vôtre.", "Il est bon."),
    ("comparison", "en", "It is higher than yours.", "It is high."),
    ("comparison_of_years", "fr", "Plus que l’an dernier.", "Plus que le maire."),
    ("comparison_of_years", "en", "More than last year.", "More than the mayor."),
    ("change_words", "fr", "Les prix grimpent.", "Les prix sont là."),
    ("change_words", "en", "Prices soar.", "Prices are there."),
    ("cause", "fr", "C’est à cause du vent.", "Il y a du vent."),
    ("cause", "en", "It is because of the wind.", "There is wind."),
    ("quantifier", "fr", "Tous l’ont vu.", "Le maire l’a vu."),
    ("quantifier", "en", "Everybody saw it.", "The mayor saw it."),
    ("negation", "fr", "Il n’y a pas de pont.", "Il y a un pont."),
    ("negation", "en", "There is no bridge.", "There is a bridge."),
    ("law", "fr", "La loi l’interdit.", "Le vent se lève."),
    ("law", "en", "The law bans it.", "The wind rises."),
    ("institution", "fr", "La police est venue.", "Le chat est venu."),
    ("institution", "en", "Police came.", "The cat came."),
    ("time", "fr", "Il est venu lundi.", "Il est venu."),
    ("time", "en", "He came on Monday.", "He came."),
    ("named", "fr", "Il a vu Claire Morvan.", "Il a vu la mer."),
    ("named", "en", "He saw Claire Morvan.", "He saw the sea."),
    ("acronym", "fr", "La SNCF a répondu.", "Le train a répondu."),
    ("vagueness", "fr", "Certains en rient.", "Le maire en rit."),
    ("vagueness", "en", "Some laugh at it.", "The mayor laughs."),
    ("first_person", "fr", "J’y étais.", "Il y était."),
    ("first_person", "en", "I was there.", "He was there."),
    ("second_person", "fr", "Envoyez vos photos.", "Il envoie ses photos."),
    ("second_person", "en", "Send us your pictures.", "He sends pictures."),
    ("opinion", "fr", "C’est scandaleux.", "C’est bleu."),
    ("opinion", "en", "It is shameful.", "It is blue."),
    ("intention", "fr", "Elle veut partir.", "Elle part."),
    ("intention", "en", "She wants to leave.", "She leaves."),
    ("event", "fr", "Le concert est gratuit.", "Le pont est ouvert."),
    ("event", "en", "The concert is over.", "The bridge is open."),
    ("question", "fr", "Qui paiera ?", "Il paiera."),
    ("question", "en", "“Who will pay?”", "He will pay."),
    ("exclamation", "fr", "Sortez les parapluies !", "Il pleut."),
    ("exclamation", "en", "Who knows…", "He knows."),
    ("teaser", "fr", "Abonnez-vous.", "Il est venu."),
    ("teaser", "en", "Subscribe now.", "He came."),
    ("caption", "fr", "Photo de la gare.", "Il est venu."),
    ("caption", "en", "Photo of the station.", "He came."),
    ("length", "fr", "Il est venu.", "…"),
    ("short", "fr", "Il est venu.", "Il est venu hier soir avec elle."),
    ("unfinished", "fr", "Le rail à l’honneur", "Le rail est à l’honneur."),
    ("opens_with_pronoun", "fr", "Il est venu.", "Le maire est venu."),
    ("opens_with_pronoun", "en", "He came.", "The mayor came."),
]


@pytest.mark.parametrize(("name", "language", "with_it", "without"), EXAMPLES)
def test_a_feature_is_seen_where_it_is_and_only_there(
    name: str, language: str, with_it: str, without: str
) -> None:
    assert features(sentence(with_it), language=language)[name] > 0
    assert features(sentence(without), language=language)[name] == 0


def test_every_feature_has_an_example() -> None:
    assert {name for name, *_ in EXAMPLES} | {"early", "item"} == set(FEATURES)


def test_where_a_sentence_stands_is_seen() -> None:
    first = features(sentence("Un.", number=0, count=5))
    last = features(sentence("Un.", number=4, count=5, kind="list"))
    alone = features(sentence("Un."))

    assert (first["early"], last["early"], alone["early"]) == (1.0, -1.0, 0.0)
    assert (first["item"], last["item"]) == (0.0, 1.0)


@pytest.mark.parametrize("language", ["fr", "fr-CA", "en", "de"])
@pytest.mark.parametrize("text", ["", " ", "…", "a", "12", "« »", "\U0001f600"])
def test_anything_has_all_features(text: str, language: str) -> None:
    assert features(sentence(text), language=language).keys() == FEATURES.keys()


@pytest.mark.parametrize(
    "word", ["serait", "auraient", "investirait", "augmenteraient", "tiendrait"]
)
def test_a_conditional_is_known_by_its_end(word: str) -> None:
    assert is_conditional(word)


@pytest.mark.parametrize(
    "word", ["était", "montrait", "espérait", "tirait", "trait", "attiraient", "vrai"]
)
def test_an_imperfect_is_no_conditional(word: str) -> None:
    assert not is_conditional(word)


def test_both_languages_have_the_same_tables() -> None:
    assert FRENCH.keys() == ENGLISH.keys()


@pytest.mark.parametrize(
    ("text", "language", "first", "others"),
    [
        (
            "Le budget atteint 2,7 milliards d’euros, en hausse de 4 % par rapport à l’an dernier.",
            "fr",
            "money",
            {"share", "change", "comparison_of_years"},
        ),
        ("Selon l’élu, la dette aurait doublé.", "fr", "ratio", {"attributed"}),
        ("Elle serait la plus chère de France.", "fr", "superlative", {"named"}),
        ("La loi l’interdit à tous.", "fr", "law", {"quantifier"}),
        ("The mayor denies that taxes rose by 3%.", "en", "share", {"denied"}),
        ("Le maire remonte la rue.", "fr", "alike", set()),
        ("Le déficit remonte à 5 milliards.", "fr", "change", {"figure"}),
    ],
)
def test_reasons_are_given_the_strongest_first(
    text: str, language: str, first: str, others: set[str]
) -> None:
    found = reasons_of(features(sentence(text), language=language))

    assert found[0] == first
    assert others <= set(found)
    assert list(found) == sorted(found, key=list(REASONS).index)


def test_reasons_come_from_features_that_there_are() -> None:
    assert OF_FEATURES.keys() <= FEATURES.keys()


ASIDES = [
    ("question", "Qui paiera ?"),
    ("question", "« Faut-il repousser l’âge ? »"),
    ("question", "Who will pay?"),
    ("teaser", "Lire aussi : le budget voté"),
    ("teaser", "→ À lire aussi : notre dossier"),
    ("teaser", "Suivez-nous sur WhatsApp."),
    ("teaser", "Abonnez-vous pour 1 € par mois."),
    ("teaser", "Profitez de 30 % de réduction jusqu’à lundi."),
    ("teaser", "Cet article est réservé aux abonnés."),
    ("teaser", "Propos recueillis par Léa Simonet"),
    ("teaser", "Publié le 3 mars 2026 à 12 h 40"),
    ("teaser", "Read more: five things to know"),
    ("teaser", "Sign up for our newsletter."),
    ("caption", "Photo : la gare de Morlange"),
    ("caption", "Le ministre, lundi à Lyon. © Jean Martin"),
    ("caption", "La ministre à Lyon, le 3 mars. (Photo d’archives)"),
    ("caption", "Marie Durand / AFP"),
    ("caption", "Crédit : mairie de Brévanne"),
    ("caption", "Credit: Jane Doe"),
    ("caption", "…"),
]


@pytest.mark.parametrize(("kind", "text"), ASIDES)
def test_what_is_no_running_text_is_known(kind: str, text: str) -> None:
    assert aside(sentence(text)) == kind


def test_a_subhead_is_known_by_its_block() -> None:
    assert aside(sentence("La dette a doublé en dix ans", kind="subhead")) == "subhead"


@pytest.mark.parametrize(
    "text",
    [
        "La photo de la ministre a été retouchée, selon le parquet.",
        "Photo et vidéo représentent 70 % du trafic.",
        "Le nombre d’abonnés a doublé en un an.",
        "Publié le 3 mars, le décret interdit la vente de ces gélules aux mineurs de 16 ans.",
        "Suivre un régime n’a aucun effet à long terme, selon l’étude.",
        "Image de la France à l’étranger en baisse, selon un sondage.",
        "Découvert en 2019, le gisement contient 40 000 tonnes de lithium.",
    ],
)
def test_running_text_is_no_aside(text: str) -> None:
    assert aside(sentence(text)) == ""


@pytest.mark.parametrize(
    "piece",
    [".", " ", "« ", "“", '"', "1 ", "1.", "111 ", "A", "Aa ", "l’", "le plus ",
     "selon ", "d’", "20 h ", "1-", "…!", "deux ", "il y a ", "»", "photo : ", "a"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_text_without_end_is_read_no_farther_than_a_sentence(
    piece: str, language: str
) -> None:
    def work(length: int) -> int:
        """How many functions are called: the same on any machine."""
        hostile = sentence((piece * length)[:length])
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            features(hostile, language=language)
            aside(hostile)
        finally:
            sys.setprofile(before)
        return counted

    short, long = work(LONGEST // 4), work(LONGEST)
    assert long < 6 * short + 500
    assert work(100 * LONGEST) <= long + 100
