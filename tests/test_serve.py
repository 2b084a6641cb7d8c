import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection

import psutil
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from factcheck import serve
from factcheck.embedded import EmbeddedServer


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind((serve.HOST, 0))
        return probe.getsockname()[1]


def start(port: int, database: str) -> subprocess.Popen[str]:
    """`make run`, as far as the line that says how to end it."""
    running = subprocess.Popen(
        [sys.executable, "-m", "factcheck.serve"],
        cwd=serve.CHECKOUT,
        env={
            **os.environ,
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "DATABASE_URL": database,
            "PORT": str(port),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in running.stdout:
        if line.startswith("Ctrl-C ends it"):
            break
    return running


def test_it_serves_until_ctrl_c_and_leaves_nothing_behind(tmp_path):
    database = EmbeddedServer(tmp_path)
    port = unused_port()
    running = start(port, database.join())
    processes = psutil.Process(running.pid).children(recursive=True)

    with closing(HTTPConnection(serve.HOST, port, timeout=10)) as connection:
        connection.request("GET", "/", headers={"Host": "localhost"})
        status = connection.getresponse().status
    running.send_signal(signal.SIGINT)
    last_words, _ = running.communicate(timeout=60)

    database.leave()
    assert status < 400
    assert running.returncode == 0
    assert "What was entered is kept." in last_words
    assert "Traceback" not in last_words
    assert len(processes) == serve.WORKERS + 2
    assert not psutil.wait_procs(processes, timeout=5)[1]


def test_without_its_worker_it_ends_and_says_so(tmp_path):
    database = EmbeddedServer(tmp_path)
    running = start(unused_port(), database.join())
    processes = psutil.Process(running.pid).children(recursive=True)

    next(each for each in processes if "db_worker" in each.cmdline()).kill()
    last_words, _ = running.communicate(timeout=60)

    database.leave()
    assert running.returncode == 1
    assert "The task worker ended by itself" in last_words
    assert not psutil.wait_procs(processes, timeout=5)[1]


def test_a_taken_port_is_named_with_another_to_try():
    with socket.socket() as other:
        other.bind((serve.HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(
            serve.CannotRun, match=rf"Port {port} is taken.*make run PORT="
        ):
            serve.free_port(str(port))


@pytest.mark.parametrize("wanted", ["", "http", "-1", "65536", "80 80"])
def test_a_port_that_is_none_is_refused(wanted):
    with pytest.raises(serve.CannotRun, match="not a number up to 65535"):
        serve.free_port(wanted)


@pytest.mark.django_db
def test_each_role_has_a_log_in_of_the_demo(tmp_path, monkeypatch):
    demo = tmp_path / "demo.json"
    demo.write_text(
        json.dumps(
            [
                {"model": "annotations.user", "fields": {"username": "ana"}},
                {"model": "annotations.user", "fields": {"username": "bo"}},
                {"model": "annotations.claim", "fields": {"statement": "It rains."}},
            ]
        )
    )
    monkeypatch.setattr(serve, "DEMO", demo)
    for name in ("somebody-else", "ana", "bo"):
        person = get_user_model().objects.create_user(name)
        person.groups.add(Group.objects.get(name="editors"))

    lines = list(serve.log_ins())

    assert [line.split() for line in lines] == [
        ["editors", "ana,", "bo", serve.DEMO_PASSWORD]
    ]


def test_outside_development_it_asks_for_a_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DEBUG", "0")

    with pytest.raises(serve.CannotRun, match="DATABASE_URL"):
        serve.prepare()
