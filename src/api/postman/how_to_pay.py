"""How to pay, as debtors read it: the same facts in messages, letters, statements and pages."""

from io import BytesIO
from typing import NamedTuple

import segno

from api.i18n.translate import Translation
from ledger.policy.payments.payable import Payable

SCAN = "Scan with your banking app"
QUIET = 4  # modules around a QR code, as its standard asks


class HowToPay(NamedTuple):
    """What a debtor is shown: rows of name and value, a warning, and the content of a QR code."""

    rows: list[tuple[str, str]]
    warning: str  # empty without a reason
    code: str  # likewise
    scan: str  # what the code is for
    text: str  # all of it but the code, as a block of a message


def how_to_pay(due: Payable, words: Translation, amount: str = "") -> HowToPay:
    """Return how to pay in a language; the amount is written as the channel writes amounts."""
    named = [
        ("IBAN", in_fours(due.account.iban)),
        ("BIC", due.account.bic),
        (words("Name"), due.holder),
        (words("Amount"), amount),
        (words("Reference"), due.named),
    ]
    rows, warning = [row for row in named if row[1]], account_warning(due, words)
    lines = [words("- {name}: {value}", name=name, value=value) for name, value in rows]
    text = "\n".join(filter(None, [words("How to pay:"), *lines, warning]))
    return HowToPay(rows, warning, due.code, words(SCAN), text)


def account_warning(due: Payable, words: Translation) -> str:
    """Return that the account changed, and what to do when in doubt; empty when it did not."""
    if due.change is None:
        return ""
    return words(
        "Our account changed on {day}; the one before ended in {ending}. If you are not sure that "
        "this is from us, call the number that you know of us before you pay, not one that stands "
        "here.",
        day=words.day(due.change.on),
        ending=due.change.before[-4:],
    )


def in_fours(iban: str) -> str:
    """Return the IBAN as it is written on paper (ISO 13616): in groups of four."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def code_svg(content: str, border: int) -> str:
    """Return a QR code as an SVG without a size or a ground, which can stand in a page."""
    plain = {"svgclass": None, "lineclass": None, "border": border}
    return _code(content).svg_inline(omitsize=True, **plain)


def code_png(content: str) -> bytes:
    """Return a QR code as a PNG, for mails."""
    drawn = BytesIO()
    _code(content).save(drawn, kind="png", border=QUIET, scale=6)
    return drawn.getvalue()


def _code(content: str) -> segno.QRCode:
    """Return the code in UTF-8, at the level of errors (M) that the standard asks for."""
    return segno.make_qr(content.encode(), error="m", boost_error=False)
