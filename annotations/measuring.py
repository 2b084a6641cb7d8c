"""Keeping the figures that a claim's words say, and finding claims by them."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from .models import Article, Claim, Figure
from .models.claims import ClaimQuerySet
from .text.languages import guessed
from .text.quantities import Quantity, figures

# Code points of a statement or quote that are read.
LONGEST = 5000
# What the columns hold.
PRECISION = Decimal(1).scaleb(-12)
LARGEST = Decimal(10) ** 27


def figures_of(text: str, article: Article | None) -> list[Figure]:
    """The figures that `text`, of a claim in `article`, says; not saved, of no claim yet."""
    published: date | None = article.published_on if article else None
    language = guessed(text[:LONGEST], otherwise=article.language if article else "fr")
    found = figures(text[:LONGEST], language=language, published=published)
    return [
        Figure(
            start=quantity.span.start,
            end=quantity.span.end,
            words=quantity.span.of(text),
            value=fitted(quantity.value),
            lower=fitted(quantity.lower),
            upper=fitted(quantity.upper),
            unit=quantity.unit,
            is_money=quantity.is_money,
            approximation=str(quantity.approximation),
            change=str(quantity.change),
            per=quantity.per,
            period_start=quantity.period.start if quantity.period else None,
            period_end=quantity.period.end if quantity.period else None,
        )
        for quantity in found
        if can_be_kept(quantity)
    ]


def fitted(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(PRECISION)


def can_be_kept(quantity: Quantity) -> bool:
    """Whether its numbers fit: nobody checks a figure of thirty digits."""
    numbers = (quantity.value, quantity.lower, quantity.upper)
    return all(number is None or abs(number) < LARGEST for number in numbers) and (
        not quantity.is_time or quantity.period is not None
    )


@transaction.atomic
def read_figures(claim: Claim) -> int:
    """Read the figures of `claim` anew and keep them; how many there are.

    Those of the statement, or of the first passage while the statement says none.
    """
    Claim.objects.select_for_update(no_key=True).only("pk").get(pk=claim.pk)
    first = (
        claim.appearances.select_related("edition__article")
        .only("quote", "edition__article__language", "edition__article__published_on")
        .order_by("pk")
        .first()
    )
    article = first.edition.article if first else None
    found = figures_of(claim.statement, article)
    if not found and first:
        found = figures_of(first.quote, article)
    claim.figures.all().delete()
    for figure in found:
        figure.claim = claim
    Figure.objects.bulk_create(found)
    return len(found)


def with_figures(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Those that say how much; a date alone is no figure to check."""
    amounts = Figure.objects.filter(claim=OuterRef("pk")).exclude(
        value=None, lower=None, upper=None
    )
    return claims.filter(Exists(amounts))


def asked_for(text: str, *, language: str) -> Quantity | None:
    """The figure that somebody looks for, as they would write it: "14 to 15 billion USD"."""
    text = text[:200]
    found = figures(text, language=guessed(text, otherwise=language))
    return next(iter(sorted(found, key=lambda quantity: quantity.is_time)), None)


def saying_figure(claims: ClaimQuerySet, figure: Quantity) -> ClaimQuerySet:
    """Those with a figure in the range of `figure`, or that rounds to it.

    One without a unit is looked for in every unit; a time finds what overlaps it.
    """
    if figure.is_time and figure.period:
        wanted = Q(
            period_start__lt=figure.period.end, period_end__gt=figure.period.start
        )
    else:
        low, high = bounds(figure)
        inside, overlaps = Q(value__isnull=False), Q(value=None)
        some = Q(lower__isnull=False) | Q(upper__isnull=False)
        if low is not None:
            inside &= Q(value__gte=low)
            overlaps &= Q(upper=None) | Q(upper__gte=low)
        if high is not None:
            inside &= Q(value__lte=high)
            overlaps &= Q(lower=None) | Q(lower__lte=high)
        wanted = inside | (overlaps & some)
        if figure.unit:
            wanted &= Q(unit=figure.unit)
    return claims.filter(Exists(Figure.objects.filter(wanted, claim=OuterRef("pk"))))


def bounds(figure: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """From where to where it reaches: a plain one, as far as it is rounded."""
    if figure.lower is not None or figure.upper is not None:
        return figure.lower, figure.upper
    if figure.value is None:
        return None, None
    half = figure.quantum / 2
    return figure.value - half, figure.value + half
