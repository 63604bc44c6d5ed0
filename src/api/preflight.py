"""A check of all environment variables before a process that runs unattended starts.

A value that cannot be meant stops the start, with the setting, the value and the rule.
"""

import os
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from api.environment import LIMITS, limit
from api.http.auth import providers
from api.inbox.trust import NAME
from api.links.urls import AT
from api.mailbox.imap import parse_mailbox
from api.postman.email.smtp import server_of
from api.postman.settings import settings, wanted
from api.whatsapp.settings import NUMBERS, SECRET, TOKEN, VERIFY
from api.whatsapp.settings import settings as whatsapp
from ledger.policy.validation import is_sendable

PASSWORD = re.compile(r"(?<=:)[^:@/\s]+(?=@)|(?<=password=)\S+")
SECRETS = {"DOSSIER_REPLY_SECRET", SECRET, TOKEN, VERIFY}
LEAST_SECRET = 6  # characters
FITTING = 0.85  # a name as near as this to a setting's is misspelt
Rule = tuple[Callable[[str], object], str]


def _fits(text: str, read: Callable[[str], object]) -> bool:
    try:
        read(text)
    except (ValueError, psycopg.ProgrammingError):
        return False
    return True


def _is_database(text: str) -> bool:
    if not _fits(text, conninfo_to_dict):
        return False
    return bool(conninfo_to_dict(text).keys() & {"host", "dbname"})


def _is_folder(text: str) -> bool:
    """Return whether it is a folder, or can become one."""
    path = Path(text).expanduser()
    there = next((place for place in (path, *path.parents) if place.exists()), None)
    return text == text.strip() and "\0" not in text and bool(there and there.is_dir())


def _is_file(text: str) -> bool:
    path = Path(text).expanduser()
    return text == "-" or (not path.is_dir() and _is_folder(str(path.parent)))


def _each(text: str, fits: Callable[[str], object], by: str | None = None) -> bool:
    parts = text.split(by)
    return bool(parts) and all(fits(part.strip()) for part in parts)


def _is_name(text: str) -> bool:
    return bool(text) and text == text.strip() and text.isprintable()


def _is_secret(text: str) -> bool:
    return _is_name(text) and len(text) >= LEAST_SECRET


def _is_number(text: str) -> bool:
    number, _, tenant = text.partition("=")
    return number.isascii() and number.isdigit() and _is_name(tenant)


RULES: Mapping[str, Rule] = {
    "DOSSIER_ADDRESS": (str.strip, "an address of one or more lines"),
    "DOSSIER_ADMINS": (lambda text: _each(text, _is_name, ","), "names, separated by commas"),
    "DOSSIER_DATABASE_URL": (
        _is_database,
        "a PostgreSQL address, such as postgresql://user@host/database",
    ),
    "DOSSIER_HOME": (_is_folder, "a folder, or a place for one"),
    "DOSSIER_LETTERS": (_is_folder, "a folder, or a place for one"),
    "DOSSIER_LETTER_FOOT": (str.strip, "a text of one or more lines"),
    "DOSSIER_MAILBOXES": (
        lambda text: _each(text, lambda url: _fits(url, parse_mailbox)),
        "a mailbox such as imaps://user:password@host/INBOX, or several separated by blanks",
    ),
    "DOSSIER_MAIL_AUTHSERV": (
        lambda text: _each(text, NAME.fullmatch),
        "the name of a server, such as mx.acme.example",
    ),
    "DOSSIER_MAIL_FROM": (
        lambda text: is_sendable(parseaddr(text)[1]),
        'a sender, such as "Acme BV <credit@acme.example>"',
    ),
    "DOSSIER_OIDC": (
        lambda text: _fits(text, lambda given: providers.read(Path(given).expanduser())),
        "a file with the providers of sign-ins, such as docs/sign-in.md shows",
    ),
    "DOSSIER_OWNER_URL": (
        _is_database,
        "a PostgreSQL address, such as postgresql://owner@host/database",
    ),
    "DOSSIER_PORTAL": (lambda text: _each(text, _is_name), "tenants, separated by blanks"),
    "DOSSIER_PUBLIC_FORM": (lambda text: _each(text, _is_name), "tenants, separated by blanks"),
    "DOSSIER_PUBLIC_URL": (
        lambda text: AT.match(text.rstrip("/")) and not re.search("[?#]", text),
        "an address such as https://acme.example",
    ),
    "DOSSIER_REPLY_SECRET": (_is_secret, f"a secret of {LEAST_SECRET} characters or more"),
    "DOSSIER_REPLY_TO": (is_sendable, "a mail address, such as invoices@acme.example"),
    "DOSSIER_SECURITY_LOG": (_is_file, "a file, or - for standard error"),
    "DOSSIER_SMTP_URL": (
        lambda text: _fits(text, server_of),
        "an address of a mail server, such as smtps://user:password@mail.example:465,"
        " smtp+starttls://… or smtp://…",
    ),
    "DOSSIER_TEMPLATES": (lambda text: Path(text).expanduser().is_dir(), "a folder"),
    "DOSSIER_TENANT": (_is_name, "the name of a tenant"),
    "DOSSIER_WHATSAPP_API": (
        re.compile(r"https?://[^\s/]+(/\S*)?").fullmatch,
        "an address such as https://graph.facebook.com/v23.0",
    ),
    "DOSSIER_WHATSAPP_NUMBERS": (
        lambda text: _each(text, _is_number),
        "numbers as PHONE_NUMBER_ID=TENANT, separated by blanks",
    ),
    "DOSSIER_WHATSAPP_SECRET": (_is_secret, f"a secret of {LEAST_SECRET} characters or more"),
    "DOSSIER_WHATSAPP_TOKEN": (_is_secret, f"a token of {LEAST_SECRET} characters or more"),
    "DOSSIER_WHATSAPP_VERIFY_TOKEN": (_is_name, "a token without blanks at its ends"),
}


def check() -> None:
    """Raise ``ValueError`` that names the invalid variable."""
    for name in LIMITS:
        limit(name)
    given = {name: value for name, value in os.environ.items() if name.startswith("DOSSIER_")}
    for name, value in given.items():
        if name in RULES and value:
            _check_value(name, value, *RULES[name])
        elif name not in LIMITS and name not in RULES:
            _check_name(name)
    _check_together(given)


def _check_value(name: str, value: str, fits: Callable[[str], object], rule: str) -> None:
    if not fits(value):
        shown = "its value" if name in SECRETS else repr(PASSWORD.sub("…", value)[:100])
        raise ValueError(f"{name}: {shown} is not {rule}")


def _check_name(name: str) -> None:
    if near := get_close_matches(name, [*RULES, *LIMITS], 1, FITTING):
        raise ValueError(f"{name} is no setting: write {near[0]}, or unset it")


def _check_together(given: Mapping[str, str]) -> None:
    """Raise ``ValueError`` for a setting that needs another one."""
    whatsapp()
    if wanted():
        settings()
    if given.get(providers.SETTING) and not given.get("DOSSIER_PUBLIC_URL"):
        raise ValueError(
            f"{providers.SETTING} is set, and a provider leads back to DOSSIER_PUBLIC_URL alone"
        )
    more = next((name for name in (NUMBERS, TOKEN, VERIFY) if given.get(name)), None)
    if more and not given.get(SECRET):
        raise ValueError(f"{more} is set, and nothing is received without {SECRET}")
