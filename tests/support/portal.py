"""A debtor at the portal: links to their invoices, and the forms that they send."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from httpx2 import Response

from api.links.link import InvoiceLink
from api.links.tokens import token
from ledger.facts.books import book_id
from support.http_clients import INVOICE, HttpClients, Person

JAN = "jan@bakery.example"
ACCOUNT = {"iban": "NL91ABNA0417164300", "name": "Korenaar BV"}
LINES = [
    {"number": "1", "description": "Butter 10 kg", "quantity": "6", "amount": "600.00"},
    {"number": "2", "description": "Flour 25 kg", "quantity": "10", "amount": "610.00"},
]


def set_up_portal(http: HttpClients, anna: Person, **invoice: Any) -> None:
    """Apply the playbook, and register a creditor with an account, and a debtor with an invoice."""
    http.applies_the_playbook()
    http.client.headers["Accept-Language"] = "en-GB"
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakery Jansen", "email": JAN})
    anna.record("/invoices", INVOICE | invoice)


def link_to(
    http: HttpClients,
    number: str = "F-1",
    person: str = JAN,
    debtor: str = "D-7",
    tenant: str = "default",
    at: datetime | None = None,
) -> str:
    """Return the path of a debtor's link to an invoice."""
    link = InvoiceLink(tenant, book_id(tenant, "invoice", number), debtor, person)
    return f"/i/{token(http.pool, link, at or http.clock())}"


@dataclass
class DebtorAtForm:
    """A debtor without script: opens a page, fills in its form, and sends it."""

    http: HttpClients
    path: str
    cookies: str = ""

    def get(self, more: str = "") -> Response:
        return self.http.client.get(
            self.path + more, headers=self._headers(), follow_redirects=False
        )

    def page(self, more: str = "") -> str:
        answer = self.get(more)
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text[:500]}"
        return answer.text

    def send(self, more: str, files: Any = None, **fields: Any) -> Response:
        """Send the form of a page with what it has hidden, as a browser does."""
        form = hidden_fields(self.page(more)) | fields
        return self.post(more, form, files)

    def post(self, more: str, form: dict[str, Any], files: Any = None) -> Response:
        files = files or [("files", ("", b"", "application/octet-stream"))]
        return self.http.client.post(
            self.path + more,
            data=form,
            files=files,
            headers=self._headers(),
            follow_redirects=False,
        )

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookies} if self.cookies else {}


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)" />', page)
    return {name: unescape(value) for name, value in found}
