from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from annotations.watching import ensure_rounds, look_after_due


class Command(BaseCommand):
    help = (
        "Ask the feeds that are due for new entries, once, as from cron. The worker does it "
        "by itself; where its chain of rounds has broken, this begins it again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Ask those that are due; the default."
        )
        parser.add_argument(
            "--start",
            action="store_true",
            help="Only see to it that the worker looks after them.",
        )

    def handle(self, **options: Any) -> None:
        if ensure_rounds():
            self.stdout.write("The worker looks after the feeds from now on.")
        if options["start"] and not options["once"]:
            return
        found = look_after_due()
        for feed, new in found.items():
            self.stdout.write(f"{feed}: {new} new.")
        if not found:
            self.stdout.write("No feed is due.")
