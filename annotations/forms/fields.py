"""Fields that several forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from annotations.text.addresses import BadAddress, canonical


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AddressField(forms.CharField):
    """An address on the web, in the one spelling that is kept."""

    SENTENCES = {
        "scheme": gettext_lazy("An address begins with http:// or https://."),
        "credentials": gettext_lazy("Leave the user name and password out of it."),
        "host": gettext_lazy("This address does not name a site."),
        "long": gettext_lazy("This address is too long: 2,000 characters at most."),
        "characters": gettext_lazy("An address has no spaces or hidden characters."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "url", "maxlength": 2000})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return ""
        try:
            return canonical(address)
        except BadAddress as bad:
            message = self.SENTENCES.get(bad.reason, self.SENTENCES["host"])
            raise forms.ValidationError(message) from bad
