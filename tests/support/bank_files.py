"""Bank files that are written from lines, to be read back."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape

OWN = "NL91ABNA0417164300"
DAY = date(2026, 11, 20)


class Line(NamedTuple):
    """A payment as a bank books it."""

    amount: Decimal
    name: str = "Bakkerij Jansen"
    iban: str = "NL02RABO0123456789"
    end_to_end: str = "E2E-1"
    words: str = "INV-2026-00042"
    key: str = "B1"
    booked_on: date = DAY
    value_on: date = DAY


def camt(*entries: str, kind: str = "Stmt", head: str = "", version: str = "053.001.08") -> bytes:
    """Return a camt file with one statement of these entries."""
    message = {
        "Stmt": "BkToCstmrStmt",
        "Rpt": "BkToCstmrAcctRpt",
        "Ntfctn": "BkToCstmrDbtCdtNtfctn",
    }
    body = "\n".join(entries)
    account = f"<Acct><Id><IBAN>{OWN}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}"><{message[kind]}>\n'
        "<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-20T18:00:00+01:00</CreDtTm></GrpHdr>\n"
        f"<{kind}><Id>S-1</Id><ElctrncSeqNb>7</ElctrncSeqNb>{head or account}\n"
        f"{body}\n</{kind}></{message[kind]}></Document>\n"
    ).encode()


def head(*balances: tuple[str, str, str]) -> str:
    """Return account and balances: code, CRDT or DBIT, amount."""
    return f"<Acct><Id><IBAN>{OWN}</IBAN></Id><Ccy>EUR</Ccy></Acct>" + "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>'
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>"
        for code, mark, amount in balances
    )


def mark(amount: Decimal) -> str:
    return "CRDT" if amount >= 0 else "DBIT"


def entry(amount: str, details: str = "", *, more: str = "", status: str = "BOOK") -> str:
    """Return an entry; ``details`` are its transactions, ``more`` what stands before them."""
    value = Decimal(amount)
    return (
        f'<Ntry><Amt Ccy="EUR">{abs(value)}</Amt><CdtDbtInd>{mark(value)}</CdtDbtInd>'
        f"<Sts>{status}</Sts><BookgDt><Dt>{DAY}</Dt></BookgDt><ValDt><Dt>{DAY}</Dt></ValDt>"
        f"<AcctSvcrRef>B-1</AcctSvcrRef>{more}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def camt_of(lines: Sequence[Line], opening: Decimal) -> bytes:
    """Return the lines as camt.053, with balances that chain."""
    closing = opening + sum(line.amount for line in lines)
    balances = [("OPBD", opening), ("CLBD", closing)]
    return camt(
        *map(_camt_entry, lines),
        head=head(*((code, mark(amount), str(abs(amount))) for code, amount in balances)),
    )


def _camt_entry(line: Line) -> str:
    role = "Dbtr" if line.amount >= 0 else "Cdtr"
    return (
        f'<Ntry><Amt Ccy="EUR">{abs(line.amount)}</Amt><CdtDbtInd>{mark(line.amount)}</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{line.booked_on}</Dt></BookgDt>"
        f"<ValDt><Dt>{line.value_on}</Dt></ValDt><AcctSvcrRef>{line.key}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{escape(line.end_to_end)}</EndToEndId></Refs>"
        f"<RltdPties><{role}><Pty><Nm>{escape(line.name)}</Nm></Pty></{role}>"
        f"<{role}Acct><Id><IBAN>{line.iban}</IBAN></Id></{role}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{escape(line.words)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def mt940_of(lines: Sequence[Line], opening: Decimal, *, end: str = "\r\n") -> bytes:
    """Return the lines as MT940 with Dutch words, wrapped at 65 characters."""
    closing = opening + sum(line.amount for line in lines)
    fields = [":20:S-1", f":25:{OWN}", ":28C:7/1", f":60F:{_balance(opening)}"]
    for line in lines:
        words = (
            f"/EREF/{line.end_to_end}//CNTP/{line.iban}/RABONL2U/{line.name}/"
            f"//REMI/USTD//{line.words}/"
        )
        fields += [
            f":61:{line.value_on:%y%m%d}{line.booked_on:%m%d}{_mark(line.amount)}"
            f"{_comma(line.amount)}NTRFNONREF//{line.key}",
            f":86:{end.join(re.findall('.{1,65}', words))}",
        ]
    return end.join([*fields, f":62F:{_balance(closing)}", "-", ""]).encode()


def _balance(amount: Decimal) -> str:
    return f"{_mark(amount)}{DAY:%y%m%d}EUR{_comma(amount)}"


def _mark(amount: Decimal) -> str:
    return "C" if amount >= 0 else "D"


def _comma(amount: Decimal) -> str:
    return f"{abs(amount):.2f}".replace(".", ",")


def statement(*lines: str, head: str = ":60F:C261119EUR100,00") -> str:
    """Return an MT940 statement of these lines, without its closing balance adding up."""
    return "\n".join(
        [":20:S-1", f":25:{OWN}", ":28C:7/1", head, *lines, ":62F:C261120EUR100,00", "-"]
    )
