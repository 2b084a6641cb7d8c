import os
from typing import Any

from django.conf import settings
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from annotations import suggesting


class Command(DatabaseWorker):
    """The worker of django-tasks-db, which has our detector at hand before the first article."""

    def handle(self, **options: Any) -> None:
        is_watcher = options["reload"] and DJANGO_AUTORELOAD_ENV not in os.environ
        is_ours = settings.FACTCHECK_DETECTOR == suggesting.OURS
        if is_ours and not options["batch"] and not is_watcher:
            self.stdout.write(f"Detector: {suggesting.warm_up()}.")
        super().handle(**options)
