"""The names that columns have in other systems, in English, Dutch, German and French."""

import re
from collections.abc import Mapping, Sequence

SEPARATORS = re.compile(r"[\s_.\-/]+")
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain_name(name: str) -> str:
    """Return a name of a column for comparing: ``InvoiceNumber`` is ``invoice number``."""
    return SEPARATORS.sub(" ", HUMPS.sub(" ", name)).strip().casefold()


def _of(**fields: str) -> Mapping[str, Sequence[str]]:
    return {field: tuple(words.split(", ")) for field, words in fields.items()}


ITEMS = _of(
    invoice="invoice, invoice number, invoice no, invoice id, document number, number, no,"
    " reference, payment reference, factuur, factuurnummer, factuurnr, boekstuk, boekstuknummer,"
    " referentie, kenmerk, betalingskenmerk, rechnung, rechnungsnummer, rechnungsnr, belegnummer,"
    " belegnr, referenz, facture, numéro de facture, n° facture, référence",
    debtor="debtor, debtor number, debtor id, customer, customer number, customer id, customer no,"
    " account, account number, debiteur, debiteurnummer, debiteurnr, klant, klantnummer, klantnr,"
    " relatie, debitor, debitorennummer, kunde, kundennummer, kundennr, client, code client,"
    " numéro de client, n° client",
    debtor_name="debtor name, customer name, name, debiteurnaam, klantnaam, naam, kundenname,"
    " name des kunden, nom du client, nom",
    open_amount="open, open amount, outstanding, outstanding amount, balance, amount due,"
    " openstaand, openstaand bedrag, open bedrag, saldo, restant, offen, offener betrag,"
    " offener posten, restbetrag, solde, reste dû, montant dû, montant ouvert",
    amount="amount, invoice amount, total, total amount, gross, gross amount, bedrag,"
    " factuurbedrag, totaal, totaalbedrag, bedrag incl, betrag, rechnungsbetrag, bruttobetrag,"
    " gesamtbetrag, montant, montant ttc, total ttc",
    currency="currency, ccy, valuta, munt, munteenheid, währung, devise",
    issued="issued, invoice date, date, issue date, document date, posting date, payment date,"
    " booking date, value date, factuurdatum, datum, boekdatum, betaaldatum, valutadatum,"
    " rechnungsdatum, belegdatum, buchungsdatum, zahlungsdatum, date de facture, date facture,"
    " date de paiement",
    due="due, due date, due on, payment due, vervaldatum, vervalt, vervaldag, fällig, fällig am,"
    " fälligkeit, fälligkeitsdatum, échéance, date d'échéance, date échéance",
    settled="settled, settled date, paid on, clearing date, betaald op, voldaan op, bezahlt am,"
    " ausgleichsdatum, payé le, date de règlement",
    disputed="disputed, in dispute, betwist, strittig, contesté, litige",
    collector="collector, credit controller, incassomedewerker, sachbearbeiter, gestionnaire",
    business_unit="business unit, company code, entity, administratie, bedrijfsonderdeel,"
    " buchungskreis, entité",
    purchase_order="purchase order, po, po number, order number, inkooporder, bestelnummer,"
    " bestellnummer, bestellung, bon de commande, n° commande",
    segment="segment, customer group, klantgroep, kundengruppe, groupe de clients",
    type="type, document type, soort, documenttype, belegart, art, type de document",
    for_invoice="for invoice, applied to, invoice reference, bij factuur, zu rechnung,"
    " pour facture",
)
DEBTORS = _of(
    number="number, debtor, debtor number, debtor id, customer, customer number, customer id, no,"
    " code, debiteur, debiteurnummer, debiteurnr, klantnummer, klantnr, relatiecode, nummer,"
    " debitor, debitorennummer, kundennummer, kundennr, code client, numéro de client, n° client",
    name="name, company, company name, customer name, debtor name, naam, bedrijfsnaam, klantnaam,"
    " firma, firmenname, kundenname, nom, raison sociale, société",
    email="email, e mail, mail, mail address, email address, e mailadres, emailadres,"
    " e mail adresse, courriel, adresse mail",
    phone="phone, phone number, telephone, tel, telefoon, telefoonnummer, telefon, telefonnummer,"
    " téléphone",
    address="address, full address, adres, anschrift, adresse",
    street="street, address line 1, straat, straat en huisnummer, straße, strasse, rue",
    postcode="postcode, postal code, zip, zip code, plz, postleitzahl, code postal",
    city="city, town, plaats, woonplaats, stad, ort, stadt, ville",
    country="country, country code, land, landcode, pays, code pays",
    language="language, language code, taal, taalcode, sprache, langue",
    vat_id="vat, vat id, vat number, btw nummer, btw nr, btw, ust id, ust idnr, n° tva, tva",
    segment="segment, customer group, klantgroep, kundengruppe, groupe de clients",
    collector="collector, credit controller, incassomedewerker, sachbearbeiter, gestionnaire",
)
MARKS: Mapping[str, Sequence[str]] = {  # parts of names that only one kind of list has
    "invoices": (
        *("invoice", "due", "open", "outstanding", "factuur", "verval", "rechnung", "fällig"),
        *("offen", "facture", "échéance", "solde"),
    ),
    "payments": ("payment", "betaal", "betaling", "zahlung", "paiement", "règlement", "value date"),
    "debtors": (
        *("mail", "email", "phone", "telef", "address", "adres", "anschrift", "street", "straat"),
        *("straße", "strasse", "rue", "postcode", "postal", "plz", "postleitzahl"),
        *("city", "plaats", "ort"),
        *("ville", "country", "land", "pays", "language", "taal", "sprache", "langue", "vat"),
        *("btw", "ust", "tva"),
    ),
}
