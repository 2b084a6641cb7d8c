"""What a site's robots.txt lets a program read (RFC 9309)."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

# Of the file; the standard asks for at least 500 KiB.
MOST_BYTES = 500 * 1024
# Rules that are looked at, and asterisks in one of them; what has more means no good.
MOST_RULES = 5_000
MOST_ASTERISKS = 20
# What is escaped in a path, and what need not be; and what `quote` leaves as it is.
ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
NEED_NOT = re.compile(r"[A-Za-z0-9._~-]")
ALLOWED = "/?:@!$&'()*+,;=-._~%"


@dataclass(slots=True)
class Group:
    """The rules for the programs that `agents` names."""

    agents: set[str] = field(default_factory=set)
    rules: list[tuple[str, bool]] = field(default_factory=list)


def allows(robots: str, agent: str, address: str) -> bool:
    """Whether the program `agent` may read `address`, by the words of its site's robots.txt.

    The longest rule that fits decides, between equals the one that allows; without a
    rule everything is allowed. Groups that name `agent` go before those for all.
    """
    groups = groups_of(robots)
    name = agent.lower()
    ours = [group for group in groups if name in group.agents]
    rules = [
        rule
        for group in ours or [group for group in groups if "*" in group.agents]
        for rule in group.rules
    ][:MOST_RULES]
    parts = urlsplit(address)
    path = spelled(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fitting = [
        (len(pattern), is_allowed)
        for pattern, is_allowed in rules
        if fits(pattern, path)
    ]
    return max(fitting, default=(0, True))[1]


def groups_of(robots: str) -> list[Group]:
    """The groups of a robots.txt; lines that mean nothing are passed over."""
    groups: list[Group] = []
    naming = False  # whether the lines before name programs
    for line in robots.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not naming:
                groups.append(Group())
            # "Factcheck/1.0" means "Factcheck".
            groups[-1].agents.add(value.partition("/")[0].strip().lower())
            naming = True
        elif key in {"allow", "disallow"}:
            naming = False
            if groups and value and value.count("*") <= MOST_ASTERISKS:
                groups[-1].rules.append((spelled(value), key == "allow"))
    return groups


def spelled(path: str) -> str:
    """`path` with every character escaped that has to be, and no other."""
    return ESCAPED.sub(plain, quote(path, safe=ALLOWED))


def plain(escaped: re.Match[str]) -> str:
    character = chr(int(escaped.group(1), 16))
    return character if NEED_NOT.fullmatch(character) else escaped.group().upper()


def fits(pattern: str, path: str) -> bool:
    """Whether `path` begins as `pattern` says, in which "*" is anything and "$" the end.

    Each part between asterisks is taken where it comes first, so nothing is tried twice.
    """
    is_whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not is_whole or path == first
    position = len(first)
    for part in others[:-1]:
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    last = others[-1]
    if is_whole:
        return path.endswith(last) and len(path) - len(last) >= position
    return path.find(last, position) >= 0
