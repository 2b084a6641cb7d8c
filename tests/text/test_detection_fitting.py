"""What the detector has learned, how well, and that a desk may correct it but not spoil it."""

import json
from dataclasses import replace
from functools import cache
from hashlib import sha256

import numpy as np
import pytest

from annotations.text.detection.corpus import FILE, corpus, kappa, rows
from annotations.text.detection.encoding import encoder, keep_to_one_thread
from annotations.text.detection.examples import Example, Seen, seen
from annotations.text.detection.features import FEATURES
from annotations.text.detection.fit import debates
from annotations.text.detection.fitting import (
    Report,
    cross_validated,
    fitted,
    refit,
)
from annotations.text.detection.measures import (
    agreement,
    average_precision,
    recall_in_top,
)
from annotations.text.detection.ranking import Ranker, named, ranker
from annotations.text.detection.regression import logistic
from annotations.text.detection.weights import (
    SHIPPED,
    UnknownWeights,
    Weights,
    shipped,
)

keep_to_one_thread()


@cache
def known() -> Seen:
    return seen(corpus(), encoder())


def test_average_precision_is_the_mean_of_the_precisions_at_each_hit() -> None:
    assert average_precision([1, 0, 1, 0], [4, 3, 2, 1]) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert average_precision([0, 1], [1, 1]) == 0.5
    assert average_precision([0, 0], [1, 2]) == 0


def test_recall_in_the_top_counts_what_stands_there() -> None:
    labels = [1, 0, 0, 1, 0, 0, 0, 0, 0, 0]

    assert recall_in_top(labels, range(10, 0, -1), share=0.2) == 0.5
    assert recall_in_top(labels, range(10), share=0.2) == 0
    assert recall_in_top([0], [1]) == 0


def test_agreement_leaves_out_what_chance_gives() -> None:
    assert agreement([1, 0, 1, 0], [1, 0, 1, 0]) == 1
    assert agreement([1, 1, 0, 0], [1, 0, 1, 0]) == 0


def test_a_regression_finds_what_the_labels_follow_and_stays_by_its_prior() -> None:
    values = np.array([[-2.0, 1.0], [-1.0, -1.0], [1.0, 1.0], [2.0, -1.0]] * 5)
    labels = (values[:, 0] > 0).astype(float)
    weights, price = np.ones(len(values)), np.array([1.0, 1.0])

    free = logistic(values, labels, weights, price)
    held = logistic(values, labels, weights, 1e6 * price, np.array([-3.0, 2.0]))

    assert free[0] > 1 > abs(free[1])
    assert held == pytest.approx([-3.0, 2.0], abs=1e-3)


def test_the_corpus_is_large_whole_and_labelled_twice() -> None:
    lines = rows()
    share = np.mean([int(line["final"]) for line in lines])

    assert len(lines) >= 500
    assert 0.2 <= share <= 0.35
    assert len({line["text"] for line in lines}) == len(lines)
    assert kappa() > 0.8
    for line in lines:
        labels = {line["first"], line["second"], line["final"]}
        assert labels <= {"0", "1"}
        assert line["first"] != line["second"] or len(labels) == 1


def test_no_question_or_caption_of_the_corpus_is_to_be_checked() -> None:
    assert not known().labels[known().sunk > 0].any()
    assert (known().sunk > 0).sum() > 80


def test_articles_that_were_left_out_are_ranked_well_with_vectors() -> None:
    found = cross_validated(known(), fitted)

    assert average_precision(known().labels, found) > 0.93
    assert recall_in_top(known().labels, found) > 0.62  # 0.66 is all there is room for


def test_articles_that_were_left_out_are_ranked_well_without_vectors() -> None:
    alone = known().alone()
    found = cross_validated(alone, fitted)
    length = alone.rows[:, list(FEATURES).index("length")]

    assert average_precision(alone.labels, found) > 0.88
    assert average_precision(alone.labels, found) > (
        average_precision(alone.labels, length) + 0.3
    )


def test_the_shipped_weights_are_of_this_corpus_these_features_and_this_encoder() -> (
    None
):
    weights = shipped()
    model = encoder()

    assert model is not None and named(model) == weights.encoder
    assert len(weights.alone) == len(weights.of_features) == len(FEATURES)
    assert len(weights.of_vector) == model.dimensions
    examples = weights.about["examples"]
    digests = weights.about["sha256"]
    assert isinstance(examples, dict) and examples["news"] == len(corpus())
    assert isinstance(digests, dict)
    assert digests["news"] == sha256(FILE.read_bytes()).hexdigest()
    assert weights.about["kappa"] == round(kappa(), 3)
    assert SHIPPED.stat().st_size < 20_000


