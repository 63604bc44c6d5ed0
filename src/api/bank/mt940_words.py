"""Reads the words to the account owner (:86:), in which every bank has a dialect of its own.

Each dialect is a function from the lines to ``Words``, or None if the lines are not of it.
"""

import re
from decimal import Decimal

from msgspec import Struct

from api.bank.words import given, joined

WIDTH = 65  # of a line, by SWIFT
FIRST_WIDTH = WIDTH - len(":86:")  # where a bank counts the tag
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}|P?\d{7,26}")


class Words(Struct, frozen=True):
    """What the words say of a payment; empty where they do not."""

    name: str = ""
    account: str = ""
    bic: str = ""
    ultimate: str = ""
    end_to_end: str = ""
    mandate: str = ""
    reference: str = ""
    creditor_reference: str = ""
    remittance: str = ""
    return_reason: str = ""
    charges: str = ""  # with its currency, as EUR0,50
    original: str = ""
    kind: str = ""  # a code of the business, or its name


def account(text: str) -> str:
    """Return the text as an account number without spaces, "" if it is none."""
    plain = text.replace(" ", "")
    return plain if ACCOUNT.fullmatch(plain) and plain.strip("0") else ""


def bic(text: str) -> str:
    """Return the text if it has the form of a BIC."""
    return text.strip() if BIC.fullmatch(text.strip()) else ""


# Words of SEPA, as German banks write them, with and without numbered fields

SEPA = re.compile(
    r"(?P<code>EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF)\+"
    r"|(?P<eref>END-TO-END-REF\.?:)|(?P<mref>(?:\w+ ?/ ?)?MANDATSREF\.?:)"
    r"|(?P<cred>GL.{1,3}UBIGER-ID:)|(?P<mtlg>MTLG:)"
)
RETURNED = {"108", "109", "159", "181", "184"}  # business codes (GVC) of what came back
REASON = re.compile(
    r"\b(AC0[1-6]|AC13|AG0[12]|AM0[45]|BE05|CNOR|DNOR|FOCR|M[DS]0[1-7]|RR0[1-4]|SL01)\b"
)


def sepa(text: str) -> Words | None:
    """Read ``EREF+… MREF+… SVWZ+…``."""
    marks = list(SEPA.finditer(text))
    if not marks:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = dict[str, str]()
    for mark, end in zip(marks, ends, strict=True):
        code = mark["code"] or str(mark.lastgroup).upper()
        found.setdefault(code, text[mark.end() : end].strip())
    return Words(
        account=account(found.get("IBAN", "")),
        bic=bic(found.get("BIC", "")),
        ultimate=found.get("ABWA", ""),
        end_to_end=given(found.get("EREF", "")),
        mandate=given(found.get("MREF", "")),
        reference=given(found.get("KREF", "")),
        remittance=found.get("SVWZ", "")
        or text[: marks[0].start()].strip()
        or found.get("MTLG", ""),
        charges=found.get("COAM", ""),
        original=found.get("OAMT", ""),
    )


NUMBERED = re.compile(r"\s?(\d{3})?([?>^~<&])(?=\d\d)")
FIELD_WIDTH = 27


def numbered(lines: list[str]) -> Words | None:
    """Read ``166?00…?20…?32…``: German and Polish banks, and Triodos with ``>``."""
    begin = NUMBERED.match(lines[0])
    if not begin:
        return None
    kind, mark = begin[1] or "", begin[2]
    fields = dict[str, str]()
    whole = _unwrapped(lines, mark)[begin.end() - 1 :]
    for field in re.split(re.escape(mark) + r"(?=\d\d)", whole)[1:]:
        fields[field[:2]] = fields.get(field[:2], "") + field[2:]
    purpose = [fields[code] for code in sorted(fields) if code[0] == "2"]
    further = [fields[code] for code in sorted(fields) if "60" <= code <= "63"]
    if mark == ">":
        return _triodos(fields, purpose, kind)
    if "29" in fields:  # all ten are full: these continue them
        purpose, further = [*purpose, *further], []
    text = joined(purpose, FIELD_WIDTH)
    words = sepa(text) or Words(remittance=text)
    held = [fields.get(code, "").strip() for code in ("38", "31")]
    remittance = f"{words.remittance} {joined(further, FIELD_WIDTH)}".strip()
    return Words(
        name=joined([fields.get("32", ""), fields.get("33", "")], FIELD_WIDTH),
        account=next((number for number in held if IBAN.fullmatch(number)), "")
        or words.account
        or held[1],
        bic=bic(fields.get("30", "")) or words.bic,
        ultimate=words.ultimate,
        end_to_end=words.end_to_end,
        mandate=words.mandate,
        reference=words.reference,
        remittance=remittance,
        return_reason=_returned(text, remittance) if kind in RETURNED else "",
        charges=words.charges,
        original=words.original,
        kind=kind,
    )


