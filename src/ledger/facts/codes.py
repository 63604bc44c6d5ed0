"""The closed code lists, in the field's words, and the reasons' crosswalk to three standards."""

from decimal import Decimal
from enum import StrEnum

DATA_ITEM = "contact details"  # of a debtor, which are missing
STEP_ITEM = "where to write"  # by the channels of his step
MAIL_ITEM = "mail"  # of ours that will not arrive
DEBTOR_ITEM = "debtor"  # to chase him for what nothing else is to be done about
REPLY_ITEM = "reply"  # of the agenda
ZERO = Decimal(0)


class Channel(StrEnum):
    """How somebody was reached. ``visit`` and ``portal`` leave no message id."""

    PHONE = "phone"
    EMAIL = "e-mail"
    WHATSAPP = "whatsapp"
    LETTER = "letter"
    SMS = "sms"
    PORTAL = "portal"
    VISIT = "visit"
    E_INVOICE = "e-invoice"


class Direction(StrEnum):
    """Seen from the creditor."""

    IN = "in"
    OUT = "out"


class Status(StrEnum):
    """How an invoice stands: the one word that matters most."""

    OPEN = "open"
    DISPUTED = "disputed"
    DISPUTE_RESOLVED = "dispute resolved"  # and the debtor was not asked to pay since
    PROMISED = "promised"
    HELD = "held"
    HANDED_OFF = "handed off"
    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written off"
    OVERPAID = "overpaid"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """What the debtor says is wrong. Being unable to pay is no dispute and is not here."""

    PRICE = "price"
    DISCOUNT = "discount"
    QUANTITY_SHORT = "quantity_short"
    NOT_DELIVERED = "not_delivered"
    LATE_DELIVERY = "late_delivery"
    WRONG_ITEM = "wrong_item"
    DAMAGED = "damaged"
    QUALITY_OR_SERVICE = "quality_or_service"
    RETURNED_GOODS = "returned_goods"
    MISSING_REFERENCE = "missing_reference"
    INVOICE_NOT_RECEIVED = "invoice_not_received"
    WRONG_PARTY_OR_ADDRESS = "wrong_party_or_address"
    TAX_OR_LEGAL = "tax_or_legal"
    CALCULATION = "calculation"
    DUPLICATE = "duplicate"
    NOT_ORDERED = "not_ordered"
    PAYMENT_TERMS = "payment_terms"
    ALREADY_PAID = "already_paid"
    COUNTER_CLAIM = "counter_claim"
    PROOF_REQUIRED = "proof_required"
    OTHER = "other"


class Outcome(StrEnum):
    """How a dispute ended."""

    CREDITED = "credited"
    CORRECTED = "corrected"
    REPLACED = "replaced"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PAID = "paid"


class RootCause(StrEnum):
    """What *we* find was wrong, set at the resolution and apart from the debtor's reason."""

    PRICING = "pricing"
    ORDER_ENTRY = "order_entry"
    DELIVERY = "delivery"
    PRODUCT = "product"
    SERVICE = "service"
    INVOICING = "invoicing"
    MASTER_DATA = "master_data"
    PAYMENT_PROCESSING = "payment_processing"
    AGREEMENT_UNCLEAR = "agreement_unclear"
    DEBTOR_ERROR = "debtor_error"
    NONE_FOUND = "none_found"


class Part(StrEnum):
    """Where a disputed amount can go while its case is open."""

    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"


class Answer(StrEnum):
    """What a resolver can say to the question."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    NOT_MINE = "not_mine"


class TaskKind(StrEnum):
    """What there is to do about an item of the agenda."""

    CHASE_DEBTOR = "chase debtor"
    RESUME_AFTER_DISPUTE = "resume after dispute"
    HOLD_EXPIRED = "hold expired"
    PROMISE_DUE = "promise due"
    BROKEN_PROMISE = "broken promise"
    ASSIGN_RESOLVER = "assign resolver"
    CHASE_RESOLVER = "chase resolver"
    DECIDE_DISPUTE = "decide dispute"
    CHASE_APPROVER = "chase approver"
    ISSUE_CREDIT_NOTE = "issue credit note"
    ALLOCATE_MONEY = "unallocated money"
    MAIL_FAILED = "mail failed"
    COMPLETE_DATA = "complete data"
    ANSWER_DEBTOR = "answer debtor"
    REOPEN_DISPUTE = "reopen dispute"


class Purpose(StrEnum):
    """What a message of ours is for."""

    INVOICE_COPY = "invoice copy"
    REMINDER = "reminder"
    RECEIPT = "receipt"  # to the debtor: your message came in, somebody looks at it
    REQUEST = "request"  # to the resolver: what must be answered
    COPY = "copy"  # to others: what he was asked
    RESOLVER_REMINDER = "resolver reminder"
    ESCALATION = "escalation"
    OUTCOME = "outcome"  # to the debtor: how the dispute ended
    APPROVAL_REQUEST = "approval request"  # to the approver: may this be credited
    CREDIT_REFUSAL = "credit refusal"  # to the resolver: it may not


class PercentOf(StrEnum):
    """Of which amount of the invoice a percentage is disputed."""

    ORIGINAL = "original"
    OPEN = "open"
