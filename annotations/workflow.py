"""The editorial workflow: which step a claim may take, who may take it there, and when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from .models import Carriage, Claim, ClaimStatus, Newsroom, Transition, User
from .models.claims import STEPS
from .refusals import Refusal

Gate = Callable[[Claim, User], Iterator[str]]

# Readers can check a fact-check that names so many publishers without trusting one alone.
PUBLISHERS_ASKED = 2


class MoveRefused(Refusal):
    """The claim stays where it is; the message says why."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a step asks for: one of some permissions, perhaps a reason, and its gate."""

    permissions: tuple[str, ...]
    needs_reason: bool = False
    gate: Gate | None = None

    def is_open_to(self, by: User) -> bool:
        return any(by.has_perm(permission) for permission in self.permissions)


def ready_for_review(claim: Claim, by: User) -> Iterator[str]:
    """What reviewers cannot do without."""
    if not claim.statement.strip():
        yield _("Write the statement: what is claimed, in one sentence.")
    if claim.claimant_id is None and not claim.claimant_is_unknown:
        yield _("Name the claimant, or say that the claimant is unknown.")
    evidence = claim.evidence.attached()
    if not any(piece.excerpt.strip() for piece in evidence):
        yield _("Attach at least one source with the exact words that matter.")


def is_judged(claim: Claim, by: User) -> Iterator[str]:
    """That the round's verdicts are in, and a decision stands that `by` may make."""
    verdicts = list(claim.verdicts.filter(round=claim.round))
    if len(verdicts) < newsroom().verdicts_asked:
        # Not how many: whoever has yet to judge could read it.
        yield _("Verdicts are still to come.")
        return
    decision = claim.decisions.filter(round=claim.round).first()
    if decision is None:
        yield _("The verdicts are in; somebody has to decide.")
        return
    given = {verdict.rating_id for verdict in verdicts}
    if given == {decision.rating_id}:
        return
    if len(given) == 1:
        yield _("The verdicts agree, and the decision cannot be another.")
        return
    if is_author(claim, decision.by):
        yield _("Whoever wrote a claim cannot decide about it.")
    if any(verdict.reviewer_id == decision.by_id for verdict in verdicts):
        yield _("Whoever is a party to the disagreement cannot decide it.")


def ready_for_readers(claim: Claim, by: User) -> Iterator[str]:
    """What readers are owed before a fact-check is theirs."""
    from .interchange.claimreview import problems

    page = getattr(claim, "factcheck", None)
    if page is None:
        yield _("Write the fact-check first: there is nothing to publish.")
        return
    if not page.summary.strip():
        yield _("Write the summary: readers see it first.")
    if is_author(claim, by) or page.author_id == by.pk:
        yield _("Whoever wrote a fact-check cannot publish it: four eyes see more.")
    publishers = {
        piece.source.publisher.casefold()
        for piece in claim.evidence.attached().select_related("source")
    }
    if len(publishers) < PUBLISHERS_ASKED and not page.exception.strip():
        yield _(
            "Attach sources of two different publishers, "
            "or write down the exception for readers."
        )
    yield from problems(claim)
    if Carriage.objects.waiting().filter(appearance__claim=claim).exists():
        yield _(
            "The article has changed under this claim: settle its passages first, so "
            "that readers are told."
        )


def is_on_its_page(claim: Claim, by: User) -> Iterator[str]:
    """The gate to readers, passed by `publishing.publish` and no other way."""
    yield from ready_for_readers(claim, by)
    page = getattr(claim, "factcheck", None)
    if page is not None and page.published_at is None:
        yield _("Publish the fact-check itself; its claim follows.")


def is_off_its_page(claim: Claim, by: User) -> Iterator[str]:
    page = getattr(claim, "factcheck", None)
    if page is None or page.retracted_at is None:
        yield _("Retract the fact-check itself; its claim follows.")


