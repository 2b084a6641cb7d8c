from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from annotations.models import DetectorWeights, Suggestion, SuggestionState
from annotations.suggesting import acceptance, in_words

from .desk import RecordAdmin, state

# As the claims' states look: what waits is open, what is a claim is decided about.
LOOKS = {
    SuggestionState.WAITING: "open",
    SuggestionState.ACCEPTED: "published",
    SuggestionState.REJECTED: "dropped",
}


@admin.register(Suggestion)
class SuggestionAdmin(RecordAdmin):
    """What the detectors found and people answered; it is answered on the desk."""

    list_display = (
        "words",
        "in_state",
        "because",
        "on_the_desk",
        "detector_and_version",
        "answered_by",
        "answered_at",
    )
    list_filter = ("state", "detector", "detector_version")
    list_select_related = ("edition__article", "answered_by", "claim")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("quote",)
    date_hierarchy = "made_at"
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("quote", "because", "on_the_desk", ("rank", "score"))}),
        (
            _("Answer"),
            {"fields": ("in_state", ("answered_by", "answered_at"), "became")},
        ),
        (_("Detector"), {"fields": (("detector", "detector_version"), "made_at")}),
    )
    readonly_fields = ("because", "on_the_desk", "in_state", "became")
    change_list_template = "admin/annotations/suggestion/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        """Without the texts: they are long, and read on the desk."""
        return (
            super()
            .get_queryset(request)
            .select_related("edition__article", "answered_by", "claim")
            .defer("edition__text", "edition__blocks", "edition__search")
            .defer("edition__article__search", "claim__search")
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        told = {"acceptance": acceptance()}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    @admin.display(description=_("suggestion"), ordering="quote")
    def words(self, suggestion: Suggestion) -> str:
        return Truncator(suggestion.quote).chars(120)

    @admin.display(description=_("state"), ordering="state")
    def in_state(self, suggestion: Suggestion) -> SafeString:
        looks = LOOKS[SuggestionState(suggestion.state)]
        return state(looks, suggestion.get_state_display())

    @admin.display(description=_("reasons"))
    def because(self, suggestion: Suggestion) -> str:
        return ", ".join(in_words(suggestion.reasons))

    @admin.display(description=_("article"))
    def on_the_desk(self, suggestion: Suggestion) -> SafeString:
        edition = suggestion.edition
        return format_html(
            '<a href="{}#s-{}">{}</a>',
            edition.get_absolute_url(),
            suggestion.start,
            edition.article,
        )

    @admin.display(description=_("detector"), ordering="detector_version")
    def detector_and_version(self, suggestion: Suggestion) -> str:
        return f"{suggestion.detector}, {suggestion.detector_version}"

    @admin.display(description=_("claim"))
    def became(self, suggestion: Suggestion) -> SafeString | str:
        if suggestion.claim is None:
            return "–"
        address = reverse("admin:annotations_claim_change", args=[suggestion.claim_id])
        return format_html('<a href="{}">{}</a>', address, suggestion.claim)


@admin.register(DetectorWeights)
class DetectorWeightsAdmin(RecordAdmin):
    """What `manage.py fit_detector` has learned, and how well that went."""

    list_display = ("version", "is_current", "made_by", "made_at")
    list_select_related = ("made_by",)
    fields = ("version", "is_current", "report", ("made_by", "made_at"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[DetectorWeights]:
        return super().get_queryset(request).defer("content")
