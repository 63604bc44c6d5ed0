"""The rules a creditor may set: who solves what, by when, and how an unpaid invoice is followed up.

Plain values, as they stand in the playbook's event and in the YAML file it came from. Whether
they make sense together is checked once, by ``commands.playbook``; what was applied stays.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ledger.facts.codes import Channel, Reason, Status

Days = Annotated[int, Meta(ge=0, le=3650)]
Times = Annotated[int, Meta(ge=0, le=100)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
OneLine = Annotated[str, Meta(max_length=500)]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Phrases = Annotated[tuple[Name, ...], Meta(max_length=200)]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]  # ISO 639


class Calendar(Struct, frozen=True, forbid_unknown_fields=True):
    """Which days are worked: not Saturday, not Sunday, no public holiday, none named here."""

    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "NL"  # ISO 3166-1
    region: OneLine = ""  # its subdivision, where holidays differ
    closed: tuple[date, ...] = ()


class QuietPeriod(Struct, frozen=True, forbid_unknown_fields=True):
    """Days that are worked, but on which no debtor is followed up: a day of the week, or dates."""

    weekday: Weekday | None = None
    first: date | None = None
    last: date | None = None  # the first only when left out
    why: OneLine = ""


class Resolver(Struct, frozen=True, forbid_unknown_fields=True):
    """Who solves a dispute; the first of a list whose conditions all hold."""

    resolver: Name
    business_unit: OneLine = ""  # any when empty
    debtor: OneLine = ""  # any when empty
    from_amount: Decimal | None = None  # that is disputed, and more


class DisputePolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """What happens to a dispute of one reason. Days are working days."""

    name: OneLine = ""  # the creditor's own
    department: OneLine = ""
    resolvers: tuple[Resolver, ...] = ()
    asks: OneLine = ""  # what the resolver must answer
    answer_within: Days = 5  # of being asked
    remind_every: Days = 3  # after that, until answered
    resolve_within: Days = 20  # of the opening
    escalate_after: Times = 2  # reminders, or past the day to be resolved
    escalate_to: OneLine = ""  # nobody when empty
    rests: Literal["invoice", "disputed amount"] = "invoice"
    acknowledge: bool = True  # tell the debtor that it was received
    copy_to: tuple[Name, ...] = ()
    reopen_within: Days = 20  # of the decision, by an answer of the debtor; 0 never
    reopen_at_most: Times = 2
    reopen_on_reply: bool = False  # by itself; else a person is asked


class Approver(Struct, frozen=True, forbid_unknown_fields=True):
    """Who may approve a credit; what is beyond his limit is asked of the next."""

    approver: Name
    up_to: Decimal | None = None  # any amount when left out


class ShortPayments(Struct, frozen=True, forbid_unknown_fields=True):
    """What a payment leads to that leaves a part unpaid. Of two tolerances the lower one counts."""

    disputes: Literal["never", "with a reason", "always"] = "never"
    tolerance: Decimal | None = None  # an amount that may be missing
    tolerance_percent: Decimal | None = None  # of the invoice


class Segment(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose ladder a debtor's is who is in no segment; the first whose conditions all hold."""

    segment: Name
    business_unit: OneLine = ""  # of the invoice; any when empty
    country: OneLine = ""  # of the debtor, ISO 3166-1; any when empty
    vat_id: Literal["any", "known", "unknown"] = "any"


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """A message of the ladder, and its day: one of the three, in days and never below zero."""

    step: Name
    before_due: Days | None = None
    after_due: Days | None = None
    after_previous: Days | None = None
    template: Name = "reminder"
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.LETTER)  # the first that can be used


class Repeat(Struct, frozen=True, forbid_unknown_fields=True):
    """The last step again and again."""

    every: Annotated[int, Meta(ge=1, le=3650)]
    at_most: Times


class Ladder(Struct, frozen=True, forbid_unknown_fields=True):
    """How debtors of one segment are followed up."""

    steps: tuple[Step, ...]
    repeat: Repeat | None = None
    from_amount: Decimal = Decimal(0)  # open, and more: less is not worth a message


class DisputePhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """What sounds like a dispute in one language. What a phrase is, ``commands.phrases`` says."""

    signs: Mapping[Reason, Phrases] = field(default_factory=dict)
    unless_after: Phrases = ()  # a sign that follows within four words counts for nothing
    ignore: Phrases = ()  # what is said so is taken away first


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """The playbook whole."""

    ladders: Mapping[str, Ladder]  # by segment
    segment: Name = "business"  # of a debtor of whom none is known
    segments: tuple[Segment, ...] = ()
    quiet: tuple[QuietPeriod, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    disputes: DisputePolicy = field(
        default_factory=DisputePolicy
    )  # of a reason that has no rule of its own
    reasons: Mapping[Reason, DisputePolicy] = field(default_factory=dict)
    approvers: tuple[Approver, ...] = ()
    short_payments: ShortPayments = field(default_factory=ShortPayments)
    statuses: Mapping[Status, Name] = field(default_factory=dict)  # the creditor's own names
    reply_rests: Days = 5  # working days that follow-up rests after a mere reply
    grace: Days = 3  # working days after the day that was promised
    wording: Mapping[Language, DisputePhrases] | None = None  # as shipped when left out

    def handling(self, reason: Reason) -> DisputePolicy:
        return self.reasons.get(reason, self.disputes)

    def reason_name(self, reason: Reason) -> str:
        """As the creditor calls it, else the code in words."""
        own = self.reasons[reason].name if reason in self.reasons else ""
        return own or reason.replace("_", " ")

    def status_name(self, status: Status) -> str:
        return self.statuses.get(status, status.value)
