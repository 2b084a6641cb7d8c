#!/usr/bin/env python
"""Django's commands, with this project's settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    # What the database calls this connection: the history says which command wrote.
    os.environ.setdefault("PGAPPNAME", f"manage.py {' '.join(sys.argv[1:2])}")
    execute_from_command_line(sys.argv)
