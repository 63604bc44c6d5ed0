"""The page on which a resolver or an approver answers."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from starlette.responses import HTMLResponse

from api.i18n.translate import Translation
from api.i18n.wording import Wording
from api.pages.kit.html import render_page
from api.pages.resolver.case import Case
from ledger.facts.codes import Outcome, RootCause
from projections.contact_log.sentences import sentence


def case_page(
    _: Translation,
    case: Case,
    action: str,
    given: Mapping[str, str],
    *wrong: str,
    status: int = 200,
) -> HTMLResponse:
    """Return the page of a case, filled in with ``given``, and the faults in it."""
    facts = case_facts(_, case, action, given, *wrong)
    return render_page("resolver/case.html", status, _, case.brand, **facts)


def case_facts(
    _: Translation, case: Case, action: str, given: Mapping[str, str], *wrong: str
) -> dict[str, Any]:
    """Return what ``body.html`` shows."""
    numbers = ", ".join(part.invoice.number for part in case.parts)
    return {
        "title": _("Dispute over invoice {invoices}", invoices=numbers),
        "wrong": wrong,
        "case": case,
        "action": action,
        "given": given,
        "form_id": uuid4(),
        "csrf": "",
        "disputed": _disputed(_, case),
        "sentence": partial(sentence, words=Wording(_)),
        "outcomes": list(Outcome),
        "root_causes": list(RootCause),
    }


def _disputed(_: Translation, case: Case) -> str:
    """Return the disputed amounts, summed by currency."""
    sums: dict[str, Decimal] = {}
    for part in case.to_solve:
        code = part.invoice.currency
        sums[code] = sums.get(code, Decimal(0)) + part.dispute.disputed
    return " + ".join(_.money(amount, code) for code, amount in sums.items())
