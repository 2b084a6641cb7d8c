from django import forms
from django.utils.translation import gettext_lazy

from annotations.models import Source, Stance
from annotations.models.sources import SourceKind

from .fields import AddressField, DateInput


class EvidenceForm(forms.Form):
    """What a source says about the claim."""

    stance = forms.ChoiceField(label=gettext_lazy("Stance"), choices=Stance.choices)
    excerpt = forms.CharField(
        label=gettext_lazy("Excerpt"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The exact words of the source that matter."),
    )
    locator = forms.CharField(
        label=gettext_lazy("Where in it"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Page, paragraph, minute."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EvidenceEditForm(EvidenceForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class AttachForm(EvidenceForm):
    """A source, and what it says about the claim."""

    address = AddressField(
        label=gettext_lazy("Address"),
        required=False,
        help_text=gettext_lazy("Leave it out for a person or a paper document."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200)
    published_on = forms.DateField(
        label=gettext_lazy("Published on"), required=False, widget=DateInput()
    )
    source_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"),
        choices=SourceKind.choices,
        initial=SourceKind.SECONDARY,
    )

    field_order = [
        "address",
        "title",
        "publisher",
        "published_on",
        "source_kind",
        "stance",
        "excerpt",
        "locator",
        "note",
    ]

    @classmethod
    def of(cls, source: Source) -> "AttachForm":
        """The form filled in with a source used before; what it says is left to write."""
        known = {
            "address": source.address,
            "title": source.title,
            "publisher": source.publisher,
            "published_on": source.published_on,
            "source_kind": source.kind,
        }
        return cls(initial=known, auto_id="attach-%s")
