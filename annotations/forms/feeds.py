from django import forms
from django.utils.translation import gettext_lazy

from annotations.models import Feed

from .fields import AddressField


class FeedForm(forms.ModelForm[Feed]):
    """A feed that is watched."""

    address = AddressField(
        label=gettext_lazy("Address of the feed"),
        help_text=gettext_lazy("That of the RSS or Atom feed itself, not of the site."),
    )

    class Meta:
        model = Feed
        fields = ["address", "title", "language", "is_active"]
