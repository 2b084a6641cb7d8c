"""The table of the cache that all processes share."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_groups")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
