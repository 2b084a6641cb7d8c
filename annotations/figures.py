"""A claim's figures beside those of its evidence, and how they stand to each other in words."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .measuring import LONGEST
from .models import Claim, Evidence
from .text.carrying.folding import spelled
from .text.languages import guessed
from .text.quantities import Change, Quantity, figures
from .text.quantities.comparison import Comparison, Reason, Verdict, compare

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

SENTENCES: dict[Verdict, "StrOrPromise"] = {
    Verdict.SAME: _("“%(claimed)s”: the source says the same, “%(found)s”."),
    Verdict.ROUNDED: _("“%(claimed)s” is “%(found)s” of the source, rounded."),
    Verdict.WITHIN: _("“%(claimed)s” and “%(found)s” of the source agree; one of them is more exact."),
    Verdict.SCALE: _("“%(claimed)s”, but “%(found)s” in the source: the same digits at another scale."),
    Verdict.UNIT: _("“%(claimed)s”, but “%(found)s” in the source: the same number of something else."),
    Verdict.DIFFERENT: _("“%(claimed)s”, but “%(found)s” in the source."),
}  # fmt: skip
REASONS: dict[Reason, "StrOrPromise"] = {
    Reason.CURRENCY: _("“%(claimed)s” and “%(found)s” are in two currencies."),
    Reason.PERIOD: _("“%(claimed)s” and “%(found)s” are about different times."),
    Reason.CHANGE: _("“%(claimed)s” is %(claimed_change)s, “%(found)s” %(found_change)s: they are not compared."),
    Reason.PER: _("“%(claimed)s” and “%(found)s” are not counted by the same."),
    Reason.READINGS: _("“%(claimed)s” and “%(found)s”: one of them can be read in two ways."),
}  # fmt: skip
CHANGES: dict[Change, "StrOrPromise"] = {
    Change.LEVEL: _("a level"),
    Change.UP: _("a rise"),
    Change.DOWN: _("a fall"),
}
ORDER = list(Verdict)


def beside_evidence(claim: Claim, evidence: Sequence[Evidence]) -> dict[int, list[str]]:
    """For each piece of evidence, by its key, a sentence for each figure of the claim.

    A figure that the excerpt says nothing about has none. Appearances with their articles
    are the claim's prefetched ones: no query is made.
    """
    appearance = next(iter(claim.appearances.all()), None)
    article = appearance.edition.article if appearance else None
    language = article.language if article else "fr"
    published = article.published_on if article else None

    def read(text: str) -> list[tuple[str, Quantity]]:
        text = text[:LONGEST]
        # An excerpt is in the language of its source, whatever the article's is.
        tongue = guessed(text, otherwise=language)
        found = figures(text, language=tongue, published=published)
        return [(quantity.span.of(text), quantity) for quantity in found]

    claimed = read(claim.statement)
    if not claimed and appearance:
        claimed = read(appearance.quote)
    if not claimed:
        return {}
    return {piece.pk: in_words(claimed, read(piece.excerpt)) for piece in evidence}


def between_editions(
    old: str, new: str, *, language: str, published: date | None
) -> list[str]:
    """A sentence for each figure in which the words of two texts of an article differ."""

    def read(text: str) -> list[tuple[str, Quantity]]:
        found = figures(text[:LONGEST], language=language, published=published)
        return [(quantity.span.of(text), quantity) for quantity in found]

    before, now = read(old), read(new)
    for words, figure in [*before]:
        same = next(
            (
                item
                for item in now
                if item[1].is_time == figure.is_time
                and (
                    # Twelve percent of another year: the year is what is named.
                    spelled(words) == spelled(item[0])
                    or compare(figure, item[1]).verdict is Verdict.SAME
                )
            ),
            None,
        )
        if same:
            before.remove((words, figure))
            now.remove(same)
    sentences = []
    for words, figure in before:
        became = min(
            (item for item in now if item[1].is_time == figure.is_time),
            key=lambda item: nearness(compare(figure, item[1])),
            default=None,
        )
        if became:
            now.remove(became)
            sentences.append(
                _("“%(old)s” has become “%(new)s”.") % {"old": words, "new": became[0]}
            )
        else:
            sentences.append(_("“%(old)s” is no longer there.") % {"old": words})
    sentences += [_("“%(new)s” is new.") % {"new": words} for words, _figure in now]
    return [str(sentence) for sentence in sentences]


def in_words(
    claimed: Sequence[tuple[str, Quantity]], found: Sequence[tuple[str, Quantity]]
) -> list[str]:
    """A sentence for each claimed figure, with the found one that is nearest to it."""
    sentences = []
    for words, figure in claimed:
        compared = [
            (compare(figure, other), their_words, other)
            for their_words, other in found
            if figure.is_time == other.is_time
        ]
        compared = [item for item in compared if says_something(item[0], figure)]
        if not compared:
            continue
        best, their_words, other = min(compared, key=lambda item: nearness(item[0]))
        sentence = REASONS[best.reason] if best.reason else SENTENCES[best.verdict]
        said = {
            "claimed": words,
            "found": their_words,
            "claimed_change": CHANGES[figure.change],
            "found_change": CHANGES[other.change],
        }
        sentences.append(str(sentence) % said)
    return sentences


def says_something(comparison: Comparison, figure: Quantity) -> bool:
    """Whether it is worth a sentence: two other years, or metres and euros, are not."""
    if figure.is_time:
        return comparison.verdict is not Verdict.DIFFERENT
    return comparison.reason is None or comparison.reason in REASONS


def nearness(comparison: Comparison) -> tuple[int, float]:
    """Agreement before difference, small differences before large ones."""
    share = abs(comparison.share) if comparison.share is not None else 0
    return ORDER.index(comparison.verdict), float(share)
