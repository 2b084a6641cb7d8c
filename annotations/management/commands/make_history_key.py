import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations import exporting


class Command(BaseCommand):
    help = "Make the key that exports of the history are signed with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="Where to keep it; nothing may be there yet.")

    def handle(self, **options: Any) -> None:
        pem, public = exporting.new_key()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            with os.fdopen(os.open(options["file"], flags, 0o600), "wb") as file:
                file.write(pem)
        except OSError as error:
            raise CommandError(
                f"{options['file']} cannot be written: {error.strerror}."
            ) from error
        self.stdout.write(f"Public key: {public}")
        self.stdout.write(
            "Publish the public key where readers find it, and keep the file to yourself: "
            "whoever has it signs in your name. If it is lost, make another and say so."
        )
