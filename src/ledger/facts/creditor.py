"""The creditor: a book with the firm's own details, which messages, letters and pages show."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.entry import BookState, Event, Personal

NUMBER = "creditor"  # every tenant has one


class BankAccount(Struct, frozen=True):
    """An account that debtors pay to; ``name`` is the holder's, the creditor's when empty."""

    iban: str
    name: str = ""
    bic: str = ""


class AccountChange(Struct, frozen=True):
    """The account that is shown is another one since a day; ``before`` is the IBAN until then."""

    on: date
    before: str


class Logo(Struct, frozen=True):
    """A picture that is kept as a document; none when empty."""

    sha256: str = ""
    media_type: str = ""


class OwnTemplate(Struct, frozen=True):
    """Subject and text of a kind of message, in place of the shipped ones."""

    subject: str
    text: str


class CreditorDescribed(Event, topic="creditor-described.v1"):
    """Details of the creditor changed. A field that is None stays as it was."""

    name: str | None = None
    address: str | None = None  # lines
    country: str | None = None  # ISO 3166-1
    language: str | None = None  # BCP 47
    email: str | None = None  # sender of messages
    reply_to: str | None = None
    contact: Personal[str] | None = None  # whom debtors may call
    phone: str | None = None
    bank_accounts: tuple[BankAccount, ...] | None = None  # the first is shown
    letter_foot: str | None = None  # lines
    why: str = ""
    sender_name: str | None = None  # of messages
    time_zone: str | None = None  # IANA
    letter_head: str | None = None  # lines
    logo: Logo | None = None
    silent: bool | None = None  # nothing is sent: messages wait
    accent: str | None = None  # #rrggbb; empty for the colour of Dossier


class TemplateReplaced(Event, topic="template-replaced.v1"):
    """The creditor's own subject and text replace those of a template in a language."""

    template: str
    language: str
    subject: str
    text: str
    why: str = ""


class TemplateReset(Event, topic="template-reset.v1"):
    """The creditor's own text was withdrawn: the shipped one is used again."""

    template: str
    language: str
    why: str = ""


CreditorEvent = CreditorDescribed | TemplateReplaced | TemplateReset


class Creditor(BookState, frozen=True):
    """The details as last described; empty until then."""

    name: str = ""
    address: str = ""
    country: str = ""
    language: str = ""
    email: str = ""
    reply_to: str = ""
    contact: str = ""
    phone: str = ""
    bank_accounts: tuple[BankAccount, ...] = ()
    letter_foot: str = ""
    sender_name: str = ""
    time_zone: str = ""
    letter_head: str = ""
    logo: Logo = Logo()
    silent: bool = False
    accent: str = ""
    templates: Mapping[tuple[str, str], OwnTemplate] = field(default_factory=dict)
    last_iban: str = ""  # of the account that is or was shown last
    account_change: AccountChange | None = None  # the last one

    @property
    def account(self) -> BankAccount | None:
        """Return the account that is shown, if any."""
        return self.bank_accounts[0] if self.bank_accounts else None

    def named(self, name: str) -> "Creditor":
        return but(self, name=name)


DETAILS = tuple(name for name in CreditorDescribed.__struct_fields__ if name not in ("on", "why"))


def evolve(creditor: Creditor, event: CreditorEvent) -> Creditor:
    match event:
        case TemplateReplaced() as e:
            own = OwnTemplate(e.subject, e.text)
            return but(creditor, templates={**creditor.templates, (e.template, e.language): own})
        case TemplateReset() as e:
            gone = (e.template, e.language)
            kept = {key: own for key, own in creditor.templates.items() if key != gone}
            return but(creditor, templates=kept)
        case CreditorDescribed() as e:
            given = {name: getattr(e, name) for name in DETAILS}
            after = but(creditor, **{name: new for name, new in given.items() if new is not None})
            return _account_shown(after, e.on)


def _account_shown(creditor: Creditor, on: date) -> Creditor:
    """Note the account that is shown, and the change when another one was shown before."""
    account, before = creditor.account, creditor.last_iban
    if account is None or account.iban == before:
        return creditor
    change = AccountChange(on, before) if before else None
    return but(creditor, last_iban=account.iban, account_change=change)
