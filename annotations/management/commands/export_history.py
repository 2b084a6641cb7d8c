import os
import stat
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations import exporting
from annotations.chain import ChainBroken
from annotations.models import HistoryEntry


class Command(BaseCommand):
    help = (
        "Write the history as a signed file, which factcheck/verify_export.py verifies "
        "anywhere. It tells of running rounds too: keep it from reviewers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--key", required=True, help="As make_history_key made it.")
        parser.add_argument(
            "--out", default="-", help="A file that is not there yet; - for the output."
        )
        parser.add_argument(
            "--claim", type=int, metavar="NUMBER", help="The chain of one claim only."
        )

    def handle(self, **options: Any) -> None:
        key = self._key(Path(options["key"]))
        claim = options["claim"]
        if claim and not HistoryEntry.objects.filter(claim=claim).exists():
            raise CommandError(f"The history knows no claim {claim}.")
        try:
            with self._out(options["out"]) as out:
                count = exporting.export(out, key, claim=claim)
        except ChainBroken as broken:
            if options["out"] != "-":
                Path(options["out"]).unlink()
            raise CommandError(f"Broken, and not signed. {broken}") from broken
        self.stderr.write(f"{count} entries, signed by {exporting.public(key)}.")

    @staticmethod
    def _key(file: Path) -> Ed25519PrivateKey:
        try:
            if stat.S_IMODE(file.stat().st_mode) & 0o077:
                raise CommandError(
                    f"Others can read {file}: chmod 600 it, and if they have, make another."
                )
            return exporting.read_key(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except exporting.ExportRefused as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal

    @staticmethod
    def _out(name: str) -> Any:
        if name == "-":
            output: BinaryIO = sys.stdout.buffer
            return nullcontext(output)
        try:
            return os.fdopen(
                os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            )
        except OSError as error:
            raise CommandError(
                f"{name} cannot be written: {error.strerror}."
            ) from error
