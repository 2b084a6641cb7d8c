import os
import signal
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg
import pytest

from factcheck.embedded import EmbeddedServer, EmbeddedServerFailed


def postmaster(home: Path) -> int:
    """The process id of the server that runs on this folder."""
    return int((home / "data" / "postmaster.pid").read_text().split()[0])


def ask(address: str, question: str) -> object:
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        row = connection.execute(question).fetchone()
    return row[0]


def test_what_was_entered_is_there_after_a_restart(tmp_path):
    server = EmbeddedServer(tmp_path / "home")
    with closing(psycopg.connect(server.join(), autocommit=True)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'entered' AS words")
    process = psutil.Process(postmaster(server.home))

    server.leave()
    stopped = not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    again = ask(server.join(), "SELECT words FROM kept")
    server.leave()

    assert stopped
    assert again == "entered"


def test_the_last_to_leave_stops_it(tmp_path):
    first, second = EmbeddedServer(tmp_path), EmbeddedServer(tmp_path)
    first.join()
    address = second.join()

    first.leave()
    answer = ask(address, "SELECT 'still here'")
    second.leave()

    assert answer == "still here"
    assert not (tmp_path / "data" / "postmaster.pid").exists()


def test_a_killed_server_does_not_keep_the_next_one_out(tmp_path):
    killed, following = EmbeddedServer(tmp_path), EmbeddedServer(tmp_path)
    killed.join()
    os.kill(postmaster(tmp_path), signal.SIGKILL)

    answer = ask(following.join(), "SELECT 'here'")

    killed.leave()
    following.leave()
    assert answer == "here"


def test_a_process_that_has_the_old_id_is_not_taken_for_the_server(tmp_path):
    server = EmbeddedServer(tmp_path)
    server.join()
    old = (tmp_path / "data" / "postmaster.pid").read_text().splitlines()
    server.leave()
    (tmp_path / "data" / "postmaster.pid").write_text(
        "\n".join([str(os.getpid()), *old[1:]])
    )

    answer = ask(server.join(), "SELECT 'here'")

    server.leave()
    assert answer == "here"


def test_a_path_too_long_for_a_socket_and_an_interrupted_start_do_no_harm(tmp_path):
    home = tmp_path / ("deep, " * 20)
    (home / "data.unfinished" / "base").mkdir(parents=True)
    server = EmbeddedServer(home)

    address = server.join()
    answer = ask(address, "SELECT current_database()")
    folder = Path(parse_qs(urlsplit(address).query)["host"][0])
    server.leave()

    assert answer == "factcheck"
    assert folder != server.home
    assert not folder.exists()


def test_words_are_told_from_punctuation_and_accents_have_capitals(tmp_path):
    server = EmbeddedServer(tmp_path)
    address = server.join()

    words = ask(address, "SELECT to_tsvector('simple', '«\u00a0L’Été\u202f»')::text")

    server.leave()
    assert words == "'l':1 'été':2"


def test_a_folder_that_cannot_be_used_is_named_with_what_to_do(tmp_path):
    (tmp_path / "home").write_text("a file, and not a folder")

    with pytest.raises(EmbeddedServerFailed, match=r"home.*set DATABASE_URL"):
        EmbeddedServer(tmp_path / "home").join()
