"""Carrying an article's passages over to its next text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.tasks import task
from psycopg.errors import UniqueViolation

from .models import (
    Appearance,
    Carriage,
    CarriageOutcome,
    CarriageState,
    Claim,
    Edition,
)
from .text.anchoring import context
from .text.carrying import Carried, Carrier, Outcome
from .text.carrying.folding import spelled
from .text.spans import Span

# Passages written down at a time: so far a stopped task has come, and so often the desk
# that waits for it is told.
BATCH = 100


def left_behind(edition: Edition) -> QuerySet[Appearance]:
    """The passages of earlier texts of which nobody knows yet what became of them here.

    Of each line of passages it is the last one: what has gone on to a later text is not
    carried over a second time.
    """
    rows = Carriage.objects.filter(appearance=OuterRef("pk"))
    has_gone_on = rows.filter(
        passage__isnull=False, edition__number__lte=edition.number
    )
    is_known = rows.filter(edition__number__gte=edition.number)
    return Appearance.objects.filter(
        ~Exists(has_gone_on),
        ~Exists(is_known),
        edition__article=edition.article_id,
        edition__number__lt=edition.number,
    )


@task
def carry_over(edition_id: int) -> int:
    """Carry over what earlier texts have to this one; how many passages that were.

    Texts that came in quick succession are gone through one by one. It may run twice, at
    the same time too, and goes on where it was stopped.
    """
    edition = Edition.objects.only("article", "number").get(pk=edition_id)
    later_texts = Edition.objects.filter(
        article=edition.article_id, number__range=(2, edition.number)
    )
    keys = later_texts.order_by("number").values_list("pk", flat=True)
    return sum(_carry_to(key) for key in list(keys))


def carry_on(edition: Edition) -> None:
    """Have what was added to `edition` carried over to the latest text, if it is another."""
    later = Edition.objects.filter(
        article=edition.article_id, number__gt=edition.number
    )
    latest = later.order_by("-number").values_list("pk", flat=True).first()
    if latest is not None:
        carry_on_to(latest)


def carry_on_to(latest: int) -> None:
    transaction.on_commit(partial(carry_over.enqueue, edition_id=latest))


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a passage, and how far that settles it.

    `span` is where its words stand now, if that needs nobody.
    """

    appearance: Appearance
    outcome: CarriageOutcome
    state: CarriageState = CarriageState.WAITING
    span: Span | None = None
    proposals: Sequence[tuple[int, int, float, str]] = ()


def _carry_to(edition_id: int) -> int:
    edition = Edition.objects.defer("search").get(pk=edition_id)
    total = _bring_home(edition)
    carriers: dict[int, Carrier] = {}
    while True:
        behind = left_behind(edition).select_related("claim").defer("claim__search")
        batch = list(behind.order_by("edition__number", "pk")[:BATCH])
        if not batch:
            return total
        total += _write(edition, list(_compared(edition, batch, carriers)))


def _compared(
    edition: Edition, batch: Iterable[Appearance], carriers: dict[int, Carrier]
) -> Iterator[Found]:
    """What comparing the texts says of each passage."""
    for appearance in batch:
        carrier = carriers.get(appearance.edition_id)
        if carrier is None:
            old = Edition.objects.defer("search").get(pk=appearance.edition_id)
            carrier = carriers[old.pk] = Carrier(
                old.text,
                [block.span for block in old.layout],
                edition.text,
                [block.span for block in edition.layout],
            )
        carried = carrier.carry(Span(appearance.start, appearance.end))
        yield _found(appearance, carried)


def _found(appearance: Appearance, carried: Carried) -> Found:
    outcome = CarriageOutcome(str(carried.outcome))
    if carried.outcome in (Outcome.CARRIED, Outcome.RETOUCHED):
        return Found(appearance, outcome, CarriageState.CARRIED, carried.span)
    rows = [
        (proposal.span.start, proposal.span.end, proposal.score, str(proposal.doubt))
        for proposal in carried.proposals
    ]
    return Found(appearance, outcome, proposals=rows)


def _bring_home(edition: Edition) -> int:
    """Where an earlier text is back, put every passage of it where it was.

    What those passages became in between ends there, too: no comparison is asked.
    """
    twin = (
        Edition.objects.filter(
            article=edition.article_id,
            sha256=edition.sha256,
            number__lt=edition.number,
        )
        .only("pk")
        .order_by("-number")
        .first()
    )
    if twin is None:
        return 0
    here = Carriage.objects.filter(appearance=OuterRef("pk"), edition=edition)
    owned = twin.appearances.filter(~Exists(here)).select_related("claim")
    total = 0
    while batch := list(owned.defer("claim__search").order_by("pk")[:BATCH]):
        found = [
            Found(
                appearance,
                CarriageOutcome.CARRIED,
                CarriageState.CARRIED,
                Span(appearance.start, appearance.end),
            )
            for appearance in batch
        ]
        total += _write(edition, found, is_home=True)

    parents = dict(
        Carriage.objects.filter(
            edition__article=edition.article_id, passage__isnull=False
        )
        .exclude(edition=edition)
        .order_by("-edition__number")
        .values_list("passage", "appearance")
    )
    homes = {row.pk: row for row in twin.appearances.all()}
    behind = left_behind(edition).select_related("claim").defer("claim__search")
    back = []
    for appearance in behind:
        home = _ancestor(appearance.pk, parents, homes)
        if home is not None:
            back.append(
                Found(
                    appearance,
                    _likeness(appearance.quote, home.quote),
                    CarriageState.HOME,
                    Span(home.start, home.end),
                )
            )
    for start in range(0, len(back), BATCH):
        total += _write(edition, back[start : start + BATCH])
    return total


