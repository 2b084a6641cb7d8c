from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.models import Edition
from annotations.suggesting import suggest, suggest_now, unread


class Command(BaseCommand):
    help = (
        "Have the detector read texts that it has not read yet. "
        "Can be stopped and run again: what is read stays read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--edition", type=int, help="The id of one version.")
        which.add_argument("--article", type=int, help="All versions of an article.")
        which.add_argument("--all", action="store_true", help="Every text.")
        parser.add_argument(
            "--later", action="store_true", help="Leave it to the worker."
        )

    def handle(self, **options: Any) -> None:
        editions = Edition.objects.order_by("-pk")
        if options["edition"]:
            editions = editions.filter(pk=options["edition"])
        elif options["article"]:
            editions = editions.filter(article=options["article"])
        if not options["all"] and not editions.exists():
            raise CommandError("There is no such text.")
        if options["later"]:
            waiting = list(unread(editions))
            for pk in waiting:
                suggest.enqueue(edition_id=pk)
            self.stdout.write(f"Texts for the worker: {len(waiting)}.")
            return
        waiting = list(unread(editions, asked=True))
        found = 0
        for number, pk in enumerate(waiting, start=1):
            found += suggest_now(pk)
            if number % 100 == 0 or number == len(waiting):
                self.stdout.write(f"Read {number} of {len(waiting)} …")
        self.stdout.write(f"Texts: {len(waiting)}. Sentences kept: {found}.")