MOVES: dict[tuple[str, str], Move] = {
    (ClaimStatus.SUGGESTED, ClaimStatus.OPEN): Move(("annotations.change_claim",)),
    (ClaimStatus.SUGGESTED, ClaimStatus.DROPPED): Move(("annotations.drop_claim",)),
    (ClaimStatus.OPEN, ClaimStatus.IN_REVIEW): Move(
        ("annotations.send_claim",), gate=ready_for_review
    ),
    (ClaimStatus.OPEN, ClaimStatus.DROPPED): Move(
        ("annotations.drop_claim",), needs_reason=True
    ),
    (ClaimStatus.DROPPED, ClaimStatus.OPEN): Move(("annotations.drop_claim",)),
    (ClaimStatus.IN_REVIEW, ClaimStatus.OPEN): Move(
        ("annotations.return_claim",), needs_reason=True
    ),
    (ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED): Move(
        ("annotations.add_verdict", "annotations.add_decision"), gate=is_judged
    ),
    (ClaimStatus.DECIDED, ClaimStatus.OPEN): Move(
        ("annotations.return_claim",), needs_reason=True
    ),
    (ClaimStatus.DECIDED, ClaimStatus.IN_REVIEW): Move(
        ("annotations.return_claim",), needs_reason=True, gate=ready_for_review
    ),
    (ClaimStatus.DECIDED, ClaimStatus.PUBLISHED): Move(
        ("annotations.publish_factcheck",), gate=is_on_its_page
    ),
    (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED): Move(
        ("annotations.retract_factcheck",), needs_reason=True, gate=is_off_its_page
    ),
}
if MOVES.keys() != set(STEPS):
    raise AssertionError("The moves are not the steps that the database knows.")


def at_rest(claim: Claim) -> str:
    """Why nobody writes on the claim now, and what would change that."""
    if claim.status == ClaimStatus.DROPPED:
        return _("This claim was dropped. Take it up again first.")
    if claim.status in (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED):
        return _(
            "This claim is “%(status)s”, and what readers saw does not change."
        ) % {"status": claim.get_status_display()}
    return _("This claim is “%(status)s”. Ask for it to be sent back first.") % {
        "status": claim.get_status_display()
    }


def newsroom() -> Newsroom:
    """The newsroom's row, or its defaults where nobody has filled it in."""
    return Newsroom.objects.filter(pk=1).first() or Newsroom(pk=1)


def is_author(claim: Claim, user: User) -> bool:
    """Whether `user` wrote on the claim or its fact-check."""
    return claim.authors.filter(pk=user.pk).exists()


def has_judged(claim: Claim, user: User) -> bool:
    """Whether the verdict or the decision of this round is also by `user`."""
    if claim.status not in (ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED):
        return False
    return (
        claim.verdicts.filter(round=claim.round, reviewer=user).exists()
        or claim.decisions.filter(round=claim.round, by=user).exists()
    )


def next_steps(claim: Claim, *, by: User) -> list[ClaimStatus]:
    """Where `by` may take the claim from here, gates aside."""
    return [
        ClaimStatus(to)
        for (old, to), asked in MOVES.items()
        if old == claim.status and asked.is_open_to(by)
    ]


def missing(claim: Claim, to: ClaimStatus, *, by: User) -> list[str]:
    """What the gate of a step still asks for, one sentence each; none if it is open."""
    asked = MOVES.get((claim.status, to))
    return list(asked.gate(claim, by)) if asked and asked.gate else []


@transaction.atomic
def move(claim: Claim, to: ClaimStatus, *, by: User, reason: str = "") -> Transition:
    """Take `claim` one step on, and write down who did it.

    The step starts from the status that `by` saw. If the claim has moved since,
    the row no longer matches and nothing happens: no lock, and no lost decision.
    """
    old = claim.status
    asked = MOVES.get((old, to))
    if asked is None:
        raise MoveRefused(
            _("“%(old)s” cannot become “%(new)s”.")
            % {"old": claim.get_status_display(), "new": to.label}
        )
    if not asked.is_open_to(by):
        raise MoveRefused(_("You may not take this step."))
    reason = reason.strip()
    if asked.needs_reason and not reason:
        raise MoveRefused(_("Give a reason: colleagues will read it."))
    # Two people at one claim take turns from here, so that the gate holds until the end.
    current = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if current.status != old or current.round != claim.round:
        raise MoveRefused(
            _("Somebody else has moved it meanwhile: it is “%(status)s” now.")
            % {"status": current.get_status_display()}
        )
    refusals = list(asked.gate(current, by)) if asked.gate else []
    if refusals:
        raise MoveRefused(" ".join(refusals))

    enters_review = to == ClaimStatus.IN_REVIEW
    Claim.objects.filter(pk=claim.pk, status=old).update(
        status=to,
        moved_at=Now(),
        round=F("round") + 1 if enters_review else F("round"),
    )
    claim.refresh_from_db(fields=["status", "round", "moved_at"])
    return Transition.objects.create(
        claim=claim, old_status=old, new_status=to, reason=reason, by=by
    )


@transaction.atomic
def assign(claim: Claim, to: User | None, *, by: User) -> None:
    """Give the claim to a colleague, or to nobody; it is theirs until somebody else has it."""
    if not by.has_perm("annotations.assign_claim"):
        raise MoveRefused(_("You may not assign claims."))
    if to is not None and not to.is_active:
        raise MoveRefused(_("%(name)s does not work here any more.") % {"name": to})
    Claim.objects.filter(pk=claim.pk).update(assigned_to=to)
