"""What it looks like. Each file is a read model: its row, how it is made, and its queries."""

from ledger.engine.fold import Model
from projections.agenda import AGENDA
from projections.aside import ASIDE
from projections.asked import ASKED
from projections.bank import BANK
from projections.bank_statements import STATEMENTS
from projections.contact_log.log import CONTACT_LOG
from projections.debtors import DEBTORS
from projections.disputes import DISPUTES
from projections.handoffs import HANDOFFS
from projections.inbox import INBOX
from projections.invoices import INVOICES
from projections.money import MONEY
from projections.names import NAMES
from projections.outbox import OUTBOX
from projections.words import WORDS

READ_MODELS: tuple[Model, ...] = (
    INVOICES,
    AGENDA,
    DISPUTES,
    ASKED,
    ASIDE,
    DEBTORS,
    CONTACT_LOG,
    HANDOFFS,
    OUTBOX,
    INBOX,
    NAMES,
    MONEY,
    WORDS,
    BANK,
    STATEMENTS,
)
