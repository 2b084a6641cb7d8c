"""Editors and moderators settle the passages of changed articles."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ["editors", "moderators"]


def add_permission(apps, schema_editor):
    # Permissions are made after the last migration; this one is needed now.
    config = installed.get_app_config("annotations")
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    settle = Permission.objects.get(
        content_type__app_label="annotations", codename="settle_carriage"
    )
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.add(settle)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0009_carrying"), ("annotations", "0002_groups")]

    operations = [migrations.RunPython(add_permission, migrations.RunPython.noop)]
