"""The admin's name, where it leads back to, and what other packages put into it."""

from allauth.account import admin as allauth_admin
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

admin.site.site_title = _("Factcheck")
admin.site.site_header = _("Factcheck: the editorial desk")
admin.site.index_title = _("What waits")
admin.site.site_url = reverse_lazy("annotations:article_list")  # type: ignore[assignment]
admin.site.empty_value_display = "–"
# Lists are wide; the start page and the way back above each page lead everywhere.
admin.site.enable_nav_sidebar = False

# Whoever changes somebody's address does it with the person; see `people`. Importing
# allauth's own registration first keeps it from coming after this line.
if admin.site.is_registered(EmailAddress):
    admin.site.unregister(EmailAddress)

__all__ = ["allauth_admin"]
