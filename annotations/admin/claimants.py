from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.models import Claim, Claimant

from .desk import DeskAdmin, RecordInline, state


class ClaimInline(RecordInline):
    """What they claimed, as far as we look into it."""

    model = Claim
    fields = ("words", "in_state", "claimed_on")
    readonly_fields = fields
    verbose_name_plural = _("claims")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).defer("search")

    @admin.display(description=_("claim"))
    def words(self, claim: Claim) -> SafeString:
        address = reverse("admin:annotations_claim_change", args=[claim.pk])
        return format_html('<a href="{}">{}</a>', address, claim)

    @admin.display(description=_("state"))
    def in_state(self, claim: Claim) -> SafeString:
        return state(claim.status, claim.get_status_display())


@admin.register(Claimant)
class ClaimantAdmin(DeskAdmin):
    list_display = ("name", "kind", "role", "organisation", "number_of_claims")
    list_filter = ("kind",)
    search_fields = ("name", "kind", "role", "organisation", "wikidata_id")
    list_per_page = 50
    show_full_result_count = False
    fields = ("name", "role", "organisation", "wikidata_id")
    inlines = (ClaimInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant]:
        return super().get_queryset(request).annotate(claims_made=Count("claims"))

    @admin.display(description=_("claims"), ordering="claims_made")
    def number_of_claims(self, claimant: Claimant) -> int:
        made: int = claimant.claims_made  # type: ignore[attr-defined]
        return made
