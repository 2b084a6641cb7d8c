from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from annotations.models import Newsroom

from .desk import DeskAdmin


@admin.register(Newsroom)
class NewsroomAdmin(DeskAdmin):
    """There is one newsroom, so its list is its form."""

    fieldsets = (
        (None, {"fields": ("name", "address", "verdicts_asked")}),
        (_("Suggestions"), {"fields": ("suggestions_one_in",)}),
        (_("Method"), {"fields": ("method_fr", "method_en")}),
        (_("Corrections"), {"fields": ("corrections_fr", "corrections_en")}),
        (_("Funding"), {"fields": ("funding_fr", "funding_en")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return (
            self.has_change_permission(request)
            and not Newsroom.objects.filter(pk=1).exists()
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.has_add_permission(request):
            return redirect("admin:annotations_newsroom_add")
        return redirect("admin:annotations_newsroom_change", 1)

    def save_model(
        self, request: HttpRequest, obj: Newsroom, form: Any, change: bool
    ) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
