"""Providers of sign-ins by OpenID Connect: the file of settings, and the rights it gives.

A provider states who somebody is and in which groups. The file states which role a group has here;
who is in none of its groups has no role, and is refused.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from api.environment import DEFAULT_TENANT
from api.http.auth.keys import Role
from api.http.auth.people import Identity
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.validation import is_sendable

SETTING = "DOSSIER_OIDC"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}  # where a provider may answer without TLS
Text = Annotated[str, Field(min_length=1, max_length=500)]


class NoRole(Exception):
    """A person whom the provider knows, and the file gives no rights: ``why`` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def is_safe(url: str) -> bool:
    """Return whether what is sent to the address cannot be read on its way."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in LOOPBACK
    )


def _issuer(url: str) -> str:
    if not is_safe(url) or urlsplit(url).query or urlsplit(url).fragment:
        raise ValueError("an address such as https://login.acme.example")
    return url


class Settings(BaseModel, frozen=True, extra="forbid"):
    """A part of the file, in which every field must be known."""


class Group(Settings, frozen=True):
    """The rights of the members of a group."""

    group: Text
    role: Role
    units: tuple[Text, ...] = ()
    agency: Text | None = None


class Provider(Settings, frozen=True):
    """A provider, and which of its claims say what."""

    label: Text
    issuer: Annotated[Text, AfterValidator(_issuer)]
    client: Text
    secret: Text | None = None
    tenant: Text = DEFAULT_TENANT
    scopes: Text = "openid profile email"
    name_claim: Text = "preferred_username"
    groups_claim: Text = "groups"
    units_claim: Text | None = None
    unverified_email: bool = False
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]

    def identity(self, claims: Mapping[str, Any]) -> Identity:
        """Return who somebody is here. Raises ``NoRole``."""
        name = claim(claims, self.name_claim)
        if not isinstance(name, str) or not name.strip():
            raise NoRole("no-name")
        role, units, agency = self._rights(claims)
        return Identity(name.strip(), role, units, agency, self._email(claims), _language(claims))

    def _rights(self, claims: Mapping[str, Any]) -> tuple[Role, list[str], str | None]:
        """Return the role of the first group that fits, with the units of all that give it."""
        member = set(_words(claim(claims, self.groups_claim)))
        fitting = [group for group in self.groups if group.group in member]
        if not fitting:
            raise NoRole("no-group")
        first = fitting[0]
        same = [g for g in fitting if (g.role, g.agency) == (first.role, first.agency)]
        units = (
            []
            if any(not group.units for group in same)
            else _once(unit for group in same for unit in group.units)
        )
        if self.units_claim and not units and first.role is not Role.ADMIN:
            units = _once(_words(claim(claims, self.units_claim)))
            if not units:
                raise NoRole("no-units")
        return first.role, units, first.agency

    def _email(self, claims: Mapping[str, Any]) -> str | None:
        """Return the address if it is theirs: cases find whom they ask by it."""
        given = claims.get("email")
        proved = self.unverified_email or claims.get("email_verified") is True
        return (
            given.casefold() if proved and isinstance(given, str) and is_sendable(given) else None
        )


def settings() -> dict[str, Provider]:
    """Return the providers by name; none without a file. Raises ``ValueError`` that says where."""
    given = os.environ.get(SETTING)
    return read(Path(given).expanduser()) if given else {}


def read(path: Path) -> dict[str, Provider]:
    """Read the file. Raises ``ValueError`` that says what is wrong, and where."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict) or not content:
        raise ValueError(f"{path}: name at least one provider")
    return {_name(path, name): _provider(path, name, part) for name, part in content.items()}


def _name(path: Path, name: object) -> str:
    if not isinstance(name, str) or not name.isascii() or not name.replace("-", "").isalnum():
        raise ValueError(f"{path}: {name!r} is no name of letters, digits and hyphens")
    return name


def _provider(path: Path, name: str, part: object) -> Provider:
    try:
        provider = Provider.model_validate(part)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(place) for place in (name, *first["loc"]))
        raise ValueError(f"{path}: {where}: {first['msg']}") from None
    for group in provider.groups:
        if group.role is Role.AGENCY and not group.agency:
            raise ValueError(f"{path}: {name}: {group.group} must name the agency")
    return provider


def claim(claims: Mapping[str, Any], name: str) -> Any:
    """Return a claim by its name, or by its path with dots; None when it is not there."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _words(given: Any) -> list[str]:
    """Return the texts of a claim, which may be one text."""
    several = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return [text for text in several if isinstance(text, str) and text]


def _once(units: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(units))


def _language(claims: Mapping[str, Any]) -> str:
    given = str(claims.get("locale") or "").lower().replace("_", "-").partition("-")[0]
    return given if given in LANGUAGES else "en"
