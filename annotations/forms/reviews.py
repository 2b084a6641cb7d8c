from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from annotations.models import Rating


class VerdictForm(forms.Form):
    """A rating and why. Decisions are made with it too."""

    round = forms.IntegerField(widget=forms.HiddenInput)
    rating = forms.ModelChoiceField(
        label=gettext_lazy("Rating"),
        queryset=Rating.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a rating.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy(
                "Say why: a verdict without a reason convinces nobody."
            )
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = cast(forms.ModelChoiceField[Rating], self.fields["rating"])
        rating.queryset = Rating.objects.to_choose().select_related("scale")
