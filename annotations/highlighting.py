"""Making claims of an article's words."""

import json
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from .carrying import carry_on, carry_on_to
from .measuring import figures_of, read_figures
from .models import (
    Appearance,
    Claim,
    Claimant,
    ClaimStatus,
    Edition,
    Suggestion,
    SuggestionState,
    User,
)
from .refusals import Refusal
from .text.anchoring import context
from .text.spans import Span


class HighlightRefused(Refusal):
    """The words make no claim, or the claim cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Highlighted:
    """The claim that the words make, where they stand, and whether they made it just now."""

    claim: Claim
    appearance: Appearance
    is_new: bool


def highlight(
    edition: Edition,
    span: Span,
    *,
    by: User,
    statement: str = "",
    claimant: Claimant | None = None,
    claimed_on: date | None = None,
) -> Highlighted:
    """Make a claim of the words in `span`, or find the claim that they already are.

    Two editors who read the same article will point at the same words. The second
    gets the first one's claim, and nothing is written down twice. A claim that is made
    says what is given of it, in the name of `by`; one that is there stays as it is.
    """
    while True:
        try:
            made = _make(edition, span, by, statement, claimant, claimed_on)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            # Somebody else made it between the statement's look and its insert.
            made = None
        if made is not None:
            return made
        there = _standing_at(edition, span)
        if there is not None:
            return Highlighted(there.claim, there, is_new=False)
        # It was there and was undone just now: the words are free again.


# Looks and writes in one statement: this is what people wait for most often, and a look, a
# transaction and two inserts cost six trips to the database. What is not named here is as the
# database makes it.
MAKE = """
WITH made AS (
    INSERT INTO annotations_claim (created_by_id, statement, claimant_id, claimed_on)
    SELECT %(by)s, %(statement)s, %(claimant)s::bigint, %(claimed_on)s::date
    WHERE NOT EXISTS (
        SELECT FROM annotations_appearance
        WHERE edition_id = %(edition)s AND start = %(start)s AND "end" = %(end)s
    )
    RETURNING id, created_at, moved_at
), stood AS (
    INSERT INTO annotations_appearance
        (claim_id, edition_id, start, "end", quote, prefix, suffix, added_by_id)
    SELECT id, %(edition)s, %(start)s, %(end)s, %(quote)s, %(prefix)s, %(suffix)s, %(by)s
    FROM made
    RETURNING id, added_at
), counted AS (
    INSERT INTO annotations_figure
        (claim_id, start, "end", words, value, lower, upper, unit, is_money,
         approximation, change, per, period_start, period_end)
    SELECT made.id, figure.* FROM made, jsonb_to_recordset(%(figures)s::jsonb) AS figure
        (start int, "end" int, words text, value numeric, lower numeric, upper numeric,
         unit text, is_money boolean, approximation text, change text, per text,
         period_start date, period_end date)
)
SELECT made.id, created_at, moved_at, stood.id, added_at, (
    SELECT id FROM annotations_edition
    WHERE article_id = %(article)s AND number > %(number)s ORDER BY number DESC LIMIT 1
) FROM made, stood
"""


def _make(
    edition: Edition,
    span: Span,
    by: User,
    statement: str,
    claimant: Claimant | None,
    claimed_on: date | None,
) -> Highlighted | None:
    """A claim made of words that are none yet; None if they are one.

    Raises `IntegrityError` if somebody else makes it at the same moment.
    """
    prefix, suffix = context(edition.text, span)
    words: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "quote": span.of(edition.text),
        "prefix": prefix,
        "suffix": suffix,
    }
    found = statement and figures_of(statement, edition.article)
    found = found or figures_of(words["quote"], edition.article)
    figures = [figure.as_row for figure in found]
    # By itself the statement is a transaction; inside one it must not break what is around.
    alone = nullcontext() if connection.get_autocommit() else transaction.atomic()
    with alone, connection.cursor() as cursor:
        cursor.execute(
            MAKE,
            words
            | {
                "edition": edition.pk,
                "article": edition.article_id,
                "number": edition.number,
                "by": by.pk,
                "statement": statement,
                "claimant": claimant.pk if claimant else None,
                "claimed_on": claimed_on,
                "figures": json.dumps(figures, cls=DjangoJSONEncoder),
            },
        )
        row = cursor.fetchone()
    if row is None:
        return None
    pk, created_at, moved_at, appearance, added_at, latest = row
    if latest is not None:
        # Somebody marks an earlier text: the latest one may say the same.
        carry_on_to(latest)
    made = Claim(
        pk=pk,
        statement=statement,
        claimant=claimant,
        claimed_on=claimed_on,
        note="",
        created_by=by,
        created_at=created_at,
        moved_at=moved_at,
    )
    stands = Appearance(
        pk=appearance,
        claim=made,
        edition=edition,
        added_by=by,
        added_at=added_at,
        **words,
    )
    made._state.adding = stands._state.adding = False
    return Highlighted(made, stands, is_new=True)


@transaction.atomic
def highlight_again(edition: Edition, span: Span, *, by: User) -> Highlighted:
    """Make another claim of words that are one already: a sentence may claim two things."""
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=edition.pk)
    here = Appearance.objects.filter(
        edition=edition, start=span.start, end=span.end
    ).order_by("-ordinal")
    last = here.first()
    claim = Claim.objects.create(created_by=by)
    ordinal = last.ordinal + 1 if last else 1
    appearance = _stand(claim, edition, span, ordinal=ordinal, by=by)
    read_figures(claim)
    return Highlighted(claim, appearance, is_new=True)


@transaction.atomic
def add_passage(claim: Claim, edition: Edition, span: Span, *, by: User) -> Highlighted:
    """Note that `claim` is made by these words too; twice does no harm."""
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=edition.pk)
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    here = list(
        Appearance.objects.filter(edition=edition, start=span.start, end=span.end)
    )
    for appearance in here:
        if appearance.claim_id == claim.pk:
            return Highlighted(claim, appearance, is_new=False)
    if not claim.can_be_written:
        raise HighlightRefused(
            _("Passages are added while a claim is open; this one is not.")
        )
    ordinal = max((appearance.ordinal for appearance in here), default=0) + 1
    appearance = _stand(claim, edition, span, ordinal=ordinal, by=by)
    return Highlighted(claim, appearance, is_new=True)


def _standing_at(edition: Edition, span: Span) -> Appearance | None:
    return (
        Appearance.objects.select_related("claim__claimant")
        .filter(edition=edition, start=span.start, end=span.end)
        .order_by("ordinal")
        .first()
    )


def _stand(
    claim: Claim, edition: Edition, span: Span, *, ordinal: int, by: User
) -> Appearance:
    prefix, suffix = context(edition.text, span)
    carry_on(edition)
    return Appearance.objects.create(
        claim=claim,
        edition=edition,
        start=span.start,
        end=span.end,
        ordinal=ordinal,
        quote=span.of(edition.text),
        prefix=prefix,
        suffix=suffix,
        added_by=by,
    )


def can_be_undone(claim: Claim) -> bool:
    """Whether nothing hangs on the highlight yet. One query, where the claim is fresh."""
    is_untouched = (
        claim.status == ClaimStatus.OPEN
        and claim.version == 1
        and not claim.round
        and claim.assigned_to_id is None
    )
    by_others = Appearance.objects.filter(claim=OuterRef("pk")).exclude(
        added_by=OuterRef("created_by")
    )
    return is_untouched and not (
        Claim.objects.filter(pk=claim.pk)
        .filter(
            Q(evidence__isnull=False)
            | Q(transitions__isnull=False)
            | Q(factcheck__isnull=False)
            | Exists(by_others)
        )
        .exists()
    )


@transaction.atomic
def undo(claim: Claim, *, by: User) -> None:
    """Take a fresh highlight back, as if it had not been made.

    A suggestion that became it waits again.
    """
    locked = Claim.objects.select_for_update().filter(pk=claim.pk).first()
    if locked is None:
        return
    if locked.created_by_id != by.pk:
        raise HighlightRefused(
            _("Somebody else made this claim. Drop it with a reason instead.")
        )
    if not can_be_undone(locked):
        raise HighlightRefused(
            _("There is work on this claim already. Drop it with a reason instead.")
        )
    Suggestion.objects.filter(claim=locked).update(
        state=SuggestionState.WAITING, claim=None, answered_by=None, answered_at=None
    )
    locked.delete()
