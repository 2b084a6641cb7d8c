"""Settings come from the environment, and what is missing stops the start with its name."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck import embedded

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "k5" * 40 + "!x_9Qz",
    "ALLOWED_HOSTS": "factcheck.example",
    # The check asks the server for its version.
    "DATABASE_URL": os.environ.get("DATABASE_URL") or embedded.database_url(),
}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")}
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_readme_names_every_variable_and_no_other():
    code = (ROOT / "factcheck" / "settings.py").read_text()
    table = (ROOT / "README.md").read_text().partition("## Environment")[2]
    rows = table.partition("\n## ")[0]

    named = set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE))

    assert named == set(re.findall(r'\benv\(\s*"(\w+)"', code))


def test_production_settings_are_clean():
    result = check(**PRODUCTION)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", PRODUCTION)
def test_what_is_missing_stops_the_start_with_its_name(name):
    result = check(**{key: PRODUCTION[key] for key in PRODUCTION if key != name})

    assert result.returncode != 0
    assert f"Set the environment variable {name}." in result.stderr
