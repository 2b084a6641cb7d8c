from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.models import Evidence, Source

from .desk import DeskAdmin, RecordInline, state


class EvidenceInline(RecordInline):
    """The claims that use the source; those that readers see keep it as it was."""

    model = Evidence
    fields = ("claim_page", "in_state", "stance", "excerpt", "is_attached")
    readonly_fields = fields
    verbose_name_plural = _("claims that use it")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return (
            super().get_queryset(request).select_related("claim").defer("claim__search")
        )

    @admin.display(description=_("claim"))
    def claim_page(self, evidence: Evidence) -> SafeString:
        address = reverse("admin:annotations_claim_change", args=[evidence.claim_id])
        return format_html('<a href="{}">{}</a>', address, evidence.claim)

    @admin.display(description=_("state"))
    def in_state(self, evidence: Evidence) -> SafeString:
        return state(evidence.claim.status, evidence.claim.get_status_display())

    @admin.display(description=_("attached"), boolean=True)
    def is_attached(self, evidence: Evidence) -> bool:
        return evidence.detached_at is None


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    """A source is described once, for all the claims that use it."""

    list_display = ("title", "publisher", "published_on", "kind", "number_of_uses")
    list_filter = ("kind",)
    show_full_result_count = False
    search_fields = ("title", "publisher", "address")
    date_hierarchy = "added_at"
    list_per_page = 50
    fields = (
        "title",
        "address",
        "publisher",
        "published_on",
        "kind",
        ("added_by", "added_at"),
    )
    readonly_fields = ("added_by", "added_at")
    inlines = (EvidenceInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sources are added on the desk, to a claim."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        uses = Count("evidence__claim", distinct=True)
        return super().get_queryset(request).annotate(uses=uses)

    @admin.display(description=_("claims"), ordering="uses")
    def number_of_uses(self, source: Source) -> int:
        uses: int = source.uses  # type: ignore[attr-defined]
        return uses