def test_weights_come_back_from_their_file_as_they_went() -> None:
    data = shipped().to_bytes()
    again = Weights.from_bytes(data)

    assert again.to_bytes() == data
    assert np.array_equal(again.of_vector, shipped().of_vector)
    assert again.about == shipped().about


@pytest.mark.parametrize("data", [b"", b"PK", b"nothing of the kind"])
def test_a_file_of_something_else_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownWeights):
        Weights.from_bytes(data)


def test_weights_of_other_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = shipped().to_bytes()
    monkeypatch.setitem(FEATURES, "a_new_one", "that the file does not know")

    with pytest.raises(UnknownWeights, match="fit them again"):
        Weights.from_bytes(data)


def test_without_its_encoder_the_ranker_says_that_features_alone_rank() -> None:
    model = encoder()

    assert ranker().name == "logistic, vectors and features"
    assert ranker(alone=True).name == "logistic, features alone"
    assert Ranker(replace(shipped(), encoder="another 1.0"), model).encoder is None


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    model = encoder()
    assert model is not None
    texts = [example.text for example in corpus()[:40]]

    together, alone = model.vectors(texts), model.vectors(texts[7:8])

    assert together.shape == (40, model.dimensions)
    assert np.allclose(together[7], alone[0], atol=1e-5)
    assert model.vectors([]).shape == (0, model.dimensions)


def test_two_rankings_of_one_article_are_the_same() -> None:
    sentences = [e.sentence for e in corpus() if e.document == corpus()[0].document]

    assert ranker().rank(sentences, language="fr") == ranker().rank(
        sentences, language="fr"
    )


def test_debates_are_read_plain_and_weigh_little(tmp_path) -> None:
    file = tmp_path / "debates.jsonl"
    file.write_text(json.dumps({"text": "We lost 700,000 jobs.", "label": 1}) + "\n")

    (example,) = debates(file)

    assert (example.text, example.label, example.language) == (
        "We lost 700,000 jobs.",
        1,
        "en",
    )
    assert example.weight < corpus()[0].weight


TOWNS = ["Vaubourg", "Lormont", "Thézac", "Brives", "Rives", "Morlange", "Agen", "Dax"]


def judged(*, wants_weather: bool) -> list[Example]:
    """A desk that accepts what our corpus has as 0, the weather, or what it has as 1."""
    found = []
    for number, town in enumerate(TOWNS * 2):
        for text, is_weather in (
            (f"Il fera {number + 12} degrés à {town} lundi matin.", True),
            (f"Des averses sont attendues à {town} en fin de journée.", True),
            (f"La dette de {town} a doublé en {number + 2} ans.", False),
            (f"À {town}, un logement sur {number + 3} est vide.", False),
        ):
            label = int(is_weather == wants_weather)
            found.append(Example(text, label, "fr", f"article {number}"))
    return found


def test_a_desk_that_wants_what_we_do_not_is_learned_from() -> None:
    report, weights = reported(judged(wants_weather=True))

    assert report.desk.before < 0.5
    assert report.desk.after > 0.9
    assert report.certainty > 0.95
    assert weights.version.startswith(f"{shipped().version}+desk.")
    assert (report.examples, report.accepted, report.documents) == (64, 32, 16)


def test_a_desk_that_judges_by_chance_changes_nothing() -> None:
    by_chance = [
        replace(example, label=sha256(example.text.encode()).digest()[0] % 2)
        for example in judged(wants_weather=False)
    ]
    report, _ = reported(by_chance)

    assert report.refusal == "worse_on_desk"


@pytest.mark.parametrize(
    "desk",
    [
        [],
        judged(wants_weather=True)[:20],
        [replace(example, label=1) for example in judged(wants_weather=True)],
        [replace(example, document="one") for example in judged(wants_weather=True)],
    ],
    ids=["none", "twenty", "one answer", "one article"],
)
def test_too_little_is_not_learned_from(desk: list[Example]) -> None:
    weights, report = refit(corpus(), desk, None, shipped=shipped())

    assert report.refusal == "too_few"
    assert weights == shipped()


def test_a_desk_without_the_encoder_corrects_the_features_alone() -> None:
    weights, report = refit(
        corpus(), judged(wants_weather=True), None, shipped=shipped()
    )

    assert np.array_equal(weights.of_vector, shipped().of_vector)
    assert not np.array_equal(weights.alone, shipped().alone)
    assert report.desk.after > report.desk.before


def reported(desk: list[Example]) -> tuple[Report, Weights]:
    weights, report = refit(corpus(), desk, encoder(), shipped=shipped())
    return report, weights
