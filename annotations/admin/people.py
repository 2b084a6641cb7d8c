from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations import erasing, inviting
from annotations.http import EditorRequest
from annotations.models import User

from .confirmations import EVERYWHERE, Question, ask, carry_out, chosen
from .desk import DeskAdmin
from .groups import WORK


class GroupsField(forms.ModelMultipleChoiceField[Group]):
    def label_from_instance(self, obj: Group) -> str:
        return str(WORK.get(obj.name, obj.name))


def groups_field() -> GroupsField:
    return GroupsField(
        Group.objects.order_by("pk"),
        label=_("Groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class InvitationForm(forms.ModelForm[User]):
    """Who comes, and what for."""

    groups = groups_field()

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The link to choose a password goes there.")


class PersonForm(forms.ModelForm[User]):
    """What may be changed of a colleague, by somebody who is set as `by`."""

    by: User
    groups = groups_field()

    class Meta:
        model = User
        fields = (
            "username",
            "first_name",
            "last_name",
            "email",
            "language",
            "is_active",
            "is_superuser",
            "user_permissions",
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        refusal = inviting.objection(
            self.instance,
            self.cleaned_data.get("groups", []),
            is_active=self.cleaned_data.get("is_active", True),
            by=self.by,
        )
        is_self = self.instance.pk == self.by.pk
        if is_self and not self.cleaned_data.get("is_superuser", True):
            refusal = _("You cannot lock yourself out. Ask a colleague to do it.")  # type: ignore[assignment]
        if refusal:
            raise forms.ValidationError(refusal)
        return cleaned


class GroupFilter(admin.SimpleListFilter):
    """By the work people do."""

    title = _("group")
    parameter_name = "group"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        return [(name, label.split(":")[0]) for name, label in WORK.items()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> QuerySet[User] | None:
        if self.value():
            return queryset.filter(groups__name=self.value())
        return None


@admin.register(User)
class UserAdmin(DeskAdmin):
    """Colleagues are invited; nobody is deleted, as what they did stays theirs.

    Nobody sets another's password: a link is sent, here and by the log-in page.
    """

    list_display = ("username", "full_name", "email", "work", "is_active", "last_login")
    list_filter = (GroupFilter, "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    list_per_page = 50
    readonly_fields = ("last_login", "date_joined", "is_staff")
    actions = ("send_link", "erase")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        person = ("username", ("first_name", "last_name"), "email", "language")
        if obj is None:
            return [(None, {"fields": (*person, "groups")})]
        might: tuple[str, ...] = ("is_active", "is_staff", "groups")
        if request.user.is_superuser:
            might = (*might, "is_superuser", "user_permissions")
        return [
            (None, {"fields": person}),
            (_("Work"), {"fields": might}),
            (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
        ]

    def get_form(
        self,
        request: HttpRequest,
        obj: User | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        kwargs["form"] = PersonForm if obj else InvitationForm
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user  # type: ignore[attr-defined]
        return form

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        if db_field.name == "user_permissions":
            permissions = db_field.related_model.objects.all()
            kwargs["queryset"] = permissions.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[arg-type]

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Only superusers change superusers."""
        if isinstance(obj, User) and obj.is_superuser:
            return bool(request.user.is_superuser)
        return super().has_change_permission(request, obj)

    def lookup_allowed(
        self, lookup: str, value: Any, request: HttpRequest | None = None
    ) -> bool:
        """An address may not ask what a password's hash begins with."""
        if lookup.startswith("password"):
            return False
        return super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"title": _("Invite a colleague"), **(extra_context or {})}
        try:
            return super().add_view(request, form_url, context)
        except inviting.InvitationRefused as refusal:
            self.message_user(request, str(refusal), "error")
            return redirect(request.get_full_path())

    def save_model(
        self, request: EditorRequest, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        said = form.cleaned_data
        invited = inviting.invite(
            username=said["username"],
            email=said["email"],
            first_name=said["first_name"],
            last_name=said["last_name"],
            groups=said["groups"],
            language=said["language"],
            by=request.user,
        )
        obj.pk = invited.pk
        obj.refresh_from_db()

    def save_related(
        self, request: EditorRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            inviting.appoint(
                form.instance,
                form.cleaned_data["groups"],
                is_active=form.cleaned_data["is_active"],
                by=request.user,
            )

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("groups"))
    def work(self, user: User) -> str:
        return ", ".join(
            str(WORK.get(group.name, group.name)).split(":")[0]
            for group in user.groups.all()
        )

    @admin.action(
        permissions=["change"],
        description=_("Send a link to choose a password"),
        description_plural=_("Send the selected people a link to choose a password"),
        location=EVERYWHERE,
    )
    def send_link(self, request: EditorRequest, queryset: QuerySet[User]) -> None:
        carry_out(
            self,
            request,
            chosen(self, request, queryset),
            lambda user: inviting.invite_again(user, by=request.user),
            lambda number: (
                ngettext(
                    "Sent a link to %d person.", "Sent links to %d people.", number
                )
                % number
            ),
        )

    @admin.action(
        permissions=["change"],
        description=_("Erase name and address…"),
        description_plural=_("Erase names and addresses of the selected people…"),
        location=EVERYWHERE,
    )
    def erase(
        self, request: EditorRequest, queryset: QuerySet[User]
    ) -> HttpResponse | None:
        return ask(
            self,
            request,
            queryset,
            Question(
                _("Erase name, user name and e-mail address? It cannot be undone."),
                forms.Form,
                _("Erase"),
                lambda user: user.username,
                notes=lambda user: list(erasing.what_stays(user)),
            ),
            lambda user, _answer: erasing.erase(user, by=request.user),
            lambda number, _answer: (
                ngettext(
                    "Erased the name of %d person.",
                    "Erased the names of %d people.",
                    number,
                )
                % number
            ),
        )
