"""The signed export, and the script that verifies it with nothing but Python."""

import io
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command

from annotations import exporting
from annotations.models import HistoryEntry
from factcheck import verify_export
from tests import make
from tests.models.refusing import sql
from tests.tampering import settle, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(tmp_path) -> Path:
    file = tmp_path / "key.pem"
    call_command("make_history_key", str(file), stdout=io.StringIO())
    return file


@pytest.fixture
def exported(tmp_path, key) -> Path:
    make.newsroom(name="L’Œil")
    make.claim("It is round.", statement='Elle « est » ronde : 🌙\n"vraiment" \\.')
    settle()
    return export(key, tmp_path / "history.jsonl")


def export(key: Path, file: Path, **options) -> Path:
    call_command(
        "export_history", key=str(key), out=str(file), stderr=io.StringIO(), **options
    )
    return file


def verify(file: Path, *arguments: str) -> tuple[int, str]:
    """As somebody who has Python and this script, and none of our packages."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", verify_export.__file__, str(file), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def rewrite(file: Path, said: list[dict]) -> None:
    file.write_bytes(b"".join(exporting.canonical(one) + b"\n" for one in said))


def test_an_export_is_verified_without_our_software(exported, key):
    public = exporting.public(exporting.read_key(key.read_bytes()))

    code, said = verify(exported, "--key", public)

    assert code == 0, said
    assert f"Intact: {HistoryEntry.objects.count()} entries, L’Œil" in said
    assert f"Signed by {public}." in said


def test_without_a_key_to_compare_it_says_so(exported):
    assert "compare it with the newsroom's" in verify(exported)[1]


def test_the_chain_of_one_claim_is_exported_by_itself(exported, key, tmp_path):
    other = make.claim("It is blue.", statement="It is blue.")
    settle()

    file = export(key, tmp_path / "one.jsonl", claim=other.pk)

    code, said = verify(file)
    count = HistoryEntry.objects.filter(claim=other.pk).count()
    assert (code, f"Intact: {count} entries of claim {other.pk}" in said) == (0, True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda said: said[5].update(by=7), "Number 5 was altered"),
        (lambda said: said[5].update(hash="00" * 32), "Number 5 was altered"),
        (lambda said: said.pop(5), "After number 4 an entry was removed"),
        (lambda said: said.insert(5, said[4]), "After number 4 an entry was removed"),
        (lambda said: said.append(said.pop(5)), "After number 4"),
        (lambda said: said.pop(-2), "Entries were removed from the end"),
        (lambda said: said.pop(), "The file is cut off"),
        (lambda said: said[0].update(newsroom="Us"), "not the one that was signed"),
        (lambda said: said[0].update(format="other"), "not a file of the format"),
        (lambda said: said[-1].update(signature="00" * 64), "The signature is not"),
        (lambda said: said[-1].update(signature="nonsense"), "The signature is not"),
        (lambda said: said[-1].update(public_key="11" * 32), "signature"),
    ],
    ids=[
        "field",
        "hash",
        "removed",
        "doubled",
        "moved",
        "cut off the end",
        "unsigned",
        "renamed",
        "other format",
        "wrong signature",
        "nonsense signature",
        "another's key",
    ],
)
def test_whatever_is_done_to_the_file_is_found(exported, change, message):
    said = lines(exported)

    change(said)
    rewrite(exported, said)

    code, told = verify(exported)
    assert code == 1
    assert "Broken. " in told
    assert message in told


def test_a_file_signed_anew_by_somebody_else_is_found_by_the_key(exported, key):
    public = exporting.public(exporting.read_key(key.read_bytes()))
    forger = Ed25519PrivateKey.generate()
    said = lines(exported)
    closing = said[-1] | {"public_key": exporting.public(forger)}
    del closing["signature"]
    closing["signature"] = forger.sign(exporting.canonical(closing)).hex()
    rewrite(exported, [*said[:-1], closing])

    assert verify(exported)[0] == 0
    code, told = verify(exported, "--key", public)
    assert (code, "signed by another key" in told) == (1, True)


def test_a_broken_history_is_not_signed(exported, key, tmp_path):
    with without_triggers():
        sql(
            "UPDATE annotations_historyentry SET by_id = 7 "
            "WHERE id = (SELECT max(id) FROM annotations_historyentry)"
        )
    file = tmp_path / "again.jsonl"

    with pytest.raises(CommandError, match="Broken, and not signed"):
        export(key, file)

    assert not file.exists()


def test_the_key_is_for_its_owner_alone(key, exported, tmp_path):
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="File exists"):
        call_command("make_history_key", str(key), stdout=io.StringIO())

    key.chmod(0o644)
    with pytest.raises(CommandError, match="Others can read"):
        export(key, tmp_path / "again.jsonl")


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----"])
def test_a_file_that_is_no_key_is_refused(tmp_path, content):
    file = tmp_path / "key.pem"
    file.write_bytes(content)
    file.chmod(0o600)

    with pytest.raises(CommandError, match="holds no key"):
        export(file, tmp_path / "history.jsonl")


def test_nothing_that_is_there_is_written_over(exported, key):
    with pytest.raises(CommandError, match="File exists"):
        export(key, exported)


def test_a_claim_the_history_does_not_know_is_refused(key, tmp_path):
    with pytest.raises(CommandError, match="knows no claim 999999"):
        export(key, tmp_path / "none.jsonl", claim=999_999)


def test_the_script_s_signatures_are_those_of_the_library():
    for message in (b"", b"a", bytes(range(256)) * 9):
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signature = key.sign(message)

        assert verify_export.is_signed(public, message, signature)
        assert not verify_export.is_signed(public, message + b"!", signature)
        spoilt = bytes([signature[0] ^ 1]) + signature[1:]
        with suppress(verify_export.Broken):  # it may be no point of the curve at all
            assert not verify_export.is_signed(public, message, spoilt)


def test_the_example_of_the_standard():
    """RFC 8032, section 7.1, test 2."""
    public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )

    assert verify_export.is_signed(
        bytes.fromhex(public), b"\x72", bytes.fromhex(signature)
    )
