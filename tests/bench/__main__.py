"""`make bench`: the figures, beside what they should be.

`ARGS=--quick` for a short run, `ARGS="desk intake"` for these parts alone.
"""

import os
import sys
from importlib import import_module

from tests.bench import database

# Each is a module of this package with a `main`.
PARTS = ["desk", "intake", "detection", "carrying", "history"]


def main() -> None:
    os.environ |= {"DEBUG": "1", "DATABASE_URL": database.create()}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    try:
        call_command("migrate", verbosity=0)
        asked = [name for name in sys.argv[1:] if not name.startswith("-")]
        for part in asked or PARTS:
            print(f"\n{part}")
            import_module(f"tests.bench.{part}").main()
    finally:
        connection.close()
        database.drop()


if __name__ == "__main__":
    main()
