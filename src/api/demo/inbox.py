"""The mails of the last weeks: complaints, questions, a doubtful sender, and machines.

They are read and filed as the mailbox files them, but their names are looked up in memory.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from api.demo.case import Case, End, Question
from api.demo.sample_documents import mail
from api.demo.texts import DEAD, OWN, TEAMS, Firm
from api.demo.virtual_clock import END, Story, World
from api.inbox.identify import to_inbound
from api.inbox.receive import filing_plan
from api.mail.parse import read
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.inbox.matching import KnownNames, RepliedMessage, doubted, match
from ledger.facts.codes import Outcome, Purpose, Reason, RootCause
from ledger.facts.contact_ids import contact_id_of
from ledger.facts.inbound import MatchRule
from ledger.facts.invoice.state import Invoice
from ledger.policy.normalise import reference
from ledger.policy.references import NameKind
from projections.names import NameRow

FORGED, STRANGER, REPLY, COMPLAINT = "forged", "stranger", "reply", "complaint"
MAILBOX = "mailbox"


@dataclass(frozen=True)
class Incoming:
    """A mail, so many days before the end; ``opens`` is why a collector opens a dispute from it."""

    days: int
    kind: str
    language: str
    subject: str
    text: str
    opens: Reason | None = None


MAILS = (
    Incoming(
        15,
        COMPLAINT,
        "nl",
        "Factuur {number}",
        "Goedemorgen,\n\nDe prijs op factuur {number} klopt niet: wij hadden een lagere prijs"
        " afgesproken.\n\nMet vriendelijke groet",
        Reason.PRICE,
    ),
    Incoming(
        6,
        COMPLAINT,
        "de",
        "Rechnung {number}",
        "Guten Tag,\n\nzwei Kartons der Lieferung zu Rechnung {number} sind beschädigt angekommen."
        "\n\nMit freundlichen Grüßen",
    ),
    Incoming(
        12,
        COMPLAINT,
        "fr",
        "Facture {number}",
        "Bonjour,\n\nLe prix de la facture {number} est incorrect, ce n'est pas notre tarif."
        "\n\nCordialement",
        Reason.PRICE,
    ),
    Incoming(
        9,
        REPLY,
        "en",
        "Re: invoice {number}",
        "Hello,\n\nWe are closing our books this week. Can we pay invoice {number} in two parts?"
        "\n\nKind regards",
    ),
    Incoming(
        6,
        FORGED,
        "nl",
        "Nieuw rekeningnummer",
        "Beste Korenaar, factuur {number} is betaald op uw nieuwe rekening. Graag bevestigen.",
    ),
    Incoming(
        5,
        COMPLAINT,
        "fr",
        "Facture {number}",
        "Bonjour,\n\nLa facture {number} n'est pas correcte : nous n'avons jamais reçu la"
        " marchandise.\n\nCordialement",
    ),
    Incoming(
        4,
        COMPLAINT,
        "en",
        "Invoice {number}",
        "Dear all,\n\nYou charged a wrong price on invoice {number}: we agreed on a discount."
        "\n\nKind regards",
    ),
    Incoming(
        3,
        STRANGER,
        "nl",
        "Betreft {number}",
        "Als nieuwe boekhouder van uw klant vraag ik om een kopie van factuur {number}.",
    ),
    Incoming(
        2,
        REPLY,
        "de",
        "AW: Rechnung {number}",
        "Guten Tag,\n\nauf welches Konto sollen wir Rechnung {number} überweisen?\n\nDanke",
    ),
    Incoming(
        1,
        REPLY,
        "fr",
        "Re: facture {number}",
        "Bonjour,\n\nNotre comptable est en congé, pouvez-vous rappeler lundi pour {number} ?",
    ),
)


def mails(world: World) -> Story:
    dice = world.random("inbox")
    for nth, incoming in enumerate(sorted(MAILS, key=lambda each: -each.days)):
        yield max(world.now, world.clock(END - timedelta(days=incoming.days), 9 + nth % 6, 15))
        if invoice := _about(world, incoming.language, dice):
            name = _receive(world, incoming, invoice)
            if incoming.opens:
                yield world.now + timedelta(minutes=35)
                _open(world, incoming.opens, incoming, invoice, name)


def _about(world: World, language: str, dice: Random) -> Invoice | None:
    """Return an open invoice of a debtor who speaks the language, about which nobody wrote."""
    found = [
        invoice
        for invoice in map(world.invoice, world.numbers)
        if invoice.open_amount > 200
        and invoice.collectable
        and not invoice.disputes
        and not invoice.promises
        and not invoice.replies
        and not invoice.holds
        and world.firm(invoice.number).language == language
        and world.firm(invoice.number).email not in ("", DEAD)
        and world.debtor(invoice.debtor).email
    ]
    return dice.choice(sorted(found, key=lambda each: each.number)) if found else None


def _receive(world: World, incoming: Incoming, invoice: Invoice) -> str:
    """Let the mail come in, and return its name."""
    firm, number = world.firm(invoice.number), invoice.number
    sender = "info@administratie-jansma.example" if incoming.kind == STRANGER else firm.email
    own_id = f"{world.id('mail', number).hex[:12]}@{firm.domain}"
    asked = _last_to(world, firm) if incoming.kind == REPLY else None
    subject, text = (each.format(number=number) for each in (incoming.subject, incoming.text))
    paper = mail("", sender, OWN, subject, text, own_id)
    message = read(paper.content)
    received = to_inbound(world.ledger.zone, message, OWN, world.now)
    known = KnownNames(
        ours=asked,
        named=[_named(invoice)],
        sender=[firm.number] if sender == firm.email else (),
    )
    found = match(message, known, received.on)
    found = doubted(message, found) if incoming.kind == FORGED else found
    world.run(MAILBOX, *filing_plan(world.work(MAILBOX), message, received, found), papers=[paper])
    return received.mail


def _named(invoice: Invoice) -> NameRow:
    plain = reference(invoice.number)
    return NameRow(invoice.id, NameKind.INVOICE, plain, invoice.number, invoice.debtor, True)


def _last_to(world: World, firm: Firm) -> RepliedMessage | None:
    """Return the last reminder to the debtor."""
    for asked in reversed(world.sent.values()):
        if asked.debtor == firm.number and asked.purpose is Purpose.REMINDER:
            return RepliedMessage(MatchRule.REFERENCE, asked, keyed=True)
    return None


def _open(world: World, reason: Reason, incoming: Incoming, invoice: Invoice, name: str) -> None:
    """Open a dispute from the mail, and ask the resolver."""
    case_id = world.id("mailed case", invoice.number)
    comment = incoming.text.format(number=invoice.number).split("\n\n")[1]
    team, text = "sales", "Which price was agreed?"
    end = End(Outcome.CREDITED, RootCause.PRICING)
    world.plans[case_id] = Case(reason, incoming.language, comment, Question(team, text), end)
    opening = OpenDispute(
        invoice=invoice.number,
        reason=reason,
        comment=comment,
        raised_on=world.today,
        case_id=case_id,
        contact_id=contact_id_of(name),
    )
    ask = AssignResolver(
        invoice=invoice.number, case_id=case_id, resolver=TEAMS[team], expected=text
    )
    world.run(invoice.collector, opening, ask)
