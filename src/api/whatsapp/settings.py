"""What the webhook is told by the environment."""

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
    """The app's secret signs what comes in, its token fetches media; ``numbers`` are whose."""

    secret: bytes
    verify: str
    numbers: Mapping[str, str]  # phone_number_id: tenant; empty: all are the first tenant's
    token: str
    api: str

    def tenant_of(self, number: str) -> str | None:
        """None of a number that is nobody's."""
        return self.numbers.get(number) if self.numbers else DEFAULT_TENANT


def settings() -> Settings | None:
    """None when no secret is set: then there is no webhook. Raises ``ValueError``."""
    secret = os.environ.get(SECRET, "")
    if not secret:
        return None
    return Settings(
        secret.encode(),
        os.environ.get(VERIFY, ""),
        dict(_number(one) for one in os.environ.get(NUMBERS, "").split()),
        os.environ.get(TOKEN, ""),
        os.environ.get(API, META).rstrip("/"),
    )


def _number(said: str) -> tuple[str, str]:
    number, _, tenant = said.partition("=")
    if not number or not tenant:
        raise ValueError(f"{NUMBERS}: a number is PHONE_NUMBER_ID=TENANT, and blanks part several")
    return number, tenant
