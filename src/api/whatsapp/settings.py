"""The webhook's settings, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from api.environment import DEFAULT_TENANT

SECRET = "DOSSIER_WHATSAPP_SECRET"
VERIFY = "DOSSIER_WHATSAPP_VERIFY_TOKEN"
NUMBERS = "DOSSIER_WHATSAPP_NUMBERS"
TOKEN = "DOSSIER_WHATSAPP_TOKEN"
API = "DOSSIER_WHATSAPP_API"
META = "https://graph.facebook.com/v23.0"


@dataclass(frozen=True)
class Settings:
    """The app's secret, which signs messages, its token for media, and the tenants' numbers."""

    secret: bytes
    verify: str
    numbers: Mapping[str, str]  # phone_number_id: tenant; if empty, all belong to the first tenant
    token: str
    api: str

    def tenant_of(self, number: str) -> str | None:
        """Return the tenant of a number; None if it has none."""
        return self.numbers.get(number) if self.numbers else DEFAULT_TENANT


def settings() -> Settings | None:
    """Return the settings; None without a secret: then there is no webhook.

    Raises ``ValueError`` for malformed numbers.
    """
    secret = os.environ.get(SECRET, "")
    if not secret:
        return None
    return Settings(
        secret.encode(),
        os.environ.get(VERIFY, ""),
        dict(_number(pair) for pair in os.environ.get(NUMBERS, "").split()),
        os.environ.get(TOKEN, ""),
        os.environ.get(API, META).rstrip("/"),
    )


def _number(pair: str) -> tuple[str, str]:
    number, _, tenant = pair.partition("=")
    if not number or not tenant:
        raise ValueError(
            f"{NUMBERS}: a number is PHONE_NUMBER_ID=TENANT; separate several by blanks"
        )
    return number, tenant
