"""What moderators do with claims: one deed each, on the list and on the form."""

from collections.abc import Sequence
from functools import partial

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import publishing, reviewing, workflow
from annotations.http import EditorRequest
from annotations.models import Claim, ClaimStatus, FactCheck, User
from annotations.queue import UNDER_WAY
from annotations.refusals import Refusal

from .confirmations import (
    EVERYWHERE,
    AssignForm,
    DecideForm,
    PublishForm,
    Question,
    ReasonForm,
    ask,
    carry_out,
    chosen,
    published,
    what_readers_get,
)

# From which states an action goes; elsewhere the form does not offer it.
STARTS: dict[str, Sequence[ClaimStatus]] = {
    "assign": UNDER_WAY,
    "send_to_review": [ClaimStatus.OPEN],
    "send_back": [ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED],
    "drop": [ClaimStatus.SUGGESTED, ClaimStatus.OPEN],
    "take_up": [ClaimStatus.DROPPED],
    "decide": [ClaimStatus.IN_REVIEW],
    "publish": [ClaimStatus.DECIDED],
    "new_round": [ClaimStatus.DECIDED],
    "retract": [ClaimStatus.PUBLISHED],
}


def can_start(name: str, claim: Claim, *, by: User) -> bool:
    """Whether the form offers the action: it may still be refused, with the reason."""
    if claim.status not in STARTS.get(name, []):
        return False
    if name == "decide":
        return reviewing.current_round(claim, seen_by=by).may_decide
    if name == "publish":
        return has_page(claim) and not workflow.is_author(claim, by)
    return True


def not_from_here(claim: Claim) -> str:
    message = _("It is “%(status)s”; this step does not start there.")
    return message % {"status": claim.get_status_display()}


def starting_from(name: str, claim: Claim) -> Claim:
    """The claim, if the action goes from where it is."""
    if claim.status not in STARTS[name]:
        raise Refusal(not_from_here(claim))
    return claim


def has_page(claim: Claim) -> bool:
    return hasattr(claim, "factcheck")


def mark(claim: Claim) -> str:
    """The state that somebody saw, in a word."""
    version = claim.factcheck.version if has_page(claim) else 0
    return f"{claim.status}.{claim.round}.{version}"


def page_of(claim: Claim) -> FactCheck:
    if not has_page(claim):
        raise Refusal(_("Write the fact-check first: there is nothing to publish."))
    return claim.factcheck


def verdicts_for(by: User, claim: Claim) -> list[str]:
    """The round's verdicts, as far as `by` may see them."""
    now = reviewing.current_round(claim, seen_by=by)
    if now.others_hidden:
        return [_("Not all the verdicts are in.")]
    return [
        f"{verdict.reviewer} – {verdict.rating.sign} {verdict.rating} – {verdict.reason}"
        for verdict in now.verdicts
    ]


def before_readers(by: User, claim: Claim) -> list[str]:
    """What would be published, and what readers are owed still."""
    if claim.status not in STARTS["publish"]:
        return [not_from_here(claim)]
    page = [*what_readers_get(claim.factcheck)] if has_page(claim) else []
    return [*page, *workflow.ready_for_readers(claim, by)]


