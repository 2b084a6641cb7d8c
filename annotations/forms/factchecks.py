from django import forms
from django.utils.translation import gettext_lazy


class FactCheckForm(forms.Form):
    """What readers will read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("Often the question that the page answers."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The answer in a sentence or two; readers see it first."
        ),
    )
    body = forms.CharField(
        label=gettext_lazy("Reasoning"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("An empty line begins a paragraph."),
    )
    exception = forms.CharField(
        label=gettext_lazy("Exception"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Why fewer than two sources of different publishers are enough here. "
            "Readers see it."
        ),
    )
