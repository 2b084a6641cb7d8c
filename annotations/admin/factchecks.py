from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import publishing, workflow
from annotations.http import EditorRequest
from annotations.models import ClaimStatus, FactCheck, Revision
from annotations.telling import story

from .confirmations import (
    EVERYWHERE,
    PublishForm,
    Question,
    ReasonForm,
    ask,
    published,
    what_readers_get,
)
from .desk import RecordAdmin, RecordInline, state

STATES = {
    "draft": gettext_lazy("being written"),
    "embargo": gettext_lazy("under embargo"),
    "public": gettext_lazy("public"),
    "retracted": gettext_lazy("retracted"),
}


def state_of(page: FactCheck) -> str:
    if page.published_at is None:
        return "draft"
    if page.retracted_at:
        return "retracted"
    if page.embargo_until and page.embargo_until > timezone.now():
        return "embargo"
    return "public"


class StateFilter(admin.SimpleListFilter):
    """What readers see of it."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[FactCheck]
    ) -> QuerySet[FactCheck] | None:
        published = Q(published_at__isnull=False, retracted_at=None)
        ahead = Q(embargo_until__gt=timezone.now())
        wanted = {
            "draft": Q(published_at=None),
            "embargo": published & ahead,
            "public": published & ~ahead,
            "retracted": Q(retracted_at__isnull=False),
        }
        chosen = wanted.get(self.value() or "")
        return queryset.filter(chosen) if chosen else None


class RevisionInline(RecordInline):
    model = Revision
    fields = ("number", "published_at", "published_by")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("content")


def mark(page: FactCheck) -> str:
    return f"{state_of(page)}.{page.version}.{page.claim.status}"


@admin.register(FactCheck)
class FactCheckAdmin(RecordAdmin):
    """Written on the desk, read here, given to readers and taken back."""

    list_display = (
        "title",
        "in_state",
        "claim_state",
        "author",
        "published_by",
        "published_at",
    )
    list_filter = (
        StateFilter,
        "claim__status",
        ("author", admin.RelatedOnlyFieldListFilter),
    )
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    search_fields = ("title",)
    search_help_text = gettext_lazy("Words of the title, the summary or the reasoning.")
    date_hierarchy = "published_at"
    list_per_page = 50
    list_select_related = ("claim", "author", "published_by")
    fieldsets = (
        (None, {"fields": ("title", "summary", "body", "exception")}),
        (
            gettext_lazy("Where it stands"),
            {
                "fields": (
                    "in_state",
                    "claim_page",
                    "slug",
                    ("author", "written_at"),
                    ("published_by", "published_at", "embargo_until"),
                    ("retracted_by", "retracted_at"),
                    "retraction",
                )
            },
        ),
    )
    readonly_fields = ("in_state", "claim_page")
    inlines = (RevisionInline,)
    actions = ("publish", "retract")
    change_form_template = "admin/annotations/factcheck/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[FactCheck]:
        return (
            super()
            .get_queryset(request)
            .select_related("claim", "author", "published_by", "retracted_by")
            .defer("search")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[FactCheck], search_term: str
    ) -> tuple[QuerySet[FactCheck], bool]:
        if not search_term:
            return queryset, False
        found = FactCheck.objects.saying(search_term).values("pk")
        return queryset.filter(pk__in=found), False

    def beside(self, page: FactCheck, request: EditorRequest) -> dict[str, Any]:
        return {
            "claim": page.claim,
            "happenings": story(page.claim, seen_by=request.user)[::-1],
        }

    @admin.display(description=gettext_lazy("state"))
    def in_state(self, page: FactCheck) -> str:
        code = state_of(page)
        return state(code, str(STATES[code]))

    @admin.display(description=gettext_lazy("claim"), ordering="claim__status")
    def claim_state(self, page: FactCheck) -> str:
        return state(page.claim.status, page.claim.get_status_display())

    @admin.display(description=gettext_lazy("claim"))
    def claim_page(self, page: FactCheck) -> SafeString:
        address = reverse("admin:annotations_claim_change", args=[page.claim_id])
        return format_html('<a href="{}">{}</a>', address, page.claim)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.publish_factcheck")

    def has_retract_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.retract_factcheck")

    @admin.action(
        permissions=["publish"],
        description=gettext_lazy("Publish…"),
        description_plural=gettext_lazy("Publish the selected fact-checks…"),
        location=EVERYWHERE,
    )
    def publish(
        self, request: EditorRequest, queryset: QuerySet[FactCheck]
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
                lambda page: [
                    *what_readers_get(page),
                    *workflow.ready_for_readers(page.claim, request.user),
                ],
            ),
            lambda page, answer: publishing.publish(
                page, by=request.user, embargo_until=answer["embargo_until"]
            ),
            published,
        )

    @admin.action(
        permissions=["retract"],
        description=gettext_lazy("Retract…"),
        description_plural=gettext_lazy("Retract the selected fact-checks…"),
        location=EVERYWHERE,
    )
    def retract(
        self, request: EditorRequest, queryset: QuerySet[FactCheck]
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
            lambda page, answer: publishing.retract(
                page, reason=answer["reason"], by=request.user
            ),
            lambda number, answer: (
                ngettext(
                    "Retracted %d fact-check.", "Retracted %d fact-checks.", number
                )
                % number
            ),
        )

    def can_start(self, name: str, page: FactCheck, request: EditorRequest) -> bool:
        if name == "publish":
            return (
                state_of(page) == "draft"
                and page.claim.status == ClaimStatus.DECIDED
                and not workflow.is_author(page.claim, request.user)
            )
        return name == "retract" and state_of(page) in ("public", "embargo")