class ClaimActions(admin.ModelAdmin):
    """The actions; each asks for the permission of its deed."""

    actions = tuple(STARTS)

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.assign_claim")

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.send_claim")

    def has_return_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.return_claim")

    def has_drop_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.drop_claim")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.add_decision")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.publish_factcheck")

    def has_retract_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.retract_factcheck")

    @admin.action(
        permissions=["assign"],
        description=gettext_lazy("Assign…"),
        description_plural=gettext_lazy("Assign the selected claims…"),
        location=EVERYWHERE,
    )
    def assign(
        self, request: EditorRequest, queryset: QuerySet[Claim]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(_("Who looks after it?"), AssignForm, _("Assign"), mark),
            lambda claim, answer: workflow.assign(
                starting_from("assign", claim), answer["to"], by=request.user
            ),
            lambda number, answer: (
                ngettext("Assigned %d claim.", "Assigned %d claims.", number) % number
            ),
        )

    @admin.action(
        permissions=["send"],
        description=gettext_lazy("Send to review"),
        description_plural=gettext_lazy("Send the selected claims to review"),
        location=EVERYWHERE,
    )
    def send_to_review(self, request: EditorRequest, queryset: QuerySet[Claim]) -> None:
        carry_out(
            self,
            request,
            chosen(self, request, queryset),
            lambda claim: workflow.move(
                starting_from("send_to_review", claim),
                ClaimStatus.IN_REVIEW,
                by=request.user,
            ),
            lambda number: (
                ngettext(
                    "Sent %d claim to review.", "Sent %d claims to review.", number
                )
                % number
            ),
        )

    @admin.action(
        permissions=["return"],
        description=gettext_lazy("Send back…"),
        description_plural=gettext_lazy("Send the selected claims back…"),
        location=EVERYWHERE,
    )
    def send_back(
        self, request: EditorRequest, queryset: QuerySet[Claim]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(_("Why is it sent back?"), ReasonForm, _("Send back"), mark),
            lambda claim, answer: workflow.move(
                starting_from("send_back", claim),
                ClaimStatus.OPEN,
                by=request.user,
                reason=answer["reason"],
            ),
            lambda number, answer: (
                ngettext("Sent %d claim back.", "Sent %d claims back.", number) % number
            ),
        )

    @admin.action(
        permissions=["drop"],
        description=gettext_lazy("Drop…"),
        description_plural=gettext_lazy("Drop the selected claims…"),
        location=EVERYWHERE,
    )
    def drop(
        self, request: EditorRequest, queryset: QuerySet[Claim]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(_("Why is it dropped?"), ReasonForm, _("Drop"), mark),
            lambda claim, answer: workflow.move(
                starting_from("drop", claim),
                ClaimStatus.DROPPED,
                by=request.user,
                reason=answer["reason"],
            ),
            lambda number, answer: (
                ngettext("Dropped %d claim.", "Dropped %d claims.", number) % number
            ),
        )

    @admin.action(
        permissions=["drop"],
        description=gettext_lazy("Take up again"),
        description_plural=gettext_lazy("Take the selected claims up again"),
        location=EVERYWHERE,
    )
    def take_up(self, request: EditorRequest, queryset: QuerySet[Claim]) -> None:
        carry_out(
            self,
            request,
            chosen(self, request, queryset),
            lambda claim: workflow.move(
                starting_from("take_up", claim), ClaimStatus.OPEN, by=request.user
            ),
            lambda number: (
                ngettext("Took %d claim up again.", "Took %d claims up again.", number)
                % number
            ),
        )

    @admin.action(
        permissions=["decide"],
        description=gettext_lazy("Decide…"),
        description_plural=gettext_lazy("Decide the selected claims…"),
        location=EVERYWHERE,
    )
    def decide(
        self, request: EditorRequest, queryset: QuerySet[Claim]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(
                _("Which rating stands?"),
                DecideForm,
                _("Decide"),
                mark,
                partial(verdicts_for, request.user),
            ),
            lambda claim, answer: reviewing.decide(
                starting_from("decide", claim),
                answer["rating"],
                reason=answer["reason"],
                by=request.user,
            ),
            lambda number, answer: (
                ngettext("Decided %d claim.", "Decided %d claims.", number) % number
            ),
        )

    @admin.action(
        permissions=["publish"],
        description=gettext_lazy("Publish…"),
        description_plural=gettext_lazy("Publish the selected claims…"),
        location=EVERYWHERE,
    )
    def publish(
        self, request: EditorRequest, queryset: QuerySet[Claim]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(
                _("Give it to readers?"),
                PublishForm,
                _("Publish"),
                mark,
                partial(before_readers, request.user),
            ),
            lambda claim, answer: publishing.publish(
                page_of(starting_from("publish", claim)),
                by=request.user,
                embargo_until=answer["embargo_until"],
            ),
            published,
        )

    @admin.action(
        permissions=["return"],
        description=gettext_lazy("Put to a new round…"),
        description_plural=gettext_lazy("Put the selected claims to a new round…"),
        location=EVERYWHERE,
    )
    def new_round(
        self, request: EditorRequest, queryset: QuerySet[Claim]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(
                _("Why is it judged anew?"), ReasonForm, _("Put to a new round"), mark
            ),
            lambda claim, answer: workflow.move(
                starting_from("new_round", claim),
                ClaimStatus.IN_REVIEW,
                by=request.user,
                reason=answer["reason"],
            ),
            lambda number, answer: (
                ngettext(
                    "Put %d claim to a new round.",
                    "Put %d claims to a new round.",
                    number,
                )
                % number
            ),
        )

    @admin.action(
        permissions=["retract"],
        description=gettext_lazy("Retract…"),
        description_plural=gettext_lazy("Retract the selected claims…"),
        location=EVERYWHERE,
    )
    def retract(
        self, request: EditorRequest, queryset: QuerySet[Claim]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(
                _("Why is it retracted? Readers will see the reason."),
                ReasonForm,
                _("Retract"),
                mark,
            ),
            lambda claim, answer: publishing.retract(
                page_of(starting_from("retract", claim)),
                reason=answer["reason"],
                by=request.user,
            ),
            lambda number, answer: (
                ngettext("Retracted %d claim.", "Retracted %d claims.", number) % number
            ),
        )
