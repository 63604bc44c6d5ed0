"""A history as another system exports it, a workbook, and a proof that it was imported once."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ledger.facts.books import INVOICE, kind_of_event
from ledger.store.ledger import Ledger
from support.desk import hidden

HISTORY = "/v1/import?format=history&terms=30"
EACH = 5  # lines about one invoice


def history_line(number: str, seq: int = 1, type_: str = "invoice-issued", **more: Any) -> bytes:
    line = {"source": "erp", "invoice": number, "seq": seq, "type": type_, "at": "2026-01-05"}
    return json.dumps(line | {"amount": "50.00", "customer": "D-7"} | more).encode() + b"\n"


def history_lines(invoices: int) -> Iterator[bytes]:
    types = ["invoice-issued", "invoice-sent", "dispute-opened", "payment-received", "other"]
    for nth in range(invoices):
        yield b"".join(history_line(f"A-{nth}", seq, type_) for seq, type_ in enumerate(types, 1))


def assert_imported_once(ledger: Ledger, invoices: int) -> None:
    """Raise ``AssertionError`` unless every line of ``history_lines`` is in the ledger once."""
    entries = [e for e in ledger.since(0, 10**6) if kind_of_event(e.event) is INVOICE]
    written = Counter((e.causation, e.event.topic) for e in entries)
    expected = {f"erp:A-{nth}:{seq}" for nth in range(invoices) for seq in range(1, EACH + 1)}
    assert {cause for cause, _ in written} == expected
    assert set(written.values()) == {1}


def workbook_of(rows: str, shared: str = "", styles: str = "", before: str = "") -> bytes:
    """Return a workbook with the XML of its rows, shared texts and styles of cells."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "xl/workbook.xml": f"{before}<workbook {main}/>",
        "xl/sharedStrings.xml": f"<sst {main}>{shared}</sst>",
        "xl/styles.xml": f"<styleSheet {main}><cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def chosen(page: str) -> dict[str, str]:
    """Return what is chosen in the form of the columns."""
    found = hidden(page)
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)".*?>(.*?)</select>', page):
        [value] = re.findall(r'value="([^"]*)" selected', options) or [""]
        found[name] = value
    for name, value in re.findall(r'type="radio" name="([^"]+)" value="([^"]*)" checked', page):
        found[name] = value
    return found
