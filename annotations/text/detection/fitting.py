"""Learning which sentences are checked, from sentences that were judged.

`fit` makes the weights that are shipped; `refit` lets a newsroom's own desk correct them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from .encoding import Encoder
from .examples import Array, Example, Seen, folds, joined, seen
from .features import FEATURES
from .measures import average_precision, recall_in_top
from .ranking import named
from .regression import logistic
from .weights import Row, Weights

# What a coefficient costs. Found by leaving articles of the corpus out, and by fitting on its
# plain articles to rank its hard ones: a vector's 512 numbers are small, so they must be cheap;
# features are few and say the same several times, so they must be dear where there are vectors.
PRICE_OF_VECTOR = 0.2
PRICE_OF_FEATURES = 60.0
PRICE_ALONE = 10.0
# A refit leaves the shipped weights at this many times the price.
PRICE_OF_CHANGE = 4.0
# How much one judgement of the desk counts for: twice a sentence of the corpus.
DESK_WEIGHT = 6.0
# So many judgements, of so many articles, can be learned from and measured.
LEAST_EXAMPLES = 30
LEAST_DOCUMENTS = 5
FOLDS = 5
# Average precision on the corpus that a refit may cost: the desk's taste is not the corpus's,
# but what forgets the corpus has learned something else than checking.
TOLERANCE = 0.02

# Draws of the desk's articles, and in how many of them a refit must be the better one: what is
# better by luck on thirty sentences is worse on the next thirty.
DRAWS = 400
CERTAIN = 0.95
SEED = 20260301

# A feature that stands in hardly any example is not stretched.
LEAST_SCALE = 0.05
KEPT_DIGITS = 5


def fit(examples: Sequence[Example], encoder: Encoder | None) -> Weights:
    """The weights of `examples`, of both kinds if there is an `encoder`."""
    return fitted(seen(examples, encoder), named(encoder) if encoder else "")


def fitted(known: Seen, encoder: str = "") -> Weights:
    middle = np.average(known.rows, axis=0, weights=known.weights)
    spread = np.average((known.rows - middle) ** 2, axis=0, weights=known.weights)
    mean, scale = kept(middle), kept(np.sqrt(spread))
    scale[scale < LEAST_SCALE] = 1.0
    size = len(FEATURES)
    rows = (known.rows - mean) / scale
    alone = regression(rows, known, np.full(size, PRICE_ALONE))
    both = np.zeros(size + 1)
    if known.vectors is not None:
        price = prices(known.vectors.shape[1])
        both = regression(np.hstack([known.vectors, rows]), known, price)
    return Weights(
        mean=mean,
        scale=scale,
        alone=kept(alone[:-1]),
        alone_bias=round(float(alone[-1]), KEPT_DIGITS),
        of_vector=kept(both[: -size - 1]),
        of_features=kept(both[-size - 1 : -1]),
        bias=round(float(both[-1]), KEPT_DIGITS),
        encoder=encoder,
    )


def prices(dimensions: int) -> Array:
    return np.concatenate(
        [
            np.full(dimensions, PRICE_OF_VECTOR),
            np.full(len(FEATURES), PRICE_OF_FEATURES),
        ]
    )


def kept(values: Array) -> Row:
    """`values` as the file has them: the last digits differ between processors."""
    return np.round(values, KEPT_DIGITS).astype(np.float32)


def regression(
    rows: Array, known: Seen, price: Array, prior: Array | None = None
) -> Array:
    """Coefficients of `rows`, and an intercept at the end; `prior` has one, too.

    A language may be judged by others, of other texts: how often its sentences are 1 is a
    column of its own, which the weights leave out, and never a matter of its features.
    """
    columns = [
        (known.languages == name).astype(float)[:, None]
        for name in sorted(set(known.languages.tolist()))[1:]
    ]
    ones = np.ones((len(rows), 1))
    start = None
    if prior is not None:
        start = np.concatenate([prior[:-1], np.zeros(len(columns)), prior[-1:]])
    found = logistic(
        np.hstack([rows, *columns, ones]),
        known.labels,
        known.weights,
        np.concatenate([price, np.full(len(columns), 0.1), [0.0]]),
        start,
    )
    return np.append(found[: rows.shape[1]], found[-1])


def scores(weights: Weights, known: Seen) -> Array:
    """What `weights` give each example, by its vector if there is one on both sides."""
    return weights.scores(known.rows, known.vectors) - known.sunk


def cross_validated(
    known: Seen, learn: Callable[[Seen], Weights], count: int = FOLDS
) -> Array:
    """A score for each example, by weights that have not seen its document."""
    place = folds(known.documents, count)
    found = np.zeros(len(known.labels))
    for fold in range(count):
        left_out = place == fold
        if left_out.any():
            found[left_out] = scores(learn(known.part(~left_out)), known.part(left_out))
    return found


@dataclass(frozen=True, slots=True)
class Measure:
    """How good a ranking is, before and after."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Report:
    """What a refit has brought; `refusal` is "" or why its weights must not be used.

    Desk figures are by cross-validation over articles: no sentence is ranked by weights that
    have seen its article. `certainty` is how often the refit is the better of two when the
    desk's articles are drawn anew. `refusal` is "too_few" (examples, articles, or only one
    answer), "worse_on_desk" on the desk's articles, or "worse_on_corpus".
    """

    examples: int
    accepted: int
    documents: int
    desk: Measure
    desk_top_fifth: Measure
    corpus: Measure
    certainty: float = 0.0
    refusal: str = ""


