"""Files to hand off, and a reader of what the agency gets."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from api.handoff.folder import HandOffResult, hand_off
from api.session import TenantSession
from commands.command import Command
from commands.context import Context, Reactions
from commands.execute import Receipt, execute
from commands.handoffs import HandOff
from commands.invoices.contacts import AttachDocument, LogContact
from commands.invoices.registration import RegisterInvoice
from ledger.database import documents
from ledger.facts.books import INVOICE
from ledger.facts.codes import Channel, Direction
from ledger.facts.entry import Entry
from support.examples import money
from support.given import day

NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # the 3rd in Amsterdam
WAITING = "select count(*) from pg_locks where not granted"
LETTER = b"%PDF-1.7 \x00\xff" * 500


@dataclass(frozen=True)
class HandOffCase:
    """A creditor who makes files and hands them off."""

    session: TenantSession

    def execute(self, *wishes: Command, by: str = "anna") -> Receipt:
        return execute(self.session.ledger, wishes, Context(by, NOW, reactions=Reactions.NONE))

    def register(self, number: str = "A-1", **more: Any) -> None:
        due = day("2026-02-28")
        self.execute(RegisterInvoice(invoice=number, amount=money(100), due_on=due, **more))

    def attach(self, number: str, name: str, content: bytes = LETTER) -> str:
        with self.session.pool.connection() as conn:
            address = documents.save(conn, self.session.tenant, content, "application/pdf")
        self.execute(AttachDocument(invoice=number, sha256=address, name=name, size=len(content)))
        return address

    def log_call(self, number: str, summary: str, *documents: str) -> None:
        facts = {"channel": Channel.PHONE, "direction": Direction.OUT, "documents": documents}
        self.execute(LogContact(invoice=number, summary=summary, **facts))

    def hand_off(self, to: Path, *numbers: str) -> HandOffResult:
        commands = [HandOff(invoice=each, agency="Incasso BV") for each in dict.fromkeys(numbers)]
        return hand_off(self.session, commands, to, Context("anna", NOW))

    def book(self, number: str) -> list[Entry]:
        return self.session.ledger.history(self.session.ledger.id_of(INVOICE, number))

    def hashes(self, number: str) -> list[str]:
        """Return the ledger's own hashes, in the order of the lines."""
        with self.session.pool.connection() as conn:
            rows = conn.execute(
                "select content_hash from entry where tenant_id = %s and book_id = %s"
                " order by line",
                [self.session.tenant, self.session.ledger.id_of(INVOICE, number)],
            )
            return [hashed.hex() for (hashed,) in rows]


@dataclass(frozen=True)
class Folder:
    """The folder that the agency gets."""

    path: Path

    @property
    def manifest(self) -> Any:
        return json.loads((self.path / "manifest.json").read_bytes())

    @property
    def manifest_sha256(self) -> str:
        return sha256((self.path / "manifest.json").read_bytes()).hexdigest()

    def of(self, number: str) -> Path:
        [part] = [part for part in self.manifest["invoices"] if part["invoice"] == number]
        return self.path / str(part["folder"])

    def events(self, number: str) -> list[dict[str, Any]]:
        text = (self.of(number) / "events.jsonl").read_text("utf-8")
        assert text.endswith("\n")
        return [json.loads(line) for line in text.splitlines()]

    def sums(self) -> dict[str, tuple[int, str]]:
        """Compute size and SHA-256 of every file but the manifest, by path."""
        return {
            path.relative_to(self.path).as_posix(): (
                path.stat().st_size,
                sha256(path.read_bytes()).hexdigest(),
            )
            for path in self.path.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }
