from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from annotations import reviewing, workflow
from annotations.http import EditorRequest
from annotations.measuring import with_figures
from annotations.models import Appearance, Article, Claim, ClaimStatus
from annotations.models.claims import ClaimQuerySet
from annotations.queue import QUEUES
from annotations.telling import story

from .claim_actions import ClaimActions, can_start
from .confirmations import name_of
from .desk import RecordAdmin, state


class QueueFilter(admin.SimpleListFilter):
    """What the claims wait for."""

    title = _("what it waits for")
    parameter_name = "queue"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        return [(queue.name, queue.title) for queue in QUEUES]

    def queryset(
        self, request: EditorRequest, queryset: ClaimQuerySet
    ) -> ClaimQuerySet | None:
        for queue in QUEUES:
            if queue.name == self.value():
                return queue.claims(queryset, request.user)
        return None


class FiguresFilter(admin.SimpleListFilter):
    title = _("figures")
    parameter_name = "figures"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        return [("with", _("With figures"))]

    def queryset(
        self, request: HttpRequest, queryset: ClaimQuerySet
    ) -> ClaimQuerySet | None:
        return with_figures(queryset) if self.value() == "with" else None


# An article's text is long, and nobody reads it in a list.
PASSAGES = Prefetch(
    "appearances",
    Appearance.objects.select_related("edition__article")
    .only(
        "claim",
        "quote",
        "edition__article__headline",
        "edition__number",
    )
    .order_by("pk"),
)


@admin.register(Claim)
class ClaimAdmin(ClaimActions, RecordAdmin):
    list_display = (
        "words",
        "in_state",
        "claimant",
        "articles",
        "assigned_to",
        "since",
    )
    list_filter = (
        "status",
        QueueFilter,
        FiguresFilter,
        "kind",
        ("assigned_to", admin.RelatedOnlyFieldListFilter),
    )
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    search_fields = ("statement",)
    search_help_text = _("Words of the statement or of a passage, or a claimant.")
    date_hierarchy = "moved_at"
    ordering = ("moved_at", "pk")  # who has waited longest comes first
    list_per_page = 50
    list_select_related = ("claimant", "assigned_to")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "statement",
                    ("claimant", "claimed_on"),
                    "kind",
                    "note",
                )
            },
        ),
        (
            _("Where it stands"),
            {
                "fields": (
                    ("in_state", "moved_at"),
                    "assigned_to",
                    "written_by",
                    ("created_by", "created_at"),
                )
            },
        ),
    )
    readonly_fields = ("in_state", "written_by")
    change_form_template = "admin/annotations/claim/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return (
            super()
            .get_queryset(request)
            .select_related("claimant", "assigned_to", "created_by", "factcheck")
            .prefetch_related(PASSAGES)
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        if not search_term or not isinstance(queryset, ClaimQuerySet):
            return queryset, False
        by_claimant = queryset.filter(claimant__name__icontains=search_term)
        return queryset.saying(search_term) | by_claimant, False

    @admin.display(description=_("claim"), ordering="statement")
    def words(self, claim: Claim) -> str:
        """The statement, or the words of the article as long as there is none."""
        if claim.statement:
            return Truncator(claim.statement).chars(120)
        return f"« {name_of(claim)} »"

    @admin.display(description=_("state"), ordering="status")
    def in_state(self, claim: Claim) -> str:
        return state(claim.status, claim.get_status_display())

    @admin.display(description=_("since"), ordering="moved_at")
    def since(self, claim: Claim) -> str:
        return formats.date_format(
            timezone.localtime(claim.moved_at), "SHORT_DATE_FORMAT"
        )

    @admin.display(description=_("articles"))
    def articles(self, claim: Claim) -> str:
        found: dict[int, Article] = {
            passage.edition.article_id: passage.edition.article
            for passage in claim.appearances.all()
        }
        return format_html_join(
            ", ",
            '<a href="{}?claim={}">{}</a>',
            (
                (article.get_absolute_url(), claim.pk, article.headline)
                for article in found.values()
            ),
        )

    @admin.display(description=_("written by"))
    def written_by(self, claim: Claim) -> str:
        return ", ".join(map(str, claim.authors.all()))

    def can_start(self, name: str, claim: Claim, request: EditorRequest) -> bool:
        return can_start(name, claim, by=request.user)

    def beside(self, claim: Claim, request: EditorRequest) -> dict[str, Any]:
        return beside(claim, request)


def beside(claim: Claim, request: EditorRequest) -> dict[str, Any]:
    """What stands beside the claim: passages, evidence, verdicts, fact-check, history."""
    page = getattr(claim, "factcheck", None)
    return {
        "name": name_of(claim),
        "passages": claim.appearances.all(),
        "evidence": claim.evidence.attached().select_related("source"),
        "now": reviewing.current_round(claim, seen_by=request.user),
        "earlier": earlier_rounds(claim),
        "page": page,
        "page_url": page
        and reverse("admin:annotations_factcheck_change", args=[page.pk]),
        "missing": list(missing(claim, request)),
        "claim": claim,
        "happenings": story(claim, seen_by=request.user)[::-1],
    }


def earlier_rounds(claim: Claim) -> list[dict[str, Any]]:
    """The verdicts and decisions of the rounds before this one, newest first."""
    rounds: dict[int, dict[str, Any]] = {}
    verdicts = claim.verdicts.filter(round__lt=claim.round)
    decisions = claim.decisions.filter(round__lt=claim.round)
    for verdict in verdicts.select_related("rating", "reviewer"):
        told = rounds.setdefault(verdict.round, {"verdicts": []})
        told["verdicts"].append(verdict)
    for decision in decisions.select_related("rating", "by"):
        rounds.setdefault(decision.round, {"verdicts": []})["decision"] = decision
    return [{"number": number, **rounds[number]} for number in sorted(rounds)[::-1]]


def missing(claim: Claim, request: EditorRequest) -> Iterable[str]:
    """What the next step still asks for; of the verdicts nothing, as that would sway."""
    if claim.status == ClaimStatus.OPEN:
        return workflow.ready_for_review(claim, request.user)
    if claim.status == ClaimStatus.DECIDED:
        return workflow.ready_for_readers(claim, request.user)
    return []
