"""The addresses under which one and the same page is found."""

import re
from urllib.parse import SplitResult, unquote, urlsplit

from .addresses import BadAddress, canonical

# Copies of pages that others keep: the address of the page itself is the rest of the path,
# "s/" before it says that it is an https one.
AMP_CACHE = re.compile(r"(?:[a-z0-9-]+\.)?cdn\.ampproject\.org")
IN_A_CACHE = re.compile(r"/(?:[acivr]|wp)/(s/)?(?=[^/]*\.)")
VIEWERS = re.compile(r"(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)")
IN_A_VIEWER = re.compile(r"/amp/(s/)?(?=[^/]*\.)")

AMP_HOST = re.compile(r"amp\.(?=[^.]+\.)")
AMP_FILE = re.compile(r"\.amp(?=\.html?\Z|\Z)|(?<=[^/])[-_]amp(?=\.html?\Z)")
AMP_PARAMETER = re.compile(
    r"(?:amp|outputtype=amp|output=amp|amp_js_v=[^&]*|amp_gsa=[^&]*|usqp=[^&]*|amp=(?:1|true|amp))\Z",
    re.IGNORECASE,
)
# What a site may put before its name, or leave out, and means the same.
SITE_PREFIX = re.compile(r"www\.(?=[^.]+\.)")


def plain(address: str) -> str:
    """The page's own address where `address`, a canonical one, is of an AMP copy of it."""
    parts = urlsplit(address)
    cached = None
    if AMP_CACHE.fullmatch(parts.netloc):
        cached = IN_A_CACHE.match(parts.path)
    elif VIEWERS.fullmatch(parts.netloc):
        cached = IN_A_VIEWER.match(parts.path)
    if cached:
        scheme = "https" if cached[1] else "http"
        rest = parts.path[cached.end() :] + (f"?{parts.query}" if parts.query else "")
        try:
            parts = urlsplit(canonical(f"{scheme}://{rest}"))
        except BadAddress:
            return address
    host = AMP_HOST.sub("", parts.netloc, count=1)
    query = "&".join(
        pair for pair in parts.query.split("&") if not AMP_PARAMETER.match(pair)
    )
    path = without_amp(parts.path)
    return SplitResult(parts.scheme, host, path, query, "").geturl()


def without_amp(path: str) -> str:
    """`path` without the step or the ending that asks for the AMP copy."""
    steps = path.split("/")
    others = [step for step in steps if step != "amp"]
    if any(others):
        # "/a/amp/" is a copy of "/a/", and "/a/amp" one of "/a".
        path = "/".join(others)
    return AMP_FILE.sub("", path, count=1)


def key(address: str) -> str:
    """What all the addresses of a page have in common; different pages differ in it.

    Scheme, "www.", "amp." and a slash at the end do not matter, nor how characters of the
    path are escaped, nor the order of the parameters. `address` is a canonical one.
    """
    parts = urlsplit(plain(address))
    host = SITE_PREFIX.sub("", parts.netloc, count=1)
    path = re.sub(
        r"%[0-9a-f]{2}", lambda found: found[0].upper(), parts.path, flags=re.I
    )
    path = re.sub(r"%(?:2D|2E|5F|7E|[46][1-9A-F]|[57][0-9A]|3[0-9])", unescaped, path)
    query = "&".join(sorted(filter(None, parts.query.split("&"))))
    return host + path.rstrip("/") + (f"?{query}" if query else "")


def unescaped(found: re.Match[str]) -> str:
    """The letter, figure or mark that never needed escaping (RFC 3986, section 2.3)."""
    return unquote(found[0])
