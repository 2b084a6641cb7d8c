"""Why an article could not be taken in, as it is kept and as it is said."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from annotations import outgoing

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class CannotRead(Exception):
    """The page or file gives no article; `problem` is a slug, `status` the site's answer."""

    def __init__(self, problem: str, status: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status = status


SENTENCES: dict[str, "StrOrPromise"] = {
    "page:empty": _("The page has no text."),
    "page:not_html": _("The address leads to something other than a page of text."),
    "page:paywall": _(
        "The site shows only the beginning of this article to those who do not subscribe."
    ),
    "page:tangled": _("The page is built in a way that cannot be read."),
    "page:too_large": _("The page is too large."),
    "page:too_little": _("The page has too little text to be an article."),
    "file:binary": _("The file is no text, or in an encoding that cannot be told."),
    "file:broken": _("The file is damaged."),
    "file:empty": _("The file is empty, or has no words."),
    "file:encrypted": _("The file is protected by a password."),
    "file:kind": _("Files of this kind cannot be read."),
    "file:no_text": _("The file has pictures of its pages, and no text."),
    "file:old_word": _("The file is in an old format of Word. Save it as .docx."),
    "file:slow": _("It takes too long to read the file."),
    "file:too_long": _("The text is too long: at most 500,000 characters can be kept."),
    "file:too_large": _("The file is larger than 20 MB."),
    "text:too_long": _("The text is too long: at most 500,000 characters can be kept."),
    "feed:feed": _("There is a page at this address, but no RSS or Atom feed."),
    "feed:entities": _(
        "This feed declares entities of its own, as feeds do that mean harm. It is not read."
    ),
}
OTHERWISE: dict[str, "StrOrPromise"] = {
    "page": _("The page has no text that could be an article."),
    "file": _("The file cannot be read."),
}


def sentence(problem: str, status: int | None = None) -> str:
    """What happened, in the language of whoever reads it now."""
    where, _colon, reason = problem.partition(":")
    if where == "fetch":
        return outgoing.sentence(reason, status)
    if where == "file" and problem not in SENTENCES:
        # A file may be a page.
        problem = f"page:{reason}"
    return str(SENTENCES.get(problem) or OTHERWISE.get(where) or problem)
