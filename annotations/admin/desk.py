"""What every page of the editorial desk does alike."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from annotations.http import EditorRequest


class DeskAdmin(admin.ModelAdmin):
    """Records that are corrected here; nothing is deleted, by a superuser neither."""

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})


class RecordAdmin(DeskAdmin):
    """Records that came about by deeds: they are read here, and moved on by deeds."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def can_start(self, name: str, row: Any, request: EditorRequest) -> bool:
        """Whether an action can start from where the row is, so that its form offers it."""
        return True

    def beside(self, row: Any, request: EditorRequest) -> dict[str, Any]:
        """What the page shows beside the row's own fields."""
        return {}

    def render_change_form(
        self,
        request: EditorRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        if context["action_form"]:
            field = context["action_form"].fields["action"]
            field.choices = [
                (name, label)
                for name, label in field.choices
                if name and self.can_start(name, obj, request)
            ]
        context["title"] = capfirst(self.opts.verbose_name)
        context.update(self.beside(obj, request))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The history stands beside the form; there is no other."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(reverse(name, args=[object_id]) + "#history")


class RecordInline(admin.TabularInline):
    """Rows that were recorded and that nobody edits."""

    extra = 0
    can_delete = False

    def has_add_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


def state(code: str, label: str) -> SafeString:
    """A state as the lists show it: by a sign and words, not by colour alone."""
    return format_html(
        '<span class="desk-state" data-state="{}">{}</span>', code, label
    )
