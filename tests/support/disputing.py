"""A playbook that says who solves which dispute, and disputes that run by it over HTTP."""

from base64 import b64encode
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from httpx2 import Response
from msgspec import to_builtins

from api.links.link import CaseLink
from api.links.secrets import rotate, signing_keys
from api.links.signed_tokens import serializer
from api.links.tokens import token
from commands.context import Context
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Purpose
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.yaml_file import parse
from ledger.store.ledger import Ledger
from support.http_clients import INVOICE, HttpClients, Person

SAM, EVA, LEO = "sam@seller.example", "eva@seller.example", "leo@seller.example"
RULES = f"""
ladders: {{business: {{steps: [{{step: first reminder, after_due: 3}}]}}}}
disputes:
  asks: Is the debtor right?
  resolvers: [{{resolver: {SAM}}}]
  copy_to: [{LEO}, The sales desk]
reasons:
  price:
    name: Wrong price
    department: sales
    asks: Which price was agreed?
    answer_within: 5
    resolvers:
      - {{resolver: {LEO}, from_amount: "2000"}}
      - {{resolver: {EVA}, business_unit: south}}
      - {{resolver: {SAM}}}
    copy_to: [{LEO}, The sales desk]
  invoice_not_received: {{acknowledge: false, resolvers: [{{resolver: The invoice desk}}]}}
  other: {{asks: What is it about?, resolvers: [], copy_to: []}}
"""
DEBTOR = {"debtor": "D-7", "name": "Bakkerij Jansen", "email": "jan@bakker.example"}


def rules(more: str = "") -> Rules:
    return parse((RULES + more).encode(), "the playbook of the tests")


def set_up_disputes(http: HttpClients, anna: Person, more: str = "", **debtor: Any) -> None:
    """Apply that playbook, and register the debtor."""
    ledger = Ledger(http.pool)
    try:
        wish = ApplyPlaybook(rules=rules(more))
        execute(ledger, [wish], Context("anna", http.clock()))
    finally:
        ledger.close()
    anna.record("/debtors", DEBTOR | debtor)


def run_dispute(anna: Person, *numbers: str, unit: str = "", **more: Any) -> Any:
    """Open a dispute over new invoices that runs by the playbook, and return the answer."""
    for number in numbers:
        anna.record("/invoices", INVOICE | {"invoice": number, "business_unit": unit})
    facts = {"reason": "price", "comment": "Ten per cent too much.", "run": True} | more
    return anna.record("/disputes", {"invoices": [{"invoice": n} for n in numbers], **facts})


def case_of(made: Any) -> str:
    """Return the id of the one case that was opened."""
    [case] = {
        entry["data"]["case_id"]
        for entry in made["entries"]
        if entry["topic"] == "dispute-opened.v1"
    }
    return str(case)


def requested_messages(http: HttpClients) -> list[MessageAsked]:
    """Return every message that was ever asked for, but the copies."""
    return [one for one in _messages(http) if one.purpose is not Purpose.COPY]


def requested_copies(http: HttpClients) -> list[MessageAsked]:
    return [one for one in _messages(http) if one.purpose is Purpose.COPY]


def _messages(http: HttpClients) -> list[MessageAsked]:
    return [one.event for one in http.entries() if isinstance(one.event, MessageAsked)]


def message_names(http: HttpClients) -> list[str]:
    return [one.message for one in requested_messages(http)]


def link_of_before(http: HttpClients, case: str, digest: Any = sha256) -> str:
    """The path of a link as it was sent before: it holds what it is for, and is signed."""
    link, at = CaseLink("default", UUID(case), SAM), http.clock()
    with http.pool.connection() as conn:
        keys = signing_keys(conn, "default") or [rotate(conn, "default", at)]
    signer = serializer(keys, CaseLink, at)
    signer.signer_kwargs["digest_method"] = digest
    return f"/a/{b64encode(b'default').decode().rstrip('=')}~{signer.dumps(to_builtins(link))!s}"


def case_link(http: HttpClients, case: str, resolver: str = SAM, tenant: str = "default") -> str:
    """Return the path of the resolver's page."""
    return f"/a/{token(http.pool, CaseLink(tenant, UUID(case), resolver), http.clock())}"


def send_answer(http: HttpClients, path: str, answer: str, **fields: Any) -> Response:
    """Send the form as a browser does: with a file, or with a file field that is empty."""
    file = fields.pop("file", ("", b"", "application/octet-stream"))
    facts = {"form": str(uuid4()), "answer": answer} | fields
    return http.client.post(path, data=facts, files={"file": file})
