"""Header fields as values, in time linear in their length. Malformed fields never raise."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message as Mail
from email.utils import parsedate_to_datetime

from api.mail import charsets
from commands.inbox.message import Address

ID = re.compile(r"<([^<>\s]+)>")
IDS = 200  # references that are kept, the last ones
DATE = 100  # characters of a date
FROM_FIELD = 1_000  # characters of a From that can be sure
MAIL = r"[^\s<>(),:;@\"]+@[^\s<>(),:;@\"]+"
SINGLE = re.compile(rf'\s*(?:(?:"(?:[^"\\]|\\.)*"|[^"<>,;:])*<\s*({MAIL})\s*>|({MAIL}))\s*')


def values(mail: Mail, name: str) -> list[str]:
    """Return every field of that name, undecoded."""
    wanted = name.lower()
    return [str(value) for key, value in mail.raw_items() if key.lower() == wanted]


def first(mail: Mail, name: str) -> str:
    """Return the first field of that name, decoded; empty if there is none."""
    found = values(mail, name)
    return charsets.header(found[0]) if found else ""


def addresses(mail: Mail, *names: str) -> tuple[Address, ...]:
    """Return each address once, in order; a name without an address is left out."""
    found = dict[str, Address]()
    for value in (value for name in names for value in values(mail, name)):
        for chunk in _chunks(value):
            address = _address(chunk)
            if address:
                found.setdefault(address.mail, address)
    return tuple(found.values())


def has_single_sender(mail: Mail) -> bool:
    """Return whether there is one From field with one address, so that all readers see the same."""
    found = values(mail, "From")
    if len(found) != 1 or len(found[0]) > FROM_FIELD:
        return False
    written = SINGLE.fullmatch(re.sub(r"[\r\n]+", "", found[0]))
    seen = [address.mail for address in addresses(mail, "From")]
    return written is not None and seen == [(written[1] or written[2]).lower()]


def ids(mail: Mail, name: str) -> tuple[str, ...]:
    """Return message ids without brackets; words with an @ if no id is in brackets."""
    value = " ".join(values(mail, name))
    found = ID.findall(value) or [word for word in value.split() if "@" in word]
    return tuple(charsets.clean(id_) for id_ in dict.fromkeys(found))[-IDS:]


def sent_at(mail: Mail) -> datetime | None:
    """Return when it was sent, by the sender's clock; a time without zone is UTC."""
    try:
        sent = parsedate_to_datetime(first(mail, "Date")[:DATE])
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _chunks(value: str) -> Iterator[str]:
    """Split at the commas and semicolons that are neither in quotes nor in brackets."""
    start, quoted, skip, bracket = 0, False, False, False
    for index, char in enumerate(value):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char in "<>":
            bracket = char == "<"
        elif char in ",;" and not bracket:
            yield value[start:index]
            start = index + 1
    yield value[start:]


def _address(chunk: str) -> Address | None:
    text = charsets.header(chunk)
    before, opened, after = text.rpartition("<")
    if opened and "@" in (inside := after.partition(">")[0]):
        name = before.strip().strip("\"'").replace('\\"', '"').strip()
        return Address(_plain(inside), name)
    word = next((word for word in text.split() if "@" in word), None)
    return Address(_plain(word)) if word else None


def _plain(mail: str) -> str:
    return re.sub(r"\s", "", mail).strip("<>()[]\"'.,:;").removeprefix("mailto:").lower()
