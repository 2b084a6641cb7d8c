"""Editors, reviewers and moderators, each with exactly these permissions."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN_BY_ALL = [
    "view_appearance",
    "view_article",
    "view_claim",
    "view_claimant",
    "view_decision",
    "view_edition",
    "view_evidence",
    "view_factcheck",
    "view_newsroom",
    "view_rating",
    "view_ratingscale",
    "view_revision",
    "view_source",
    "view_transition",
    "view_verdict",
]

GROUPS = {
    "editors": [
        "add_appearance",
        "add_article",
        "add_claim",
        "add_claimant",
        "add_edition",
        "add_evidence",
        "add_factcheck",
        "add_source",
        "change_article",
        "change_claim",
        "change_evidence",
        "change_factcheck",
        "drop_claim",
        "send_claim",
    ],
    "reviewers": ["add_verdict", "return_claim"],
    "moderators": [
        "add_decision",
        "add_rating",
        "add_ratingscale",
        "add_user",
        "assign_claim",
        "change_article",
        "change_claimant",
        "change_newsroom",
        "change_rating",
        "change_ratingscale",
        "change_source",
        "change_user",
        "drop_claim",
        "publish_factcheck",
        "retract_factcheck",
        "return_claim",
        "send_claim",
        "view_user",
    ],
}


def add_groups(apps, schema_editor):
    # Permissions are made after the last migration; these are needed now.
    for label in ("annotations", "auth"):
        config = installed.get_app_config(label)
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = [*SEEN_BY_ALL, *codenames]
        if name == "moderators":
            group_view = Permission.objects.filter(
                content_type__app_label="auth", codename="view_group"
            )
        else:
            group_view = Permission.objects.none()
        permissions = Permission.objects.filter(
            content_type__app_label="annotations", codename__in=wanted
        )
        if len(permissions) != len(wanted):
            raise LookupError(f"The group {name} lacks permissions.")
        group.permissions.set([*permissions, *group_view])


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
