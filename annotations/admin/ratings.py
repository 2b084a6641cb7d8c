from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.http import EditorRequest
from annotations.models import Decision, Rating, RatingScale, Verdict

from .confirmations import EVERYWHERE, chosen
from .desk import DeskAdmin, RecordInline

# What a verdict said when it was given; once there is one, it goes on saying that.
MEANING = ("scale", "code", "label_fr", "label_en", "number")


def sign_of(rating: Rating) -> SafeString:
    return format_html(
        '<span class="desk-rating" data-colour="{}">{} {}</span>',
        rating.colour,
        rating.sign,
        rating,
    )


class RatingInline(RecordInline):
    model = Rating
    fields = ("order", "looks", "code", "number", "retired_at")
    readonly_fields = fields
    ordering = ("order",)
    show_change_link = True

    @admin.display(description=gettext_lazy("rating"))
    def looks(self, rating: Rating) -> SafeString:
        return sign_of(rating)


@admin.register(RatingScale)
class RatingScaleAdmin(DeskAdmin):
    list_display = ("name", "is_current")
    fields = ("name", "is_current")
    inlines = (RatingInline,)


@admin.register(Rating)
class RatingAdmin(DeskAdmin):
    """Ratings are retired and never deleted: verdicts were given in them."""

    list_display = ("looks", "scale", "code", "order", "number", "retired_at")
    list_display_links = ("looks",)
    list_filter = ("scale", ("retired_at", admin.EmptyFieldListFilter))
    list_select_related = ("scale",)
    search_fields = ("label_fr", "label_en", "code")
    fields = (
        ("scale", "code"),
        ("label_fr", "label_en"),
        ("definition_fr", "definition_en"),
        ("order", "number"),
        ("colour", "icon"),
        "retired_at",
    )
    actions = ("retire", "take_back")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rating]:
        return (
            super()
            .get_queryset(request)
            .select_related("scale")
            .annotate(
                is_used=Exists(Verdict.objects.filter(rating=OuterRef("pk")))
                | Exists(Decision.objects.filter(rating=OuterRef("pk")))
            )
        )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Rating | None = None
    ) -> tuple[str, ...]:
        is_used = getattr(obj, "is_used", False)
        return (*MEANING, "retired_at") if is_used else ("retired_at",)

    @admin.display(description=gettext_lazy("rating"), ordering="order")
    def looks(self, rating: Rating) -> SafeString:
        return sign_of(rating)

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Retire"),
        description_plural=gettext_lazy("Retire the selected ratings"),
        location=EVERYWHERE,
    )
    def retire(self, request: EditorRequest, queryset: QuerySet[Rating]) -> None:
        rows = chosen(self, request, queryset)
        number = rows.filter(retired_at=None).update(retired_at=Now())
        message = ngettext("Retired %d rating.", "Retired %d ratings.", number)
        self.message_user(request, message % number, messages.SUCCESS)

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Use again"),
        description_plural=gettext_lazy("Use the selected ratings again"),
        location=EVERYWHERE,
    )
    def take_back(self, request: EditorRequest, queryset: QuerySet[Rating]) -> None:
        number = 0
        for rating in chosen(self, request, queryset).exclude(retired_at=None):
            twin = Rating.objects.filter(
                scale=rating.scale_id, icon=rating.icon, retired_at=None
            ).first()
            if twin:
                values: dict[str, Any] = {"rating": rating, "twin": twin}
                message = _("“%(rating)s”: “%(twin)s” has the same icon.") % values
                self.message_user(request, message, messages.WARNING)
                continue
            number += Rating.objects.filter(pk=rating.pk).update(retired_at=None)
        if number:
            message = ngettext(
                "%d rating is in use again.", "%d ratings are in use again.", number
            )
            self.message_user(request, message % number, messages.SUCCESS)