def _ancestor(
    key: int, parents: dict[int, int], homes: dict[int, Appearance]
) -> Appearance | None:
    """The passage among `homes` from which this one was carried over, step by step."""
    while (parent := parents.get(key)) is not None:
        if parent in homes:
            return homes[parent]
        key = parent
    return None


def _likeness(old: str, new: str) -> CarriageOutcome:
    if old == new:
        return CarriageOutcome.CARRIED
    if spelled(old) == spelled(new):
        return CarriageOutcome.RETOUCHED
    return CarriageOutcome.CHANGED


def _write(edition: Edition, found: list[Found], *, is_home: bool = False) -> int:
    """Write down what was found; how many rows were new."""
    while True:
        try:
            with transaction.atomic():
                return _written(edition, found, is_home=is_home)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            # Somebody highlighted the same words meanwhile, or another worker was quicker.


def _written(edition: Edition, found: list[Found], *, is_home: bool) -> int:
    # In the order of `highlighting.add_passage`: the edition, then the claims.
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=edition.pk)
    wanted = {one.appearance.pk: one for one in found}
    claims = {one.appearance.claim_id for one in found}
    locked = Claim.objects.select_for_update(no_key=True).filter(pk__in=claims)
    there = set(locked.order_by("pk").values_list("pk", flat=True))
    # Where an earlier text asked for a person and nobody came, this one asks now.
    Carriage.objects.waiting().filter(
        appearance__in=wanted, edition__number__lt=edition.number
    ).update(state=CarriageState.OVERTAKEN)
    fresh = Appearance.objects.filter(pk__in=wanted)
    if is_home:
        here = Carriage.objects.filter(appearance=OuterRef("pk"), edition=edition)
        fresh = fresh.filter(~Exists(here))
    else:
        # Whoever settled one meanwhile has put another in its place, which comes next.
        fresh = left_behind(edition).filter(pk__in=wanted)
    keys = set(fresh.values_list("pk", flat=True))
    given_up = set(
        Carriage.objects.filter(
            appearance__in=keys, state__in=[CarriageState.ORPHAN, CarriageState.GONE]
        ).values_list("appearance", flat=True)
    )
    rows = [
        one
        for key, one in wanted.items()
        if key in keys and one.appearance.claim_id in there
    ]
    placed = [one for one in rows if one.span]
    passages = stand(
        edition,
        [(one.appearance, one.span, one.appearance.added_by_id) for one in placed],
    )
    places = {
        one.appearance.pk: place for one, place in zip(placed, passages, strict=True)
    }
    carriages = []
    for one in rows:
        passage, is_new = places.get(one.appearance.pk, (None, False))
        is_given_up = passage is None and one.appearance.pk in given_up
        carriages.append(
            Carriage(
                appearance=one.appearance,
                edition=edition,
                outcome=one.outcome,
                proposals=[list(row) for row in one.proposals],
                state=CarriageState.GONE if is_given_up else one.state,
                passage=passage,
                quote=passage.quote if passage else "",
                has_made_passage=is_new,
            )
        )
    return len(Carriage.objects.bulk_create(carriages))


def stand(
    edition: Edition, wanted: Iterable[tuple[Appearance, Span | None, int]]
) -> list[tuple[Appearance, bool]]:
    """For each earlier passage, its claim's at this span, and whether it is new.

    The third of each is who adds it. The caller holds the lock of the edition.
    """
    asked = [(old, span, by) for old, span, by in wanted if span is not None]
    here: dict[tuple[int, int], list[Appearance]] = {}
    spans = {span for _, span, _ in asked}
    standing = Appearance.objects.filter(
        edition=edition,
        start__in={span.start for span in spans},
        end__in={span.end for span in spans},
    )
    for row in standing:
        here.setdefault((row.start, row.end), []).append(row)
    made: list[Appearance] = []
    answers = []
    for old, span, by in asked:
        rows = here.setdefault((span.start, span.end), [])
        known = next((row for row in rows if row.claim_id == old.claim_id), None)
        if known is None:
            prefix, suffix = context(edition.text, span)
            known = Appearance(
                claim_id=old.claim_id,
                edition=edition,
                start=span.start,
                end=span.end,
                ordinal=max((row.ordinal for row in rows), default=0) + 1,
                quote=span.of(edition.text),
                prefix=prefix,
                suffix=suffix,
                added_by_id=by,
            )
            rows.append(known)
            made.append(known)
            answers.append((known, True))
        else:
            answers.append((known, False))
    Appearance.objects.bulk_create(made)
    return answers


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the passages of earlier texts: how many, by outcome and by what is left."""

    outcomes: list[tuple[CarriageOutcome, int]]
    waiting: int
    done: int
    remaining: int

    @property
    def total(self) -> int:
        return self.done + self.remaining


def report(edition: Edition) -> Report:
    """How carrying over to `edition` stands. Two queries."""
    counts: dict[str, int] = {}
    waiting = 0
    # What comes home by itself is told once, by the passage that was there first.
    rows = Carriage.objects.filter(edition=edition).exclude(state=CarriageState.HOME)
    for outcome, state in rows.order_by().values_list("outcome", "state"):
        counts[outcome] = counts.get(outcome, 0) + 1
        waiting += state == CarriageState.WAITING
    return Report(
        [(one, counts[one]) for one in CarriageOutcome if one in counts],
        waiting,
        sum(counts.values()),
        left_behind(edition).count(),
    )
