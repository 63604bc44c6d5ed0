"""The page on which a debtor writes to us."""

from collections.abc import Mapping
from uuid import uuid4

from starlette.responses import HTMLResponse

from api.pages.kit.html import render_page


def contact_page(
    facts: Mapping[str, object], given: Mapping[str, str], *wrong: str, status: int = 200
) -> HTMLResponse:
    """What a debtor may write to us; ``given`` is what was said already, and is wrong."""
    return render_page(
        "contact/write.html",
        status,
        lines=wrong,
        role="alert",
        given=given,
        form_id=uuid4(),
        **facts,
    )
