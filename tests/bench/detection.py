"""How well sentences are suggested, beside what is simpler, and how fast.

The corpus that comes with the product, by cross-validation over its articles, fitted on it
alone: debates are not in the repository. `HELD_OUT_LABELS=FILE` ranks sentences of yours by
the shipped weights, too: JSON lines of `text` and `label`, and if they are known `doc`,
`language` and `kind`.
"""

import json
import os
import resource
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from annotations.text.detection.corpus import corpus, kappa
from annotations.text.detection.encoding import encoder, keep_to_one_thread
from annotations.text.detection.examples import Example, Seen, seen
from annotations.text.detection.features import FEATURES
from annotations.text.detection.fitting import cross_validated, fitted, scores
from annotations.text.detection.measures import average_precision, recall_in_top
from annotations.text.detection.ranking import Ranker, ranker
from annotations.text.detection.values import Sentence
from annotations.text.detection.weights import shipped

WORDS = 600  # of an article


def table(title: str, known: Seen, rankings: dict[str, np.ndarray]) -> None:
    """A line for each ranking: average precision, and what is found in the top fifth."""
    labels = known.labels
    articles = len(set(known.documents.tolist()))
    print(
        f"{title}: {len(labels)} sentences of {articles} articles, {labels.mean():.0%} to check"
    )
    print(f"  {'':28} average precision   found in the top fifth")
    print(f"  {'random':28} {labels.mean():17.3f}   {0.2:22.0%}")
    for name, found in rankings.items():
        precision = average_precision(labels, found)
        print(f"  {name:28} {precision:17.3f}   {recall_in_top(labels, found):22.0%}")
    best = min(1.0, 0.2 / labels.mean())
    print(f"  {'the best there can be':28} {1.0:17.3f}   {best:22.0%}")


def simple(examples: list[Example], known: Seen) -> dict[str, np.ndarray]:
    """What needs no learning."""
    length = known.rows[:, list(FEATURES).index("length")]
    numbers = [
        2.0 * any(map(str.isdigit, example.text))
        + any(word[0].isupper() for word in example.text.split()[1:])
        for example in examples
    ]
    return {"length": length, "numbers, then capitals": np.array(numbers)}


def on_the_corpus() -> None:
    examples = list(corpus())
    model = encoder()
    known = seen(examples, model)
    rankings = simple(examples, known)
    rankings["features alone"] = cross_validated(known.alone(), fitted)
    if model:
        without = replace(known, rows=np.zeros_like(known.rows))
        rankings["vectors alone"] = cross_validated(without, fitted)
        rankings["vectors and features"] = cross_validated(known, fitted)
    table("Suggestions, corpus left out by article", known, rankings)
    print(f"  labelled twice by one person, Cohen's kappa {kappa():.2f}")
    told = shipped().about["cross_validated"]
    print(f"  the shipped weights, with debates as well, left out the same way: {told}")


def on_held_out_labels(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    examples = [
        Example(
            line["text"],
            int(line["label"]),
            line.get("language", "fr"),
            document=str(line.get("doc", number)),
            kind=line.get("kind", "paragraph"),
        )
        for number, line in enumerate(lines)
    ]
    known = seen(examples, encoder())
    rankings = simple(examples, known)
    rankings["features alone"] = scores(shipped(), known.alone())
    if known.vectors is not None:
        rankings["vectors and features"] = scores(shipped(), known)
    table(f"Suggestions, {path.name} by the shipped weights", known, rankings)


def articles(count: int) -> list[list[Sentence]]:
    """Articles of about 600 words, made of the corpus's sentences in turn."""
    sentences = [example.sentence for example in corpus()]
    found, place = [], 0
    for _ in range(count):
        article, words = [], 0
        while words < WORDS:
            sentence = sentences[place % len(sentences)]
            article.append(sentence)
            words += len(sentence.text.split())
            place += 1
        found.append(article)
    return found


def speed(detector: Ranker, count: int, aim: int) -> None:
    texts = articles(count)
    detector.rank(texts[0], language="fr")
    began = time.perf_counter()
    for article in texts:
        detector.rank(article, language="fr")
    taken = time.perf_counter() - began
    sentences = sum(map(len, texts))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{detector.name:36}  {count / taken:7.1f} articles/s   aim ≥ {aim}\n"
        f"  {sentences / taken:.0f} sentences/s on one core, {memory:.0f} MB at most so far"
    )


def main() -> None:
    keep_to_one_thread()
    speed(ranker(alone=True), 200, 100)
    if encoder():
        speed(ranker(), 50, 10)
    on_the_corpus()
    if path := os.environ.get("HELD_OUT_LABELS"):
        on_held_out_labels(Path(path))


if __name__ == "__main__":
    main()
