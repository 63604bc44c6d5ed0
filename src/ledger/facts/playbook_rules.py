"""The rules that a creditor sets: who resolves what, by when, and how debtors are dunned.

Plain values, as stored in the playbook's event and written in its YAML file. ``policy.playbook``
checks them before they are applied.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field
from msgspec.structs import asdict
from msgspec.structs import replace as but

from ledger.facts.codes import Channel, Reason, Status

Days = Annotated[int, Meta(ge=0, le=3650)]
Times = Annotated[int, Meta(ge=0, le=100)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ShortText = Annotated[str, Meta(max_length=500)]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Phrases = Annotated[tuple[Name, ...], Meta(max_length=200)]
Words = Annotated[tuple[Name, ...], Meta(max_length=400)]
Concept = Annotated[str, Meta(pattern="^[a-z_]{1,30}$")]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]  # ISO 639


class Calendar(Struct, frozen=True, forbid_unknown_fields=True):
    """The working days: all but Saturdays, Sundays, public holidays and the days ``closed``."""

    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "NL"  # ISO 3166-1
    region: ShortText = ""  # of the country, where holidays differ
    closed: tuple[date, ...] = ()


class QuietPeriod(Struct, frozen=True, forbid_unknown_fields=True):
    """Working days without follow-up: a day of the week, or dates from first to last."""

    weekday: Weekday | None = None
    first: date | None = None
    last: date | None = None  # only the first day when left out
    why: ShortText = ""


class Resolver(Struct, frozen=True, forbid_unknown_fields=True):
    """A resolver of disputes; the first of the list whose conditions all hold is asked."""

    resolver: Name
    business_unit: ShortText = ""  # any when empty
    debtor: ShortText = ""  # any when empty
    from_amount: Decimal | None = None  # the least amount disputed


class DisputePolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """How disputes are handled. Days are working days."""

    name: ShortText = ""  # the creditor's own name of the reason
    department: ShortText = ""
    resolvers: tuple[Resolver, ...] = ()
    asks: ShortText = ""  # what the resolver must answer
    answer_within: Days = 5  # of being asked
    remind_every: Days = 3  # after that, until answered
    resolve_within: Days = 20  # of the opening
    escalate_after: Times = 2  # reminders; or when resolve_within has passed
    escalate_to: ShortText = ""  # no escalation when empty
    rests: Literal["invoice", "disputed amount"] = "invoice"
    acknowledge: bool = True  # the receipt to the debtor
    copy_to: tuple[Name, ...] = ()
    reopen_within: Days = 20  # of the decision, by a reply of the debtor; 0 for never
    reopen_at_most: Times = 2
    reopen_on_reply: bool = False  # automatically; else a person decides

    @property
    def rests_whole(self) -> bool:
        """Return whether a dispute pauses the whole invoice, not only its disputed amount."""
        return self.rests == "invoice"


class ReasonPolicy(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The rules of one reason: a rule that is left out (None) is that of ``DisputePolicy``.

    Playbooks that were applied before this was so have each rule given.
    """

    name: ShortText | None = None  # never that of all disputes, which would hide the reason
    department: ShortText | None = None
    resolvers: tuple[Resolver, ...] | None = None
    asks: ShortText | None = None
    answer_within: Days | None = None
    remind_every: Days | None = None
    resolve_within: Days | None = None
    escalate_after: Times | None = None
    escalate_to: ShortText | None = None
    rests: Literal["invoice", "disputed amount"] | None = None
    acknowledge: bool | None = None
    copy_to: tuple[Name, ...] | None = None
    reopen_within: Days | None = None
    reopen_at_most: Times | None = None
    reopen_on_reply: bool | None = None

    @property
    def own(self) -> dict[str, Any]:
        """Return the rules that are given, by name."""
        return {key: value for key, value in asdict(self).items() if value is not None}


class Approver(Struct, frozen=True, forbid_unknown_fields=True):
    """An approver of credits; an amount above their limit is asked of the next approver."""

    approver: Name
    up_to: Decimal | None = None  # any amount when left out


