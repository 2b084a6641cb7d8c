"""What waits, for whom, and since when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import (
    Appearance,
    Authorship,
    Claim,
    ClaimStatus,
    Newsroom,
    User,
    Verdict,
)
from .models.claims import ClaimQuerySet

UNDER_WAY = [
    ClaimStatus.SUGGESTED,
    ClaimStatus.OPEN,
    ClaimStatus.IN_REVIEW,
    ClaimStatus.DECIDED,
]

# After a week without a step, an article's readers have moved on and nobody remembers why.
OPEN_TOO_LONG = timedelta(days=7)

# As many as can be taken in at a glance; the list behind has the others.
SHOWN = 5


def with_verdicts(claims: ClaimQuerySet) -> ClaimQuerySet:
    """The claims with `verdicts_in` and `verdicts_asked`, of the round, to filter by.

    Not to be shown: how many verdicts there are would sway whoever is still to judge.
    """
    given = (
        Verdict.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"))
        .order_by()
        .values("claim")
        .annotate(number=Count("pk"))
        .values("number")
    )
    asked = Newsroom.objects.filter(pk=1).values("verdicts_asked")
    default = Newsroom._meta.get_field("verdicts_asked").default
    return claims.alias(
        verdicts_in=Coalesce(Subquery(given), Value(0)),
        verdicts_asked=Coalesce(Subquery(asked), Value(default)),
    )


def written_by(user: User) -> Exists:
    return Exists(Authorship.objects.filter(claim=OuterRef("pk"), user=user))


def judged_by(user: User) -> Exists:
    return Exists(
        Verdict.objects.filter(
            claim=OuterRef("pk"), round=OuterRef("round"), reviewer=user
        )
    )


TO_JUDGE = Q(status=ClaimStatus.IN_REVIEW, verdicts_in__lt=F("verdicts_asked"))
# Verdicts that agree decide by themselves, so these differ, or fewer are asked for now.
TO_DECIDE = Q(status=ClaimStatus.IN_REVIEW, verdicts_in__gte=F("verdicts_asked"))
TO_PUBLISH = Q(status=ClaimStatus.DECIDED)


def awaiting_verdicts(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """In review, and not all the verdicts are in."""
    return with_verdicts(claims).filter(TO_JUDGE)


def awaiting_decision(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """All the verdicts are in, and they did not decide by themselves."""
    return with_verdicts(claims).filter(TO_DECIDE)


def awaiting_publication(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return claims.filter(TO_PUBLISH)


def assigned(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """Under way, and given to `user`."""
    return claims.filter(assigned_to=user, status__in=UNDER_WAY)


def open_too_long(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    since = timezone.now() - OPEN_TOO_LONG
    return claims.filter(status=ClaimStatus.OPEN, moved_at__lt=since)


def changed_under(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """Judged, or being judged, while the article changed its words."""
    return claims.changed_under()


def mine(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """Those in which `user` can do the next thing, or that are theirs to see through."""
    wanted = Q(assigned_to=user, status__in=UNDER_WAY)
    if user.has_perm("annotations.add_verdict"):
        wanted |= TO_JUDGE & ~written_by(user) & ~judged_by(user)
    if user.has_perm("annotations.add_decision"):
        wanted |= TO_DECIDE & ~written_by(user) & ~judged_by(user)
    if user.has_perm("annotations.publish_factcheck"):
        wanted |= TO_PUBLISH & ~Q(written_by(user))
    return with_verdicts(claims).filter(wanted)


@dataclass(frozen=True, slots=True)
class Queue:
    """Claims that wait for the same thing, and the permission of those they wait for."""

    name: str
    title: Promise
    claims: Callable[[ClaimQuerySet, User], ClaimQuerySet]
    permission: str = ""


QUEUES = [
    Queue("me", _("Waiting for me"), mine),
    Queue(
        "verdicts",
        _("Waiting for verdicts"),
        awaiting_verdicts,
        "annotations.add_verdict",
    ),
    Queue(
        "decision",
        _("Waiting for a decision"),
        awaiting_decision,
        "annotations.add_decision",
    ),
    Queue(
        "publication",
        _("Decided: waiting to be published"),
        awaiting_publication,
        "annotations.publish_factcheck",
    ),
    Queue(
        "changed",
        _("The article has changed under it"),
        changed_under,
        "annotations.settle_carriage",
    ),
    Queue("long", _("Open for too long"), open_too_long),
]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that waits, and those who could take it on."""

    claim: Claim
    people: list[User]


@dataclass(frozen=True, slots=True)
class Board:
    """A queue as it is now: how many wait, and those that have waited longest."""

    name: str
    title: Promise
    total: int
    oldest: list[Waiting]

    @property
    def has_more(self) -> bool:
        return self.total > len(self.oldest)


def numbers_by_status() -> list[tuple[ClaimStatus, int]]:
    """How many claims are in each state, in the order of the workflow. One query."""
    rows = Claim.objects.order_by().values("status").annotate(number=Count("pk"))
    numbers = {row["status"]: row["number"] for row in rows}
    return [(status, numbers.get(status, 0)) for status in ClaimStatus]


def boards(user: User) -> list[Board]:
    """Every queue with those that have waited longest first; always as many queries.

    Who *could* judge a claim is said, who has is not: that would tell how many verdicts
    are in.
    """
    found = {queue.name: _oldest(queue, user) for queue in QUEUES}
    shown = [claim for claims in found.values() for claim in claims]
    prefetch_related_objects(
        shown,
        "authors",
        Prefetch(
            "appearances", Appearance.objects.order_by("pk").only("claim", "quote")
        ),
        Prefetch("verdicts", Verdict.objects.only("claim", "round", "reviewer")),
    )
    crew = {
        queue.permission: _people_with(queue.permission)
        for queue in QUEUES
        if queue.permission
    }
    return [
        Board(
            queue.name,
            queue.title,
            total=getattr(next(iter(found[queue.name]), None), "waiting_in_all", 0),
            oldest=[
                Waiting(claim, _people_for(queue, claim, user, crew))
                for claim in found[queue.name]
            ],
        )
        for queue in QUEUES
    ]


def _oldest(queue: Queue, user: User) -> Sequence[Claim]:
    claims = queue.claims(Claim.objects.all(), user).select_related("assigned_to")
    counted = claims.annotate(waiting_in_all=Window(Count("pk")))
    return list(counted.order_by("moved_at", "pk")[:SHOWN])


def _people_with(permission: str) -> list[User]:
    people = User.objects.with_perm(permission, include_superusers=False)
    return list(people.order_by("first_name", "last_name", "username"))


def _people_for(
    queue: Queue, claim: Claim, user: User, crew: dict[str, list[User]]
) -> list[User]:
    if queue.name == "me":
        return [user]
    if not queue.permission:
        return [claim.assigned_to] if claim.assigned_to else []
    if queue.name == "changed":
        return crew[queue.permission]  # whoever wrote the claim may do this, too
    barred = {author.pk for author in claim.authors.all()}
    if queue.name == "decision":
        barred |= {
            verdict.reviewer_id
            for verdict in claim.verdicts.all()
            if verdict.round == claim.round
        }
    return [person for person in crew[queue.permission] if person.pk not in barred]