def _unwrapped(lines: list[str], mark: str) -> str:
    """Return the lines as one: a nearly full line lost spaces at its end, a short one nothing."""
    whole = ""
    full = FIRST_WIDTH
    for line, following in zip(lines, [*lines[1:], mark], strict=True):
        trimmed = WIDTH - 10 <= len(line) < WIDTH and len(line) != full
        whole += f"{line} " if trimmed and not following.startswith(mark) else line
        full = WIDTH
    return whole


def _returned(text: str, remittance: str) -> str:
    code = REASON.search(text)
    return code[1] if code else text.partition("MTLG:")[2].strip() or remittance


def _triodos(fields: dict[str, str], purpose: list[str], kind: str) -> Words:
    """Read the other account from field 10, or BIC and IBAN from the first two of the words."""
    other = account(fields.get("10", ""))
    first = [*purpose, "", ""]
    if other or not (bic(first[0]) and account(first[1])):
        return Words(account=other, remittance=joined(purpose, FIELD_WIDTH), kind=kind)
    text = joined(purpose[2:], FIELD_WIDTH)
    return Words(account=first[1].strip(), bic=first[0].strip(), remittance=text, kind=kind)


# /CODE/ words: Dutch banks, and others after their example

CODES = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|KREF|PREF|IREF|MARF|CSID|CNTP|ORDP|BENM|ULTD|ULTB|ULTC|RTRN"
    r"|PURP|TRCD|ISDT|ADDR|CHGS|OCMT|EXCH|SVCL|NRTX)/"
)
ULTIMATE, OF_PARTY = {"ULTD", "ULTB", "ULTC"}, {"NAME", "IBAN", "BIC", "ADDR"}
ULTIMATE_NAMES = [f"{code} NAME" for code in sorted(ULTIMATE)]
CUT_AT = (32, 33)  # columns at which some banks cut these words
STRUCTURED = re.compile(r"(?:STRD/CUR/|SCOR/CUR/|ISSUER: CUR +REF: +)(\S[^/]*)")


def coded(lines: list[str]) -> Words | None:
    """Read ``/TRTP/…/IBAN/…/NAME/…/REMI/…/EREF/…``."""
    text = _in_codes(lines)
    if not CODES.search(text):
        return None
    _, *pieces = CODES.split(text)
    found, party = dict[str, str](), ""
    for code, value in zip(pieces[::2], pieces[1::2], strict=True):
        plain = value.strip().strip("/").strip()
        of_ultimate = code in OF_PARTY and party in ULTIMATE
        name = f"{party} {code}" if of_ultimate else code
        if code not in OF_PARTY:
            party = code
        if plain:
            found.setdefault(name, plain)
    other = _party(found)
    remittance, reference = _remitted(found.get("REMI", "") or other.remittance)
    return Words(
        name=found.get("NAME", "") or other.name,
        account=account(found.get("IBAN", "")) or other.account,
        bic=bic(found.get("BIC", "")) or other.bic,
        ultimate=next((found[name] for name in ULTIMATE_NAMES if name in found), ""),
        end_to_end=given(found.get("EREF", "")),
        mandate=given(found.get("MARF", "")),
        reference=given(found.get("KREF", "") or found.get("PREF", "") or found.get("IREF", "")),
        creditor_reference=reference,
        remittance=remittance,
        return_reason=found.get("RTRN", ""),
        charges=found.get("CHGS", ""),
        original=found.get("OCMT", ""),
        kind=found.get("TRTP", ""),
    )


def _in_codes(lines: list[str]) -> str:
    """Return the lines as one; a code that was cut in two is whole again."""
    whole = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        cut = len(line) >= WIDTH or len(line) in CUT_AT or following.startswith("/")
        around = CODES.search(line[-6:] + following[:6])
        split = around and around.start() < len(line[-6:]) < around.end()
        whole += line if cut or split else f"{line} "
    return whole.strip()


def _party(found: dict[str, str]) -> Words:
    """Read the other side where one word holds it: account, BIC, name; or account, name, text."""
    if "CNTP" in found:
        iban, code, name = [*found["CNTP"].split("/"), "", ""][:3]
        return Words(account=account(iban), bic=bic(code), name=name.strip())
    value = found.get("ORDP", "") or found.get("BENM", "")
    pieces = [piece.strip() for piece in value.split("/") if piece.strip()]
    if not pieces or value.startswith("ID/"):
        return Words()
    if not account(pieces[0]):
        return Words(name=pieces[0])
    return Words(account=pieces[0], name="".join(pieces[1:2]), remittance="/".join(pieces[2:]))


def _remitted(text: str) -> tuple[str, str]:
    """Return the words of a remittance without their frame, and the structured reference."""
    reference = STRUCTURED.match(text)
    if reference:
        return "", reference[1].replace(" ", "")
    return re.sub(r"^USTD/+", "", text), ""


def amount_with_currency(text: str) -> tuple[Decimal | None, str]:
    """Read ``EUR11,85`` or ``11,85``."""
    found = re.fullmatch(r"([A-Z]{3})?\s*(\d{1,15}(?:[.,]\d*)?)/?", text.strip())
    if not found:
        return None, ""
    return Decimal(found[2].replace(",", ".")), found[1] or ""
