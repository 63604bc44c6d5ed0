"""What of a statement is recorded: each booked transaction, a batch by its parts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256

from api.bank.statement import BankEntry, Part, Statement
from ledger.facts.bank import BankTransactionRecorded, StatementImported

DIFFERENCE = "Its balances differ from the sum of its entries by {difference}."
LONGEST = 4000  # characters of a text that are kept


def transactions_of(statement: Statement, file: str) -> Iterator[BankTransactionRecorded]:
    """Yield the transactions that are booked.

    A number stands for the account, the day, the bank's reference and the amount, so that the same
    booking in an intraday report and in the statement of the day is one; without a reference it
    stands for the place in the statement. Of two alike in one statement, both are recorded.
    """
    seen = Counter[str]()
    for entry in statement.entries:
        if not entry.is_booked:
            continue
        number = _number(statement, entry)
        seen[number] += 1
        if seen[number] > 1:
            number = f"{number}/{seen[number]}"
        for nth, part in enumerate(entry.parts, 1):
            several = len(entry.parts) > 1
            yield _recorded(
                statement,
                entry,
                part,
                file,
                f"{number}.{nth}" if several else number,
                f"{entry.nth}.{nth}" if several else str(entry.nth),
            )


def statement_of(statement: Statement, file: str, transactions: int) -> StatementImported:
    """Return what is recorded of the statement itself; a sum that differs is a problem."""
    opening, closing, difference = statement.opening, statement.closing, statement.difference
    days = [entry.booked_on for entry in statement.entries]
    made = [statement.made_at.date()] if statement.made_at else []
    days = [balance.on for balance in (closing, opening) if balance] or sorted(days)[-1:] or made
    return StatementImported(
        on=days[0],
        account=statement.account,
        currency=statement.currency,
        statement=statement.id,
        number=statement.number,
        format=statement.format,
        file=file,
        entries=len(statement.entries),
        transactions=transactions,
        opening=opening.amount if opening else None,
        opened_on=opening.on if opening else None,
        closing=closing.amount if closing else None,
        closed_on=closing.on if closing else None,
        problems=(DIFFERENCE.format(difference=difference),) if difference else (),
    )


def transaction_number(account: str, day: date, key: str, amount: Decimal) -> str:
    """Return the number of a booking with a reference of the bank: that reference, which people
    look for, and a digest of all that makes the booking the same."""
    return f"{key}-{_digest(account, day.isoformat(), key, str(amount))}"


def _number(statement: Statement, entry: BankEntry) -> str:
    if not entry.key:
        return f"{statement.id}-{entry.nth}-{_digest(statement.account, statement.id)}"
    return transaction_number(statement.account, entry.booked_on, entry.key, entry.amount)


def _digest(*facts: str) -> str:
    return sha256("\n".join(facts).encode()).hexdigest()[:8]


def _recorded(
    statement: Statement, entry: BankEntry, part: Part, file: str, number: str, place: str
) -> BankTransactionRecorded:
    return BankTransactionRecorded(
        on=entry.value_on,
        transaction=number,
        account=statement.account,
        statement=statement.id,
        file=file,
        place=place,
        amount=part.amount,
        currency=part.currency or entry.currency,
        booked_on=entry.booked_on,
        name=part.payer_name,
        iban="".join(part.payer_iban.split()).upper(),
        ultimate_name=part.ultimate_payer,
        remittance=part.remittance[:LONGEST],
        creditor_reference=part.creditor_reference,
        end_to_end=part.end_to_end,
        mandate=part.mandate,
        bank_reference=part.reference or entry.key,
        documents=part.documents,
        return_reason=part.return_reason,
        charges=part.charges,
        original_amount=part.original_amount,
        original_currency=part.original_currency,
        kind=entry.type_code,
        is_reversal=entry.is_reversal,
        is_direct_debit=entry.is_direct_debit,
        text=entry.text[:LONGEST],
        raw=entry.raw[:LONGEST] if entry.trouble else "",
        trouble=entry.trouble,
    )
