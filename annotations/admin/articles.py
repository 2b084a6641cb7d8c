from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.models import Appearance, Article, Edition
from annotations.recognising import know_as

from .desk import DeskAdmin, RecordInline
from .intakes import ArticleAddressInline


class EditionInline(RecordInline):
    model = Edition
    fields = ("on_the_desk", "retrieved_at", "retrieved_by")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        """The texts stay where they are: they are long, and read on the desk."""
        return (
            super()
            .get_queryset(request)
            .select_related("article", "retrieved_by")
            .defer("text", "blocks", "search")
        )

    @admin.display(description=_("version"))
    def on_the_desk(self, edition: Edition) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', edition.get_absolute_url(), edition.number
        )


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """What is known of an article is corrected here; its texts never change."""

    list_display = ("headline", "outlet", "published_on", "claims", "added_at")
    list_filter = ("language", "outlet")
    show_full_result_count = False
    search_fields = ("headline",)
    search_help_text = _("Words of the headline or of a text.")
    date_hierarchy = "added_at"
    list_per_page = 50
    fields = (
        "headline",
        "address",
        "outlet",
        "byline",
        ("language", "published_on"),
        "selected_because",
        ("added_by", "added_at"),
    )
    readonly_fields = ("added_by", "added_at")
    inlines = (EditionInline, ArticleAddressInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles are imported on the desk, with their text."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Article,
        form: forms.ModelForm[Article],
        change: bool,
    ) -> None:
        super().save_model(request, obj, form, change)
        know_as(obj, [obj.address])

    def view_on_site(self, article: Article) -> str:
        return article.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        claims = (
            Appearance.objects.filter(edition__article=OuterRef("pk"))
            .order_by()
            .values("edition__article")
            .annotate(number=Count("claim", distinct=True))
            .values("number")
        )
        return (
            super()
            .get_queryset(request)
            .defer("search")
            .annotate(
                claims_found=Coalesce(Subquery(claims, output_field=IntegerField()), 0)
            )
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        if not search_term:
            return queryset, False
        found = Article.objects.saying(search_term).values("pk")
        return queryset.filter(pk__in=found), False

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "selected_because" and field:
            field.widget.attrs["rows"] = 4
        return field

    @admin.display(description=_("claims"), ordering="claims_found")
    def claims(self, article: Article) -> int:
        found: int = article.claims_found  # type: ignore[attr-defined]
        return found
