"""Carrying: where a passage of one edition stands in the next, and what needs a person."""

import pytest

from annotations.text.blocks import lay_out
from annotations.text.carrying import Carried, Carrier, Doubt, Outcome
from annotations.text.spans import Span


def carried(old: str, quote: str, new: str) -> tuple[Outcome, str | None, Carried]:
    """What became of the first `quote` of `old`, with the words where it stands."""
    old, old_blocks = lay_out(old)
    new, new_blocks = lay_out(new)
    start = old.index(quote)
    carrier = Carrier(
        old, [b.span for b in old_blocks], new, [b.span for b in new_blocks]
    )
    answer = carrier.carry(Span(start, start + len(quote)))
    return answer.outcome, answer.span and answer.span.of(new), answer


FUND = (
    "Le fonds apporte 14,3 milliards de dollars à la société. Il en tiendra un tiers."
)
WEATHER = "La pluie est tombée sur la Bretagne pendant toute la semaine."


def test_the_same_words_are_carried_when_something_is_put_before_them():
    outcome, words, _ = carried(
        FUND, "14,3 milliards", f"{WEATHER}\n\nMise à jour. {FUND}"
    )

    assert (outcome, words) == (Outcome.CARRIED, "14,3 milliards")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Il dit : \"C'est l'État.\"", "Il dit\u202f: « C’est l’Etat. »"),
        ("Le taux est de 20 % - ou presque.", "Le taux est de 20\u202f% – ou presque."),
        ("A Paris, 14 000 élèves…", "À Paris, 14\u202f000 élèves..."),
    ],
)
def test_spaces_quotes_dashes_and_accents_of_capitals_are_a_retouch(old, new):
    outcome, words, _ = carried(
        f"{old} Suite.\n\n{WEATHER}", old, f"{new} Fin.\n\n{WEATHER}"
    )

    assert (outcome, words) == (Outcome.RETOUCHED, new)


@pytest.mark.parametrize(
    "new",
    [
        "Le fonds apporte 14,5 milliards de dollars à la société.",
        "Le fonds apporte 14,3 millions de dollars à la société.",
        "Le fonds apporte 14,3 milliards d’euros à la société.",
        "Le fonds apporte près de 14,3 milliards de dollars à la société.",
        "Le fonds n’apporte pas 14,3 milliards de dollars à la société.",
        "Le fonds apportera lundi 14,3 milliards de dollars à la société.",
    ],
)
def test_another_figure_date_or_negation_is_proposed_and_not_taken(new):
    rest = " Il en tiendra un tiers."

    outcome, words, answer = carried(FUND, FUND.removesuffix(rest), new + rest)

    assert (outcome, words) == (Outcome.FIGURE_CHANGED, None)
    assert answer.proposals[0].span == Span(0, len(new))
    assert answer.proposals[0].doubt in {
        Doubt.OTHER_FIGURE,
        Doubt.OTHER_DATE,
        Doubt.OTHER_NEGATION,
    }


def test_a_figure_is_not_carried_when_the_unit_beside_it_changed():
    outcome, *_ = carried(FUND, "14,3", FUND.replace("milliards", "millions"))

    assert outcome is Outcome.FIGURE_CHANGED


def test_other_words_with_the_same_figures_are_changed():
    sentence, rest = FUND[:56], FUND[56:]
    new = sentence.replace("apporte", "va apporter")

    outcome, words, _ = carried(FUND, sentence, new + rest)

    assert (outcome, words) == (Outcome.CHANGED, new)


def test_a_deleted_sentence_is_an_orphan():
    outcome, _, answer = carried(f"{FUND} {WEATHER}", WEATHER, FUND)

    assert (outcome, answer.proposals) == (Outcome.ORPHANED, ())


def test_the_same_words_in_a_sentence_that_now_denies_them_are_changed():
    outcome, words, answer = carried(FUND, FUND[:56], f"C’est faux : {FUND}")

    assert (outcome, words) == (Outcome.CHANGED, FUND[:56])
    assert answer.proposals[0].doubt is Doubt.OTHER_NEGATION


def test_a_bare_figure_is_not_carried_under_another_heading():
    old = f"{WEATHER}\n\nTaux de chômage\n\n7,4 %\n\n{FUND}"
    new = old.replace("Taux de chômage", "Part des cadres")

    outcome, _, answer = carried(old, "7,4 %", new)

    assert outcome is Outcome.AMBIGUOUS
    assert answer.proposals[0].doubt is Doubt.OTHER_CONTEXT


def test_of_twins_the_deleted_one_does_not_become_the_other():
    twins = "La cantine coûte 3,80 euros par repas."
    old = f"Collège Rostand\n\n{twins}\n\nCollège Curie\n\n{twins}\n\n{WEATHER}"
    new = f"Collège Rostand\n\n{twins}\n\nCollège Curie\n\nRepas offerts.\n\n{WEATHER}"

    first, words, _ = carried(old, twins, new)
    second = Span(old.rindex(twins), old.rindex(twins) + len(twins))
    both = [lay_out(old), lay_out(new)]
    carrier = Carrier(*[x for text, b in both for x in (text, [one.span for one in b])])

    assert (first, words) == (Outcome.CARRIED, twins)
    assert carrier.carry(second).span is None


def test_which_of_equal_lines_was_deleted_is_for_a_person_to_say():
    old = "\n\n".join([WEATHER, *["Le bus de 18 h est supprimé."] * 3, FUND])
    new = "\n\n".join([WEATHER, *["Le bus de 18 h est supprimé."] * 2, FUND])

    outcome, _, answer = carried(old, "Le bus de 18 h est supprimé.", new)

    assert outcome is Outcome.AMBIGUOUS
    assert answer.proposals[0].doubt is Doubt.SEVERAL_PLACES


def test_which_of_two_equal_phrases_is_left_in_a_sentence_is_for_a_person_to_say():
    old = "Le petit lot coûte 12 euros pièce et le grand lot coûte 12 euros pièce, dit la mairie."
    new = "Le lot coûte désormais 12 euros pièce, dit la mairie."
    first, last = old.index("12 euros"), old.rindex("12 euros")
    carrier = Carrier(old, [Span(0, len(old))], new, [Span(0, len(new))])

    answers = [carrier.carry(Span(start, start + 8)) for start in (first, last)]

    assert [answer.span for answer in answers] == [None, None]


def test_what_another_sentence_became_is_not_taken():
    gone = "Le maire de Corlay inaugure la halle rénovée avec les élus."
    stays = (
        "Le préfet de Bellune inaugure la halle rénovée avec les élus et les marchands."
    )
    old = "\n\n".join([WEATHER, gone, FUND, stays])
    new = "\n\n".join([WEATHER, stays.replace("les marchands", "des forains"), FUND])

    outcome, *_ = carried(old, gone, new)

    assert outcome is Outcome.AMBIGUOUS