def refit(
    base: Sequence[Example],
    desk: Sequence[Example],
    encoder: Encoder | None,
    *,
    shipped: Weights,
) -> tuple[Weights, Report]:
    """The `shipped` weights as the `desk`'s judgements correct them, and what that brings.

    What the shipped weights learned from debates is not here to be learned again. So they
    are the prior: the new weights answer for `base` and `desk`, and pay for each step they
    take away from them (the maximum a posteriori of a Gaussian around them). With few
    judgements little moves; a thousand outweigh it. It starts from what was shipped each
    time, and is the same for the same judgements.

    "Before" are the shipped weights, too: they have never seen the desk, so the comparison
    is fair, whatever an earlier refit has learned by heart.
    """
    known, judged = seen(base, encoder), heavier(seen(desk, encoder))
    documents = len(set(judged.documents.tolist()))
    accepted = int(judged.labels.sum())
    if (
        len(desk) < LEAST_EXAMPLES
        or documents < LEAST_DOCUMENTS
        or accepted in {0, len(desk)}
    ):
        none = Measure(0.0, 0.0)
        return shipped, Report(
            examples=len(desk),
            accepted=accepted,
            documents=documents,
            desk=none,
            desk_top_fifth=none,
            corpus=none,
            refusal="too_few",
        )

    def learn(part: Seen) -> Weights:
        return corrected(shipped, joined(known, part))

    after = cross_validated(judged, learn)
    found = learn(judged)
    was = scores(shipped, judged)
    labels = judged.labels
    report = Report(
        examples=len(desk),
        accepted=accepted,
        documents=documents,
        desk=Measure(average_precision(labels, was), average_precision(labels, after)),
        desk_top_fifth=Measure(
            recall_in_top(labels, was), recall_in_top(labels, after)
        ),
        corpus=Measure(
            average_precision(known.labels, scores(shipped, known)),
            average_precision(known.labels, scores(found, known)),
        ),
        certainty=certainty(judged, was, after),
    )
    digest = sha256(repr(sorted((e.text, e.label) for e in desk)).encode()).hexdigest()
    found = found.with_about(
        version=f"{shipped.version}+desk.{digest[:8]}", desk_examples=len(desk)
    )
    return found, refused(report)


def refused(report: Report) -> Report:
    """The report, with its refusal if the new weights are not better."""
    reason = ""
    if report.certainty < CERTAIN:
        reason = "worse_on_desk"
    elif report.corpus.after < report.corpus.before - TOLERANCE:
        reason = "worse_on_corpus"
    return replace(report, refusal=reason)


def certainty(judged: Seen, before: Array, after: Array) -> float:
    """How often `after` ranks better than `before`, over draws of as many documents."""
    chance = np.random.default_rng(SEED)
    names = sorted(set(judged.documents.tolist()))
    places = [np.flatnonzero(judged.documents == name) for name in names]
    better = 0
    for _ in range(DRAWS):
        drawn = chance.integers(len(names), size=len(names))
        rows = np.concatenate([places[number] for number in drawn])
        labels = judged.labels[rows]
        better += average_precision(labels, after[rows]) > average_precision(
            labels, before[rows]
        )
    return better / DRAWS


def heavier(judged: Seen) -> Seen:
    """Judgements of the desk, at the desk's weight."""
    return replace(judged, weights=judged.weights * DESK_WEIGHT)


def corrected(shipped: Weights, known: Seen) -> Weights:
    """`shipped` weights, moved towards what `known` says; the scales stay."""
    rows = (known.rows - shipped.mean) / shipped.scale
    size = len(FEATURES)
    alone = regression(
        rows,
        known,
        np.full(size, PRICE_ALONE * PRICE_OF_CHANGE),
        np.append(shipped.alone.astype(float), shipped.alone_bias),
    )
    of_vector, of_features, bias = shipped.of_vector, shipped.of_features, shipped.bias
    if known.vectors is not None and len(of_vector):
        both = regression(
            np.hstack([known.vectors, rows]),
            known,
            prices(len(of_vector)) * PRICE_OF_CHANGE,
            np.concatenate([of_vector, of_features, [bias]]).astype(float),
        )
        of_vector, of_features = kept(both[: -size - 1]), kept(both[-size - 1 : -1])
        bias = round(float(both[-1]), KEPT_DIGITS)
    return replace(
        shipped,
        alone=kept(alone[:-1]),
        alone_bias=round(float(alone[-1]), KEPT_DIGITS),
        of_vector=of_vector,
        of_features=of_features,
        bias=bias,
    )
