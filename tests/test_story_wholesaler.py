"""Two months of a wholesaler, lived by the clock over real SMTP, IMAP, HTTP and printed letters.

``docs/story.md`` tells them, with every message that went out; ``WRITE_PINS=1`` writes its table.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from support import wholesaler_debtors, wholesaler_disputes
from support.end_to_end import open_end_to_end
from support.imap import ImapServer
from support.smtp import SmtpServer
from support.wholesaler import Wholesaler

FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)
PAGE = Path(__file__).parents[1] / "docs" / "story.md"
TABLE = re.compile(r"(?<=\|---\|\n)(?:\|.*\n)+")


@pytest.fixture
def wholesaler(
    database: str,
    smtp: SmtpServer,
    imap: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Wholesaler]:
    monkeypatch.setenv("DOSSIER_ADDRESS", "Korenaar B.V.\nKade 1\n3511 AA Utrecht")
    monkeypatch.setenv("DOSSIER_LETTERS", str(tmp_path))
    with open_end_to_end(database, smtp, imap, monkeypatch.setenv) as case:
        yield Wholesaler(case, tmp_path, FIRST)


def test_two_months_and_every_message_that_went_out(wholesaler: Wholesaler) -> None:
    wholesaler.live(LAST, wholesaler_debtors.DAYS, wholesaler_disputes.DAYS)
    sent = "".join(f"{one}\n" for one in sorted(wholesaler.sent))
    told = PAGE.read_text()
    if os.environ.get("WRITE_PINS"):
        PAGE.write_text(TABLE.sub(lambda _: sent, told))
    else:
        assert TABLE.findall(told) == [sent]

    notice, final = (
        one.day for one in sorted(wholesaler.sent) if one.about == "F-1022" and _legal(one.kind)
    )
    assert (final - notice).days >= 21
    assert wholesaler.refused_lists == [date(2026, 10, 19)]
    wholesaler.case.cli("verify").ok()
    wholesaler.case.cli("rebuild", "--check").ok()


def _legal(kind: str) -> bool:
    return kind in ("14-day letter", "final notice")
