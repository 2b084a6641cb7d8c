from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations import watching
from annotations.models import ArticleAddress, Feed, Intake
from annotations.receiving import problems

from .desk import DeskAdmin, RecordAdmin, RecordInline


class ArticleAddressInline(RecordInline):
    """Under which addresses an article is recognised."""

    model = ArticleAddress
    fields = ("address", "added_at")
    readonly_fields = fields


@admin.register(Intake)
class IntakeAdmin(RecordAdmin):
    """What comes in is reviewed on the desk; here is what has become of it."""

    list_display = ("__str__", "origin", "status", "asked_by", "added_at")
    list_filter = ("status", "origin", "feed")
    list_select_related = ("asked_by",)
    show_full_result_count = False
    search_fields = ("headline", "address", "file_name")
    date_hierarchy = "added_at"
    list_per_page = 50
    fields = (
        "headline",
        "address",
        "file_name",
        "feed",
        ("origin", "status"),
        "what_went_wrong",
        ("asked_by", "added_at"),
        ("settled_by", "settled_at"),
        "dismissed_because",
        "article",
    )
    readonly_fields = ("what_went_wrong",)

    def view_on_site(self, intake: Intake) -> str:
        return intake.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("blocks", "aliases")

    @admin.display(description=_("what went wrong"))
    def what_went_wrong(self, intake: Intake) -> str:
        if not intake.problem:
            return "–"
        return problems.sentence(intake.problem, intake.problem_status)


@admin.register(Feed)
class FeedAdmin(DeskAdmin):
    """Feeds are watched or not; what they brought stays."""

    list_display = ("__str__", "address", "is_active", "checked_at", "failures")
    list_filter = ("is_active", "language")
    search_fields = ("title", "address")
    list_per_page = 50
    fields = (
        "title",
        "address",
        ("language", "is_active"),
        ("checked_at", "next_check_at"),
        ("failures", "last_problem"),
        ("added_by", "added_at"),
    )
    readonly_fields = (
        "checked_at",
        "next_check_at",
        "failures",
        "last_problem",
        "added_by",
        "added_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Feeds are added on the desk, where they are asked at once."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Feed, form: forms.ModelForm[Feed], change: bool
    ) -> None:
        given = ("title", "address", "language", "is_active")
        watching.revise(obj, **{name: getattr(obj, name) for name in given})

    @admin.display(description=_("last problem"))
    def last_problem(self, feed: Feed) -> str:
        if not feed.problem:
            return "–"
        return problems.sentence(feed.problem, feed.problem_status)
