import re

from django.utils import translation

from tests import make
from tests.admin.browsing import CLAIMS, form_of


def heading(page):
    return re.search(r"<h1>(.*?)</h1>", page.text)[1]


def test_pages_are_headed_by_what_they_hold(client, db):
    claim = make.claim("It is round.")
    client.force_login(make.user("helene", "moderators", language="fr"))
    with translation.override("fr"):
        one, many = claim._meta.verbose_name, claim._meta.verbose_name_plural

        assert heading(client.get(CLAIMS)) == str(many).capitalize()
        assert heading(client.get(form_of(claim))) == str(one).capitalize()


def test_the_search_field_has_its_name_in_words(client, moderator):
    client.force_login(moderator)

    page = client.get(CLAIMS)

    label = re.search(r'<label for="searchbar">(.*?)</label>', page.text)[1]
    assert re.sub(r"<[^>]*>", "", label) == "Search"
