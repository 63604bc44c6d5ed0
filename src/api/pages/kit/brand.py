"""The creditor's name, logo and colour on pages."""

from base64 import b64encode
from typing import NamedTuple

from api.firm import creditor_of, logo_of
from api.pages.kit.accent import address_of
from api.session import TenantSession
from ledger.policy.logo import PNG, SVG


class Brand(NamedTuple):
    """The name, the logo as a ``data:`` address, and the address of the colour's style sheet; empty
    when there is none."""

    name: str = ""
    logo: str = ""
    accent: str = ""


def brand_of(session: TenantSession) -> Brand:
    creditor = creditor_of(session)
    content = logo_of(session, creditor, PNG, SVG)
    data = b64encode(content).decode()
    logo = f"data:{creditor.logo.media_type};base64,{data}" if data else ""
    return Brand(creditor.name, logo, address_of(creditor.accent) if creditor.accent else "")
