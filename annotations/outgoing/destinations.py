"""Where a connection may lead: to public addresses of the internet, and nowhere else."""

import re
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from annotations.text.addresses import DEFAULT_PORTS, BadAddress, canonical

from .refusing import FetchRefused, Reason

type IP = IPv4Address | IPv6Address
type Resolver = Callable[[str], Sequence[str]]

# `is_global` knows most of these; what it does not, or did not always, is why they are
# all here (IANA's special-purpose registries, and two hosts that clouds keep for themselves).
NOT_PUBLIC_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; Alibaba's metadata at 100.100.100.200
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's host
        "169.254.0.0/16",  # link-local; metadata of most clouds at 169.254.169.254
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols; Oracle's metadata at 192.0.0.192
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
# All that is given out to networks, and what of it is no place of its own. Outside of it
# are loopback, link-local, site-local, unique-local (fd00:ec2::254), multicast, and
# IPv4 mapped or compatible.
PUBLIC_6 = IPv6Network("2000::/3")
NOT_PUBLIC_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
]
# IPv4 as networks without it see it; an address of the web may be inside.
NAT64 = IPv6Network("64:ff9b::/96")
# ISATAP: an IPv4 address in the lower half of any network's.
ISATAP = {0x0000_5EFE, 0x0200_5EFE}

# A host whose last part is a number is an IPv4 address to every browser and resolver.
ENDS_IN_A_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)

# A name seldom has more; each is tried in turn.
MOST_ADDRESSES = 4


def lookup(host: str) -> list[str]:
    """The IP addresses of `host`, as the machine's resolver knows them."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def authorities() -> ssl.SSLContext:
    """The certificate authorities that browsers trust; none of the environment's."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class Network:
    """What the client takes on trust: who says where a name leads, and who vouches for it."""

    resolve: Resolver = lookup
    trust: Callable[[], ssl.SSLContext] = authorities


@dataclass(frozen=True, slots=True)
class Destination:
    """A page's address, and the only places that a connection for it may be made to."""

    address: str
    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]


@dataclass(slots=True)
class Atlas:
    """Where the hosts of one fetch lead, each looked up once, however often it is visited."""

    network: Network
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def destination(self, raw: str, *, seconds: float) -> Destination:
        """Where `raw` leads, within `seconds`; raises `FetchRefused` if that is no place to go."""
        try:
            address = canonical(raw, keep_tracking=True)
            # As httpx will ask for it: without "/../", for one.
            address = canonical(str(httpx.URL(address)), keep_tracking=True)
        except (BadAddress, httpx.InvalidURL) as error:
            raise FetchRefused("address", raw[:200]) from error
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        literal = literal_of(host, raw, address)
        if not has_usual_port(parts.scheme, port):
            raise FetchRefused("port", address)
        if literal is None and "." not in host:
            raise FetchRefused("private", address)
        addresses = (
            self.lookup(host, address, seconds) if literal is None else (str(literal),)
        )
        if not all(may_reach(found, port) for found in addresses):
            raise FetchRefused("private", address)
        return Destination(address, parts.scheme, host, port, addresses)

    def lookup(self, host: str, address: str, seconds: float) -> tuple[str, ...]:
        if host not in self.seen:
            self.seen[host] = resolved(self.network.resolve, host, address, seconds)
        return self.seen[host]


def literal_of(host: str, raw: str, address: str) -> IP | None:
    """The IP address that stands in place of a name; odd spellings of one are refused."""
    if "%" in host or (":" not in host and not ENDS_IN_A_NUMBER.fullmatch(host)):
        if "%" in host:
            raise FetchRefused("address", address)
        return None
    try:
        literal = ip_address(host)
    except ValueError as error:
        raise FetchRefused("address", address) from error
    # Full-width digits and a final dot are gone by now; whoever wrote them meant to hide.
    written = raw.strip().lower().partition("://")[2]
    site = re.split(r"[/?#]", written, maxsplit=1)[0]
    plain = host if isinstance(literal, IPv4Address) else f"[{host}]"
    if site != plain and not re.fullmatch(re.escape(plain) + r":\d*", site):
        raise FetchRefused("address", address)
    return literal


def has_usual_port(scheme: str, port: int) -> bool:
    """Whether pages are at `port`: other ports are those of services nobody reads.

    A port that the settings name is usual too, though only at the addresses named there.
    """
    named = {int(place.rpartition(":")[2]) for place in allowed_places()}
    return port == DEFAULT_PORTS[scheme] or port in named


def may_reach(address: str, port: int) -> bool:
    """Whether a connection may be made to `address`; nothing that is no IP address may."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if f"{found}:{port}" in allowed_places():
        return True
    usual = port in DEFAULT_PORTS.values()
    return usual and is_public(found)


def allowed_places() -> set[str]:
    """What the settings allow beside the public internet: "127.0.0.1:8000"."""
    return set(settings.OUTGOING_ALLOWED_ADDRESSES)


def is_public(address: IP) -> bool:
    """Whether `address` is a host's on the public internet, and hides no other one."""
    if isinstance(address, IPv4Address):
        is_special = any(address in network for network in NOT_PUBLIC_4)
        return address.is_global and not address.is_multicast and not is_special
    if address.scope_id is not None:
        return False
    if address in NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return (
        address.is_global
        and address in PUBLIC_6
        and not any(address in network for network in NOT_PUBLIC_6)
        and (int(address) >> 32) & 0xFFFF_FFFF not in ISATAP
    )


def resolved(
    resolve: Resolver, host: str, address: str, seconds: float
) -> tuple[str, ...]:
    """The IP addresses of `host`, or `FetchRefused` after `seconds` or without any.

    A resolver cannot be interrupted, so it is left alone in a thread that ends with it.
    """
    answers: SimpleQueue[Sequence[str] | OSError | UnicodeError] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, name="outgoing-resolver", daemon=True).start()
    try:
        found = answers.get(timeout=max(seconds, 0))
    except Empty as error:
        raise FetchRefused("timeout", address) from error
    if isinstance(found, Exception):
        is_passing = getattr(found, "errno", None) == socket.EAI_AGAIN
        reason: Reason = "unreachable" if is_passing else "unknown"
        raise FetchRefused(reason, address) from found
    if not found:
        raise FetchRefused("unknown", address)
    return tuple(found)
