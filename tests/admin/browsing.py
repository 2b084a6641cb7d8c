"""What a moderator clicks in the admin."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from annotations.models import Claim

CLAIMS = reverse("admin:annotations_claim_changelist")


def form_of(row):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


def choose(client, action, *rows, address=CLAIMS):
    """Tick rows of a list and run an action on them: the result, or the page that asks."""
    data = {
        "action": action,
        "index": 0,
        ACTION_CHECKBOX_NAME: [row.pk for row in rows],
    }
    return client.post(address, data, follow=True)


def press(client, action, row):
    """Press a button of a form."""
    data = {"CHANGE_FORM-action": action, ACTION_CHECKBOX_NAME: [row.pk]}
    return client.post(form_of(row), data, follow=True)


def answer(client, page, **fields):
    """Send the page that asks, as it came, with these answers."""
    asked = page.context
    data = {
        asked["action_field"]: asked["action"],
        ACTION_CHECKBOX_NAME: [row["pk"] for row in asked["rows"]],
        "seen": [row["seen"] for row in asked["rows"]],
        **fields,
    }
    return client.post(asked["back"], data, follow=True)


def status_of(claim):
    return Claim.objects.get(pk=claim.pk).status
