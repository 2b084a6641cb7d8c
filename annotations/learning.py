"""What our detector learns from the suggestions that people have answered."""

import logging
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction

from .models import DetectorWeights, Suggestion, SuggestionState, User
from .reading import edition_of
from .refusals import Refusal

if TYPE_CHECKING:
    from .text.detection import Detector
    from .text.detection.examples import Example
    from .text.detection.fitting import Report
    from .text.detection.weights import Weights

logger = logging.getLogger(__name__)


class LearningRefused(Refusal):
    """The detector goes on with what it knew."""


def detector() -> "Detector":
    """The detector that comes with the product, with what it has learned here. For workers."""
    from .text.detection.ranking import ranker
    from .text.detection.weights import UnknownWeights, Weights

    learned = DetectorWeights.objects.filter(is_current=True).first()
    if learned is None:
        return ranker()
    try:
        return ranker(Weights.from_bytes(bytes(learned.content)))
    except UnknownWeights as error:
        # As after an upgrade that sees other features.
        logger.warning("Weights %s are left out. %s", learned.version, error)
        return ranker()


def answers() -> "Iterator[Example]":
    """What the desk has accepted and rejected, each words of an article once."""
    from .text.detection import sentences_of
    from .text.detection.examples import Example

    answered = (
        Suggestion.objects.exclude(state=SuggestionState.WAITING)
        .select_related("edition__article")
        .only("edition__article__language", "start", "quote", "state")
        .order_by("edition_id", "start", "-answered_at")
    )
    told: set[tuple[int, str]] = set()
    for edition_id, rows in groupby(answered.iterator(), lambda row: row.edition_id):
        edition = edition_of(edition_id)
        if edition is None:
            continue
        there = sentences_of(edition.text, edition.layout)
        at = {sentence.span.start: sentence for sentence in there}
        for row in rows:
            article = row.edition.article
            sentence = at.get(row.start)
            if (article.pk, row.quote) in told or sentence is None:
                continue
            told.add((article.pk, row.quote))
            yield Example(
                row.quote,
                int(row.state == SuggestionState.ACCEPTED),
                article.language,
                document=f"article {article.pk}",
                kind=sentence.kind,
                number=sentence.number,
                count=sentence.count,
            )


def tried() -> "tuple[Weights, Report]":
    """What the answers teach, and how much better that is; nothing is kept."""
    from .text.detection.corpus import corpus
    from .text.detection.encoding import encoder, keep_to_one_thread
    from .text.detection.fitting import refit
    from .text.detection.weights import shipped

    keep_to_one_thread()
    return refit(corpus(), list(answers()), encoder(), shipped=shipped())


def keep(weights: "Weights", report: "Report", *, by: User) -> DetectorWeights:
    """Have every worker rank by these weights from now on.

    Raises `LearningRefused` for weights that are no better than what was shipped.
    """
    if not by.has_perm("annotations.add_detectorweights"):
        raise LearningRefused(f"{by} may not change what the detector has learned.")
    if report.refusal:
        raise LearningRefused(why_not(report))
    with transaction.atomic():
        DetectorWeights.objects.filter(is_current=True).update(is_current=False)
        row, _is_new = DetectorWeights.objects.get_or_create(
            version=weights.version,
            defaults={
                "content": weights.to_bytes(),
                "report": asdict(report),
                "made_by": by,
                "is_current": False,
            },
        )
        # The same answers teach the same again.
        row.is_current = True
        row.save(update_fields=["is_current"])
    return row


def revert(*, by: User) -> DetectorWeights | None:
    """Go back to what the detector knew before; None is what it was shipped with."""
    if not by.has_perm("annotations.add_detectorweights"):
        raise LearningRefused(f"{by} may not change what the detector has learned.")
    with transaction.atomic():
        rows = DetectorWeights.objects.select_for_update().defer("content")
        current = rows.filter(is_current=True).first()
        if current is None:
            raise LearningRefused("The detector has learned nothing that it uses.")
        current.is_current = False
        current.save(update_fields=["is_current"])
        before = rows.filter(pk__lt=current.pk).first()
        if before:
            before.is_current = True
            before.save(update_fields=["is_current"])
    return before


def why_not(report: "Report") -> str:
    """Why the weights of this report are not used, in a sentence."""
    from .text.detection.fitting import LEAST_DOCUMENTS, LEAST_EXAMPLES

    match report.refusal:
        case "too_few":
            return (
                "There is too little to learn from. "
                f"It takes {LEAST_EXAMPLES} answers in {LEAST_DOCUMENTS} articles, "
                "some of them accepted and some rejected."
            )
        case "worse_on_desk":
            return "It would rank what the desk answered no better than before."
        case "worse_on_corpus":
            return "It would unlearn too much of what it was shipped with."
    return ""
