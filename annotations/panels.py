"""What the desk shows of one claim to one person."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, Model, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import workflow
from .figures import beside_evidence
from .following import carriages, lines, settlements
from .forms import AttachForm, ClaimForm, VerdictForm
from .highlighting import can_be_undone
from .http import EditorRequest
from .models import (
    Appearance,
    Claim,
    Claimant,
    ClaimStatus,
    Edition,
    Evidence,
    FactCheck,
    HistoryEntry,
    Transition,
    User,
)
from .reviewing import current_round

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

# Proposed while a claimant's name is typed; more than that is quicker typed out.
CLAIMANTS = 300

# What the button of each step says. Publishing and retracting have their place in the
# admin, deciding its own form.
STEP_LABELS: dict[tuple[str, str], "StrOrPromise"] = {
    (ClaimStatus.SUGGESTED, ClaimStatus.OPEN): _("Take it up"),
    (ClaimStatus.SUGGESTED, ClaimStatus.DROPPED): _("Drop"),
    (ClaimStatus.OPEN, ClaimStatus.IN_REVIEW): _("Send to review"),
    (ClaimStatus.OPEN, ClaimStatus.DROPPED): _("Drop"),
    (ClaimStatus.DROPPED, ClaimStatus.OPEN): _("Take it up again"),
    (ClaimStatus.IN_REVIEW, ClaimStatus.OPEN): _("Send back"),
    (ClaimStatus.DECIDED, ClaimStatus.OPEN): _("Send back"),
    (ClaimStatus.DECIDED, ClaimStatus.IN_REVIEW): _("Ask for a new round of verdicts"),
}


def claim_to_show(pk: int) -> Claim | None:
    """The claim with what its panel shows of it."""
    later = Edition.objects.filter(
        article=OuterRef("edition__article"), number__gt=OuterRef("edition__number")
    )
    appearances = (
        Appearance.objects.select_related("edition__article")
        .defer("edition__text", "edition__blocks", "edition__search")
        .annotate(is_in_latest=~Exists(later))
    )
    evidence = Evidence.objects.attached().select_related("source", "added_by")
    transitions = Transition.objects.select_related("by")
    return (
        Claim.objects.select_related(
            "claimant", "assigned_to", "created_by", "factcheck", "factcheck__author"
        )
        .prefetch_related(
            Prefetch("appearances", appearances),
            Prefetch("evidence", evidence),
            Prefetch("transitions", transitions),
            "authors",
        )
        .filter(pk=pk)
        .first()
    )


def panel(
    request: EditorRequest,
    claim: Claim,
    *,
    desk: int | None = None,
    claim_form: ClaimForm | None = None,
    attach_form: AttachForm | None = None,
    verdict_form: VerdictForm | None = None,
    decision_form: VerdictForm | None = None,
    theirs: list[dict[str, Any]] | None = None,
    step_refusal: str = "",
    saved_by: "Saved | None" = None,
    said: str = "",
) -> dict[str, Any]:
    """The context of `annotations/_claim.html`.

    `desk` is the edition beside which it is shown, if any; forms that were sent and have
    faults take the place of fresh ones; `theirs` is what somebody else saved meanwhile,
    `saved_by` who and when; `said` is what a deed has to say.
    """
    user = request.user
    may_write = claim.can_be_written and user.has_perm("annotations.change_claim")
    may_attach = claim.can_be_written and user.has_perm("annotations.add_evidence")
    shown = current_round(claim, seen_by=user)
    in_round = {"round": claim.round}
    steps = [
        {
            "to": to,
            "label": STEP_LABELS[claim.status, to],
            "needs_reason": workflow.MOVES[claim.status, to].needs_reason,
            "missing": workflow.missing(claim, to, by=user),
        }
        for to in workflow.next_steps(claim, by=user)
        if (claim.status, to) in STEP_LABELS
    ]
    evidence = list(claim.evidence.all())
    carried = list(carriages().filter(appearance__claim=claim))
    figures = beside_evidence(claim, evidence)
    page: FactCheck | None = getattr(claim, "factcheck", None)
    return {
        "claim": claim,
        "lines": lines(claim.appearances.all(), carried),
        "settlements": settlements(carried),
        "evidence": [(piece, figures.get(piece.pk, [])) for piece in evidence],
        "desk": desk,
        "stands_at": next(
            (row.start for row in claim.appearances.all() if row.edition_id == desk),
            None,
        ),
        "page": page,
        "held_until": held_until(page),
        "may_publish": page is not None
        and claim.status == ClaimStatus.DECIDED
        and user.is_staff
        and user.has_perm("annotations.publish_factcheck"),
        "sent_back": sent_back(claim),
        "may_write": may_write,
        "may_attach": may_attach,
        "may_undo": may_write
        and claim.created_by_id == user.pk
        and can_be_undone(claim),
        "claim_form": claim_form or (ClaimForm.of(claim) if may_write else None),
        "claimants": Claimant.objects.order_by("-pk")[:CLAIMANTS] if may_write else [],
        "attach_form": attach_form
        or (AttachForm(auto_id="attach-%s") if may_attach else None),
        "round": shown,
        "verdict_form": verdict_form
        or (
            VerdictForm(initial=in_round, auto_id="verdict-%s")
            if shown.may_judge
            else None
        ),
        "decision_form": decision_form
        or (
            VerdictForm(initial=in_round, auto_id="decision-%s")
            if shown.may_decide
            else None
        ),
        "steps": steps,
        "step_refusal": step_refusal,
        "theirs": theirs,
        "saved_by": saved_by,
        "said": said,
        "may_write_page": user.has_perm("annotations.change_factcheck")
        and claim.status
        in (ClaimStatus.OPEN, ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED),
    }


def material(request: EditorRequest, claim: Claim) -> dict[str, Any]:
    """What a fact-check is written from, to be read beside it, as this person may see it."""
    evidence = list(claim.evidence.all())
    figures = beside_evidence(claim, evidence)
    return {
        "evidence": [(piece, figures.get(piece.pk, [])) for piece in evidence],
        "round": current_round(claim, seen_by=request.user),
    }


def sent_back(claim: Claim) -> Transition | None:
    """The step by which somebody sent the claim back or dropped it, while that stands."""
    last = next(iter([*claim.transitions.all()][::-1]), None)
    stands = (ClaimStatus.OPEN, ClaimStatus.IN_REVIEW, ClaimStatus.DROPPED)
    if last is None or not last.reason or last.new_status != claim.status:
        return None
    return last if claim.status in stands else None


def held_until(page: FactCheck | None) -> datetime | None:
    """Until when what is published is kept from readers; None where it is not."""
    if page is None or page.published_at is None or page.retracted_at is not None:
        return None
    until = page.embargo_until
    return until if until and until > timezone.now() else None


class Saved(NamedTuple):
    """Who saved a record last, and when; `by` is None where the history does not know."""

    by: User | None
    at: datetime


def last_saved(record: Model) -> Saved | None:
    """As the history of the record says, where it has one. Two queries."""
    is_claim = isinstance(record, Claim)
    entries = HistoryEntry.objects.filter(
        claim=record.pk if is_claim else getattr(record, "claim_id", None),
        table=record._meta.db_table,
        row=record.pk,
    )
    last = entries.order_by("pk").last()
    if last is None:
        return None
    by = User.objects.filter(pk=last.by).first() if last.by else None
    return Saved(by, last.at)
