from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations import chain, replaying


def seen_head(said: str) -> tuple[int, str]:
    """A head as it was printed: `number:hash`."""
    number, _, hashed = said.partition(":")
    if not number.isdecimal() or len(hashed) != 64:
        raise ValueError
    return int(number), hashed.lower()


class Command(BaseCommand):
    help = (
        "Say whether the history is as it was written and the records are as it tells them, "
        "or what was done to them first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            type=int,
            default=1,
            dest="first",
            metavar="NUMBER",
            help="Go on from here; what comes before counts as verified.",
        )
        parser.add_argument(
            "--head",
            type=seen_head,
            metavar="NUMBER:HASH",
            help="A head this command printed or an export holds: the history has to pass "
            "through it.",
        )

        parser.add_argument(
            "--chain-only",
            action="store_true",
            help="Leave out whether the records are what the history says.",
        )

    def handle(self, **options: Any) -> None:
        try:
            intact = chain.verify(
                options["first"], seen=options["head"], on_progress=self._progress
            )
            rows = None if options["chain_only"] else replaying.verify_rows()
        except (chain.ChainBroken, replaying.RowAltered) as broken:
            raise CommandError(f"Broken. {broken}") from broken
        self.stdout.write(f"Intact: {intact.number} entries.")
        if rows is not None:
            self.stdout.write(f"Records: {rows}, each as its history tells it.")
        self.stdout.write(f"Head: {intact.number}:{intact.hash}")

    def _progress(self, number: int, last: int) -> None:
        self.stderr.write(
            f"{number} of {last} … (--from {number + 1} goes on from here)"
        )
