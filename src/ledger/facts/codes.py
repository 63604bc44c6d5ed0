"""The closed code lists, in the words of credit control."""

from decimal import Decimal
from enum import StrEnum

DATA_ITEM = "contact details"  # items of the agenda: a debtor's details are missing
STEP_ITEM = "where to write"  # no address for the channels of a step
ORIGINAL_ITEM = "invoice document"  # which of several is the invoice itself
MAIL_ITEM = "mail"  # a message of ours will not arrive
DEBTOR_ITEM = "debtor"  # request payment of all that no other task is about
REPLY_ITEM = "reply"  # a reply of the debtor waits for an answer
ZERO = Decimal(0)


class Channel(StrEnum):
    """How somebody was contacted. ``visit`` and ``portal`` leave no message id."""

    PHONE = "phone"
    EMAIL = "e-mail"
    WHATSAPP = "whatsapp"
    LETTER = "letter"
    SMS = "sms"
    PORTAL = "portal"
    VISIT = "visit"
    E_INVOICE = "e-invoice"


class Direction(StrEnum):
    """The direction of a contact, seen from the creditor."""

    IN = "in"
    OUT = "out"


class Status(StrEnum):
    """The most important status of an invoice."""

    OPEN = "open"
    DISPUTED = "disputed"
    DISPUTE_RESOLVED = "dispute resolved"  # and the debtor was not reminded since
    PROMISED = "promised"
    HELD = "held"
    HANDED_OFF = "handed off"
    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written off"
    OVERPAID = "overpaid"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """The debtor's reason for a dispute. Inability to pay is not a dispute."""

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
    """What we find was wrong, recorded at the resolution besides the debtor's reason."""

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
    """How a disputed amount may be reduced while its case is open."""

    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"


class Answer(StrEnum):
    """A resolver's answers."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    NOT_MINE = "not_mine"
    IN_WORDS = "in_words"  # as they wrote it: the collector judges what it means


class TaskKind(StrEnum):
    """The action that a task of the agenda asks for."""

    CHASE_DEBTOR = "chase debtor"
    RESUME_AFTER_DISPUTE = "resume after dispute"
    HOLD_EXPIRED = "hold expired"
    PROMISE_DUE = "promise due"
    BROKEN_PROMISE = "broken promise"
    ASSIGN_RESOLVER = "assign resolver"
    CHASE_RESOLVER = "chase resolver"
    JUDGE_ANSWER = "judge answer"
    DECIDE_DISPUTE = "decide dispute"
    CHASE_APPROVER = "chase approver"
    ISSUE_CREDIT_NOTE = "issue credit note"
    ALLOCATE_MONEY = "unallocated money"
    APPROVE_AFTERWARDS = "approve afterwards"
    MAIL_FAILED = "mail failed"
    COMPLETE_DATA = "complete data"
    ANSWER_DEBTOR = "answer debtor"
    REOPEN_DISPUTE = "reopen dispute"
    CHOOSE_ORIGINAL = "choose invoice document"


class MoneyKind(StrEnum):
    """What waits with a debtor to be allocated to invoices."""

    PAYMENT = "payment"
    CREDIT_NOTE = "credit note"


class DocumentKind(StrEnum):
    """What a document is that a collector attaches."""

    INVOICE = "invoice"  # the invoice itself, as it is sent to the debtor
    OTHER = "other"


class Purpose(StrEnum):
    """The purpose of a message of ours."""

    INVOICE_COPY = "invoice copy"
    REMINDER = "reminder"
    RECEIPT = "receipt"  # to the debtor: we received your message
    REQUEST = "request"  # to the resolver: what must be answered
    COPY = "copy"  # to others: what the resolver was asked
    RESOLVER_REMINDER = "resolver reminder"
    ESCALATION = "escalation"
    OUTCOME = "outcome"  # of a dispute, to the debtor
    APPROVAL_REQUEST = "approval request"  # to the approver of a credit
    CREDIT_REFUSAL = "credit refusal"  # to the resolver


class PercentOf(StrEnum):
    """The amount of the invoice of which a percentage is disputed."""

    ORIGINAL = "original"
    OPEN = "open"
