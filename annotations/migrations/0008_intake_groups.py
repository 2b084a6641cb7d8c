"""Who may look at, review and keep incoming articles, and watch feeds."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN_BY_ALL = ["view_articleaddress", "view_feed", "view_intake"]
GIVEN = {
    "editors": ["add_feed", "add_intake", "change_feed", "change_intake"],
    "reviewers": [],
    "moderators": ["add_feed", "add_intake", "change_feed", "change_intake"],
}


def add_permissions(apps, schema_editor):
    # Permissions are made after the last migration; these are needed now.
    config = installed.get_app_config("annotations")
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GIVEN.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = [*SEEN_BY_ALL, *codenames]
        permissions = Permission.objects.filter(
            content_type__app_label="annotations", codename__in=wanted
        )
        if len(permissions) != len(wanted):
            raise LookupError(f"The group {name} lacks permissions.")
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0007_intake"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
