"""Why a page could not be fetched, in words for the editor who asked for it."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Literal

from django.utils.translation import gettext as _

from annotations.refusals import Refusal

type Reason = Literal[
    "address",
    "answer",
    "content_type",
    "downgrade",
    "encoding",
    "not_found",
    "port",
    "private",
    "redirects",
    "robots",
    "status",
    "timeout",
    "tls",
    "too_large",
    "unknown",
    "unreachable",
]

SENTENCES: dict[str, Callable[[], str]] = {
    "address": lambda: _(
        "This is not the address of a page: it begins with http:// or https://, and has "
        "no user name, and no figures in place of the site’s name, but an ordinary one."
    ),
    "answer": lambda: _("The site’s answer was broken off, or is none that can be read."),
    "content_type": lambda: _("The address leads to something other than a page of text."),
    "downgrade": lambda: _("The site leads from a secure address to one that is not."),
    "encoding": lambda: _("The page is packed in a way that cannot be unpacked."),
    "not_found": lambda: _("The site has no such page, or has it no more."),
    "port": lambda: _("The address names a port; only the usual ones of the web are read."),
    "private": lambda: _("The address leads into a private network, not onto the web."),
    "redirects": lambda: _("The site leads from one address to the next without end."),
    "robots": lambda: _(
        "The site does not allow programs to read this page, or does not say whether it does."
    ),
    "timeout": lambda: _("The site took too long to answer."),
    "tls": lambda: _("The site’s certificate is not valid, so it may be another’s."),
    "too_large": lambda: _("The page is too large."),
    "unknown": lambda: _("There is no site of this name."),
    "unreachable": lambda: _("The site cannot be reached."),
}  # fmt: skip


def sentence(reason: str, status: int | None = None) -> str:
    """What happened, in the language of whoever reads it now."""
    if reason in SENTENCES:
        return SENTENCES[reason]()
    match status:
        case HTTPStatus.PAYMENT_REQUIRED | HTTPStatus.UNAUTHORIZED:
            return _("The site shows this page only to its subscribers.")
        case HTTPStatus.FORBIDDEN | HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS:
            return _("The site does not let us see this page.")
        case HTTPStatus.TOO_MANY_REQUESTS | HTTPStatus.SERVICE_UNAVAILABLE:
            return _("The site is too busy now; try again later.")
        case None:
            return _("The page could not be fetched.")
        case _:
            return _("The site answered with error %(status)d.") % {"status": status}


class FetchRefused(Refusal):
    """The page was not fetched; `reason` is a slug for why, and `str()` a sentence.

    `address` is the one it happened at, which is another after a redirect. `status` is
    the answer's, if there was one; `retry_after` is how long the site asks to be left
    alone. Keep `reason` and `status`, not the sentence, for somebody who reads it later.
    """

    def __init__(
        self,
        reason: Reason,
        address: str,
        *,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(sentence(reason, status))
        self.reason: Reason = reason
        self.address = address
        self.status = status
        self.retry_after = retry_after

    @property
    def may_pass(self) -> bool:
        """Whether another try, later on, may go better."""
        if self.reason == "status":
            return self.status in {425, 429} or (self.status or 0) >= 500
        return self.reason in {"answer", "timeout", "unknown", "unreachable"}
