"""The page on which a resolver or an approver answers."""

from collections.abc import Mapping
from uuid import uuid4

from starlette.responses import HTMLResponse

from api.i18n.translate import Translation
from api.pages.kit.html import render_page
from api.pages.resolver.case import Case
from ledger.facts.codes import Outcome, RootCause


def case_page(
    _: Translation,
    case: Case,
    action: str,
    given: Mapping[str, str],
    *wrong: str,
    status: int = 200,
) -> HTMLResponse:
    """Return the page of a case, filled in with ``given``, and the faults in it."""
    numbers = ", ".join(part.invoice.number for part in case.parts)
    return render_page(
        "resolver/case.html",
        status,
        case.brand,
        title=_("Dispute over invoice {invoices}", invoices=numbers),
        lines=wrong,
        role="alert",
        lang=_.language,
        _=_,
        case=case,
        action=action,
        given=given,
        form_id=uuid4(),
        outcomes=list(Outcome),
        root_causes=list(RootCause),
    )