class ShortPayments(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a short payment opens a dispute. Of two tolerances the lower counts."""

    disputes: Literal["never", "with a reason", "always"] = "never"
    tolerance: Decimal | None = None  # the amount that may be missing
    tolerance_percent: Decimal | None = None  # of the invoice


class Segment(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule for debtors without a segment; the first whose conditions all hold decides."""

    segment: Name
    business_unit: ShortText = ""  # of the invoice; any when empty
    country: ShortText = ""  # of the debtor, ISO 3166-1; any when empty
    vat_id: Literal["any", "known", "unknown"] = "any"


class Collector(Struct, frozen=True, forbid_unknown_fields=True):
    """A collector of debtors and invoices; the first whose conditions all hold follows them up."""

    collector: Name
    segment: ShortText = ""  # of the debtor; any when empty
    business_unit: ShortText = ""  # of the invoice; any when empty
    country: ShortText = ""  # of the debtor, ISO 3166-1; any when empty
    language: ShortText = ""  # of the debtor; any when empty
    letters: Annotated[str, Meta(pattern="^([A-Z]-[A-Z])?$")] = ""  # with which the name begins
    from_number: ShortText = ""  # of the debtor; a shorter number comes before a longer
    to_number: ShortText = ""
    from_amount: Decimal | None = None  # of the invoice

    @property
    def is_of_invoices(self) -> bool:
        """Return whether it depends on the invoice, not on the debtor alone."""
        return bool(self.business_unit) or self.from_amount is not None


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """A message of the ladder, and its day: one of before_due, after_due and after_previous."""

    step: Name
    before_due: Days | None = None
    after_due: Days | None = None
    after_previous: Days | None = None
    template: Name = "reminder"
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.LETTER)  # the first that can be used
    pay_within: Days = 7  # days from the message, as it says


class Repeat(Struct, frozen=True, forbid_unknown_fields=True):
    """The repetition of the last step."""

    every: Annotated[int, Meta(ge=1, le=3650)]
    at_most: Times


class Ladder(Struct, frozen=True, forbid_unknown_fields=True):
    """The dunning ladder of one segment."""

    steps: tuple[Step, ...]
    repeat: Repeat | None = None
    from_amount: Decimal = Decimal(0)  # the least open amount that is followed up


class DisputePhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a dispute in one language, as phrases (see ``policy.disputes.phrases``)."""

    signs: Mapping[Reason, Phrases] = field(default_factory=dict)
    concepts: Mapping[Concept, Words] = field(default_factory=dict)  # which words mean the same
    unless_after: Phrases = ()  # a sign within four words after it does not count
    ignore: Phrases = ()  # removed from the text first


class OwnPromises(Struct, frozen=True, forbid_unknown_fields=True):
    """Which promises debtors may make by themselves; all others a person judges."""

    days: Days = 60  # how far ahead; 0: none
    parts: Annotated[int, Meta(ge=1, le=12)] = 4  # instalments
    broken: Times = 2  # promises of the invoice that were broken, before a person must agree


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole playbook."""

    ladders: Mapping[str, Ladder]  # by segment
    segment: Name = "business"  # of debtors without a segment
    segments: tuple[Segment, ...] = ()
    collectors: tuple[Collector, ...] = ()
    quiet: tuple[QuietPeriod, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    disputes: DisputePolicy = field(default_factory=DisputePolicy)  # for all reasons
    reasons: Mapping[Reason, ReasonPolicy] = field(default_factory=dict)  # what differs
    approvers: tuple[Approver, ...] = ()
    short_payments: ShortPayments = field(default_factory=ShortPayments)
    statuses: Mapping[Status, Name] = field(default_factory=dict)  # the creditor's own names
    reply_rests: Days | None = None  # working days that a message pauses it; None: until answered
    grace: Days = 3  # working days after the promised day
    own_promises: OwnPromises = field(default_factory=OwnPromises)
    wording: Mapping[Language, DisputePhrases] | None = None  # the shipped wording when left out

    together: Mapping[Reason, Phrases] | None = None  # concepts; the shipped when left out

    def handling(self, reason: Reason) -> DisputePolicy:
        """Return the rules of a reason: its own, else those for all disputes."""
        own = self.reasons.get(reason)
        return self.disputes if own is None else but(self.disputes, **{"name": ""} | own.own)

    def reason_name(self, reason: Reason) -> str:
        """Return the creditor's own name of the reason, else the code in words."""
        own = self.handling(reason).name if reason in self.reasons else ""
        return own or reason.replace("_", " ")

    def status_name(self, status: Status) -> str:
        return self.statuses.get(status, status.value)
