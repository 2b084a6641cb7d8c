"""A real browser on a real server: every console error and policy report is a failure."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from annotations.models import User
from tests.chromium import ARGUMENTS, executable

# Playwright keeps an event loop running; Django's ORM is used beside it on purpose.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A refusal that the page shows is an answer, not a fault.
REFUSAL = re.compile(r"status of 4\d\d|Status Error Code 4\d\d")

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(playwright), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_as(browser, live_server) -> Iterator[Callable[..., Page]]:
    """`open_as(user, "/articles/")` gives the page as that person sees it; None is a stranger."""
    faults: list[str] = []
    contexts = []

    def open_page(user: User | None, path: str, **options: object) -> Page:
        options.setdefault("viewport", WIDE)
        options.setdefault("locale", "en-GB")
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type == "error" and not REFUSAL.search(message.text)
                else None
            ),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults
