"""Addresses of pages, in the one spelling by which they are kept and compared."""

import re
import unicodedata
from typing import Literal
from urllib.parse import SplitResult, quote, urlsplit

type Reason = Literal["blank", "long", "characters", "scheme", "credentials", "host"]

# Code points of the longest address that is kept; what is longer is seldom a page.
LONGEST = 2000

DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say where a reader came from, and nothing about the page.
# Those of Google, Facebook, Microsoft, X, TikTok and Yandex, of AT Internet (xtor, at_…),
# Mailchimp, HubSpot, Marketo, Omeda, Vero, Matomo, Piwik and Yahoo, of newsletters and shares.
TRACKING = re.compile(
    r"(?:utm_[^=]*|at_[^=]*|mtm_[^=]*|pk_[^=]*|matomo_[^=]*|vero_[^=]*|_hs[^=]*|guce_[^=]*"
    r"|fbclid|fb_(?:ref|source|action_ids|action_types)|g(?:clid|clsrc|braid)|dclid|wbraid|_ga|_gl"
    r"|msclkid|twclid|ttclid|yclid|igshid|igsh|li_fat_id|xtor|mc_cid|mc_eid|mkt_tok"
    r"|oly_(?:anon|enc)_id|hsctatracking|guccounter|wt_mc|s_cid|cmpid|ns_campaign|ns_mchannel"
    r"|__twitter_impression|trk_?contact|trk_?msg)(?:=|\Z)",
    re.IGNORECASE,
)
# Letters, figures and hyphens, parted by dots (RFC 1123, section 2.1), underscores too,
# as some hosts have them.
HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)
LONGEST_HOST = 253
# All that RFC 3986 allows in a path or a query, and what is escaped already.
ALLOWED = "/?:@!$&'()*+,;=-._~%"

SENTENCES: dict[Reason, str] = {
    "blank": "There is no address.",
    "long": f"The address is longer than {LONGEST} characters.",
    "characters": "The address has spaces or other characters that no address has.",
    "scheme": "The address does not begin with http:// or https://.",
    "credentials": "The address has a user name or a password in it.",
    "host": "The address does not name a site.",
}


class BadAddress(ValueError):
    """The address leads to no page on the web; `reason` is a slug for what is wrong."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason: Reason = reason


def canonical(raw: str, *, keep_tracking: bool = False) -> str:
    """The spelling by which the page at `raw` is known; canonical once, it stays so.

    Scheme and host are in lower case and ASCII (IDNA, RFC 3490); the fragment, a default
    port, a final dot of the host and tracking parameters are gone; other characters
    are percent-encoded (RFC 3986). A site may insist on its tracking, so for asking it,
    and not for knowing the page, it can be kept. Says nothing about where the address leads: a private
    network may be behind it. Raises `BadAddress`.
    """
    address = raw.strip()
    if not address:
        raise BadAddress("blank")
    if len(address) > LONGEST:
        raise BadAddress("long")
    if "\\" in address or any(not_in_addresses(character) for character in address):
        raise BadAddress("characters")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadAddress("host") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise BadAddress("scheme")
    if "@" in parts.netloc:
        raise BadAddress("credentials")
    site = host_of(parts)
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        site += f":{port}"
    path = quote(parts.path or "/", safe=ALLOWED.replace("?", ""))
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if keep_tracking or not TRACKING.match(pair)]
    query = quote("&".join(kept), safe=ALLOWED)
    result = f"{parts.scheme}://{site}{path}" + (f"?{query}" if query else "")
    if len(result) > LONGEST:
        raise BadAddress("long")
    return result


def host_of(parts: SplitResult) -> str:
    """The host in ASCII, in brackets if it is an IPv6 address; raises `BadAddress`."""
    name = parts.hostname or ""
    if parts.netloc.startswith("["):
        return f"[{name}]"
    try:
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise BadAddress("host") from error
    if len(host) > LONGEST_HOST or not HOST.fullmatch(host):
        raise BadAddress("host")
    return host


def not_in_addresses(character: str) -> bool:
    """Whether it is a control, format or space character, or half of one (a surrogate)."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cs"}
