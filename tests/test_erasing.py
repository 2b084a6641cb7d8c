"""Somebody is forgotten by name; what they did stays, and so does the history."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotations import chain, erasing, reviewing
from annotations.models import ClaimStatus, HistoryEntry, User
from annotations.telling import story
from tests import make
from tests.tampering import fetch, settle

pytestmark = pytest.mark.django_db


def known(name: str = "evelyn") -> User:
    return make.user(
        name, "editors", "reviewers", first_name="Evelyn", last_name="Wood"
    )


def everything() -> str:
    """What stands in the tables that know people."""
    tables = (
        "annotations_user",
        "annotations_historyentry",
        "account_emailaddress",
        "django_admin_log",
    )
    return "\n".join(
        str(row)
        for table in tables
        for row in fetch(f"SELECT * FROM {table}")  # noqa: S608
    )


def test_the_name_goes_and_the_number_stays(moderator):
    person = known()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    LogEntry.objects.log_actions(moderator.pk, [person], 2, "", single_object=True)
    address = person.email

    erasing.erase(person, by=moderator)

    gone = User.objects.get(pk=person.pk)
    assert str(gone) == gone.username == f"anonyme-{person.pk}"
    assert not (gone.is_active or gone.is_staff or gone.has_usable_password())
    assert not gone.groups.exists()
    told = everything()
    for word in ("evelyn", "Evelyn", "Wood", address):
        assert word not in told, word


def test_the_chain_is_intact_and_tells_it_without_the_name(moderator):
    person = known()
    claim = make.claim(by=person)
    settle()
    before = chain.verify().number

    erasing.erase(person, by=moderator)
    settle()

    assert chain.verify().number > before
    (erased,) = HistoryEntry.objects.filter(
        table="annotations_user", row=person.pk, changes__contains="username"
    )
    assert erased.values["username"] == erased.values["email"] == []
    assert story(claim, seen_by=moderator)[0].who == f"anonyme-{person.pk}"


def test_four_eyes_still_see_who_wrote(moderator):
    person = known()
    claim = make.claim(by=person, status=ClaimStatus.IN_REVIEW)

    gone = erasing.erase(person, by=moderator)

    assert list(claim.authors.all()) == [gone]
    with pytest.raises(reviewing.ReviewRefused):
        reviewing.give_verdict(claim, make.ratings()["true"], reason="Me.", by=gone)


def test_they_cannot_come_in_any_more(client, moderator):
    person = known()
    client.force_login(person)

    erasing.erase(person, by=moderator)

    assert client.get("/articles/").status_code == 302
    assert not client.login(username="evelyn", password="correct horse")


def test_erasing_twice_does_no_harm(moderator):
    person = known()

    erasing.erase(person, by=moderator)
    erasing.erase(person, by=moderator)

    assert User.objects.get(pk=person.pk).username == f"anonyme-{person.pk}"


def test_not_everybody_may_erase_and_nobody_themselves(moderator, editor):
    person = known()
    boss = make.user("boss", is_superuser=True, is_staff=True)

    for by, whom in ((editor, person), (moderator, moderator), (moderator, boss)):
        with pytest.raises(erasing.ErasureRefused):
            erasing.erase(whom, by=by)

    assert User.objects.get(pk=person.pk).first_name == "Evelyn"


def test_what_stays_is_said():
    claim = make.claim(status=ClaimStatus.PUBLISHED)

    (number, free, published) = erasing.what_stays(claim.factcheck.author)

    assert "Their number stays" in number
    assert "free text stays" in free
    assert "pages signed: 1, pages approved: 0" in published
    assert len(list(erasing.what_stays(known()))) == 2


def test_the_command_says_what_it_did_and_what_stays(moderator):
    person = known()
    out = io.StringIO()

    call_command("erase_person", "evelyn", by="moderator", stdout=out)

    assert f"evelyn is “anonyme-{person.pk}” now" in out.getvalue()
    assert "Their number stays" in out.getvalue()
    entry = HistoryEntry.objects.filter(table="annotations_user", row=person.pk).last()
    assert (entry.by, entry.origin, entry.place) == (
        moderator.pk,
        "command",
        "erase_person",
    )
    for names in (["nobody", "moderator"], ["moderator", "moderator"]):
        with pytest.raises(CommandError):
            call_command("erase_person", names[0], by=names[1], stdout=out)


def test_a_moderator_is_asked_first_and_told_what_stays(client, moderator):
    person = known()
    client.force_login(moderator)
    people = reverse("admin:annotations_user_changelist")
    chosen = {"action": "erase", "_selected_action": [person.pk]}

    question = client.post(people, chosen)
    assert "It cannot be undone." in question.text
    assert "Their number stays" in question.text
    assert User.objects.get(pk=person.pk).first_name == "Evelyn"

    done = client.post(people, chosen | {"seen": f"{person.pk}:evelyn"}, follow=True)
    assert "Erased the name of 1 person." in done.text
    assert User.objects.get(pk=person.pk).first_name == ""
