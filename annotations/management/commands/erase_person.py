from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations import erasing
from annotations.models import User


class Command(BaseCommand):
    help = (
        "Take somebody's name and e-mail address away; what they did stays, by number."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="User name of the one to forget.")
        parser.add_argument("--by", required=True, help="User name of a moderator.")

    def handle(self, **options: Any) -> None:
        person, by = self._user(options["person"]), self._user(options["by"])
        stays = list(erasing.what_stays(person))
        try:
            with pghistory.context(user=by.pk, command="erase_person"):
                gone = erasing.erase(person, by=by)
        except erasing.ErasureRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['person']} is “{gone}” now, and cannot log in.")
        for sentence in stays:
            self.stdout.write(sentence)

    @staticmethod
    def _user(name: str) -> User:
        try:
            return User.objects.get(username=name)
        except User.DoesNotExist as none:
            raise CommandError(f"There is no user “{name}”.") from none
