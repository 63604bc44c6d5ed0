"""A list as CSV (RFC 4180), with cells that a spreadsheet does not run."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # OWASP


def csv_text(
    names: Sequence[str], rows: Iterable[Mapping[str, Any]], amounts: Collection[str] = ()
) -> str:
    """Return a header line and the rows, whose values are those of JSON.

    The columns of ``amounts`` are numbers, which may begin with a sign.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        cells = ((name, _cell(row.get(name))) for name in names)
        writer.writerow([cell if name in amounts else _safe(cell) for name, cell in cells])
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Join a list of values with spaces; what has fields of its own is JSON."""
    if isinstance(value, bool):
        return str(value)
    parts = value if isinstance(value, list) else [value]
    if any(isinstance(part, list | dict) for part in parts):
        return json.dumps(value, ensure_ascii=False)
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _safe(cell: Any) -> Any:
    """Prefix text that a spreadsheet would run as a formula with a quote."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
