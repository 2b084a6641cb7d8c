from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .desk import DeskAdmin

# The groups that come with the product have their names in the database in English.
WORK = {
    "editors": _("Editors: highlight, source and write"),
    "reviewers": _("Reviewers: give verdicts"),
    "moderators": _("Moderators: assign, decide, publish, work in this admin"),
}

if isinstance(admin.site._registry.get(Group), DjangoGroupAdmin):
    admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(DeskAdmin):
    """Who does what; what a group may do comes with the product and stays so."""

    list_display = ("work", "people")
    fields = ("work", "people")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    @admin.display(description=_("work"))
    def work(self, group: Group) -> str:
        return str(WORK.get(group.name, group.name))

    @admin.display(description=_("people"))
    def people(self, group: Group) -> str:
        return ", ".join(map(str, group.user_set.filter(is_active=True)))
