"""The creditor's name and logo on pages."""

from base64 import b64encode
from typing import NamedTuple

from api.firm import creditor_of, logo_of
from api.session import TenantSession
from ledger.policy.logo import PNG, SVG


class Brand(NamedTuple):
    """The name, and the logo as a ``data:`` address; empty when there is none."""

    name: str = ""
    logo: str = ""


def brand_of(session: TenantSession) -> Brand:
    creditor = creditor_of(session)
    content = logo_of(session, creditor, PNG, SVG)
    data = b64encode(content).decode()
    return Brand(creditor.name, f"data:{creditor.logo.media_type};base64,{data}" if data else "")
