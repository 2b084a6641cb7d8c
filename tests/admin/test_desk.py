"""The admin as the editorial desk: deeds by button, records that nobody edits."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from annotations.models import Claim, ClaimStatus, FactCheck, User
from tests import make

pytestmark = pytest.mark.django_db
CLAIMS = reverse("admin:annotations_claim_changelist")
PAGES = reverse("admin:annotations_factcheck_changelist")


def act(client, address, action, *rows, **answers):
    """Choose an action for these rows, and answer what it asks."""
    chosen = [row.pk for row in rows]
    page = client.post(
        address, {"action": action, ACTION_CHECKBOX_NAME: chosen}, follow=True
    )
    if "desk-question" not in page.text:
        return page
    seen = [row["seen"] for row in page.context["rows"]]
    data = {
        page.context["action_field"]: action,
        page.context["checkbox"]: chosen,
        "seen": seen,
        **answers,
    }
    confirmed = {"apply": "1", **data}
    return client.post(page.context["back"], confirmed, follow=True)


@pytest.fixture
def office(client, moderator):
    client.force_login(moderator)
    return client


def test_the_start_page_says_what_waits_and_for_whom(
    office, editor, django_assert_max_num_queries
):
    make.claim("It is round.", by=editor, status=ClaimStatus.IN_REVIEW)
    make.claim("It is flat.", by=editor, status=ClaimStatus.DECIDED)

    with django_assert_max_num_queries(30):
        page = office.get("/admin/")

    assert "Waiting for verdicts (1)" in page.text
    assert "Decided: waiting to be published (1)" in page.text


@pytest.mark.parametrize("count", [3, 12])
def test_the_list_costs_the_same_however_long_it_is(
    office, editor, count, django_assert_max_num_queries
):
    edition = make.edition(" ".join(f"Claim {n} is here." for n in range(count)))
    for n in range(count):
        make.claim(f"Claim {n} is", by=editor, edition=edition)

    with django_assert_max_num_queries(22):
        page = office.get(CLAIMS)

    assert page.text.count("Claim ") >= count


def test_a_claim_that_cannot_move_is_named_and_the_others_move(office, editor):
    ready = make.claim("It is round.", by=editor, statement="The moon is round.")
    make.evidence(ready)
    empty = make.claim("It is flat.", by=editor, statement="The moon is flat.")

    page = act(office, CLAIMS, "send_to_review", ready, empty)

    ready.refresh_from_db()
    empty.refresh_from_db()
    assert (ready.status, empty.status) == ("in_review", "open")
    assert "The moon is flat." in page.text
    assert "Attach at least one source" in page.text


def test_a_claim_goes_back_with_a_reason(office, editor):
    claim = make.claim(by=editor, status=ClaimStatus.IN_REVIEW)

    act(office, CLAIMS, "send_back", claim, reason="The quote is cut.")

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.OPEN
    assert claim.transitions.last().reason == "The quote is cut."


def test_a_fact_check_is_published_and_retracted(office, editor):
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)
    page = make.factcheck(claim)

    act(office, PAGES, "publish", page, embargo_until_0="", embargo_until_1="")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PUBLISHED

    act(office, PAGES, "retract", page, reason="We were wrong.")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.RETRACTED


def test_a_superuser_cannot_publish_what_they_wrote(client):
    boss = make.user("boss", is_staff=True, is_superuser=True)
    claim = make.claim(by=boss, status=ClaimStatus.DECIDED)
    page = make.factcheck(claim, by=boss)
    client.force_login(boss)

    answer = act(client, PAGES, "publish", page, embargo_until_0="", embargo_until_1="")

    assert "four eyes" in answer.text
    assert FactCheck.objects.get().published_at is None


@pytest.mark.parametrize("model", ["claim", "factcheck"])
def test_what_was_recorded_is_neither_edited_nor_deleted_by_a_superuser(client, model):
    boss = make.user("boss", is_staff=True, is_superuser=True)
    claim = make.claim(status=ClaimStatus.PUBLISHED)
    row = claim if model == "claim" else claim.factcheck
    client.force_login(boss)
    form = reverse(f"admin:annotations_{model}_change", args=[row.pk])
    delete = reverse(f"admin:annotations_{model}_delete", args=[row.pk])

    page = client.get(form)

    assert 'name="_save"' not in page.text
    assert "delete_selected" not in client.get(CLAIMS).text
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.post(form, {"statement": "Changed."}).status_code == 403


def test_the_history_of_a_claim_stands_beside_its_form(office, editor):
    claim = make.claim(by=editor, status=ClaimStatus.IN_REVIEW, statement="Round.")

    page = office.get(reverse("admin:annotations_claim_change", args=[claim.pk]))

    assert "Open → In review" in page.text
    assert "<ins>Round.</ins>" in page.text


def test_verdicts_are_not_shown_before_they_are_all_in(office, editor, reviewer):
    claim = make.claim(by=editor, status=ClaimStatus.IN_REVIEW)
    from annotations.reviewing import give_verdict

    give_verdict(claim, make.ratings()["false"], reason="Secret reason.", by=reviewer)

    page = office.get(reverse("admin:annotations_claim_change", args=[claim.pk]))

    assert "Secret reason." not in page.text
    assert "given blind" in page.text


def test_a_moderator_does_not_touch_superusers_or_their_own_rights(office, moderator):
    boss = make.user("boss", is_staff=True, is_superuser=True)

    form = office.get(reverse("admin:annotations_user_change", args=[boss.pk]))
    own = office.get(reverse("admin:annotations_user_change", args=[moderator.pk]))

    assert 'name="_save"' not in form.text
    for name in ("is_superuser", "user_permissions", "is_staff", "password"):
        assert f'name="{name}"' not in own.text


def test_an_invited_colleague_chooses_a_password(
    office, mailoutbox, client, django_capture_on_commit_callbacks
):
    import re

    from django.contrib.auth.models import Group

    group = Group.objects.get(name="reviewers")
    with django_capture_on_commit_callbacks(execute=True):
        office.post(
            reverse("admin:annotations_user_add"),
            {
                "username": "nadia",
                "email": "nadia@example.org",
                "first_name": "Nadia",
                "last_name": "Ben",
                "language": "en",
                "groups": [group.pk],
            },
        )

    nadia = User.objects.get(username="nadia")
    assert list(nadia.groups.all()) == [group]
    assert not nadia.has_usable_password()
    client.logout()
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    client.post(
        form.redirect_chain[-1][0],
        {"password1": "battery staple 9", "password2": "battery staple 9"},
    )
    nadia.refresh_from_db()
    assert nadia.check_password("battery staple 9")


def test_editors_do_not_enter(desk):
    assert desk.get("/admin/").status_code == 302
    assert not Claim.objects.exists()
