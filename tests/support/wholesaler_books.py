"""The wholesaler's debtors and invoices of September and October 2026, as their ERP has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

DEBTORS = """\
K-101|Bakkerij De Korenbloem|inkoop@korenbloem.example|nl|NL|business|Dorpsstraat 1, 1234 AB Zeist
K-102|Slagerij Van Dam|administratie@vandam.example|nl|NL|business|Markt 4, 2611 GR Delft
K-103|Café De Brug|kas@debrug.example|nl|NL|business|Kade 9, 8011 AB Zwolle
K-104|Hotel Zeezicht|inkoop@zeezicht.example|nl|NL|business|Boulevard 2, 4381 AA Vlissingen
K-105|Camping De Zwaan|kantoor@dezwaan.example|nl|NL|business|Zandweg 7, 9166 PA Schiermonnikoog
K-106|Kaashandel Mulder|jan@mulder.example|nl|NL|business|Waagplein 3, 1811 JP Alkmaar
K-107|Restaurant Olijf|info@olijf.example|nl|BE|business|Grote Markt 5, 2000 Antwerpen
K-108|Mevrouw J. de Boer|j.deboer@thuis.example|nl|NL|consumer|Lindelaan 12, 6711 KT Ede
K-201|Gasthaus Adler|info@adler.example|de|DE|business|Hauptstraße 8, 79098 Freiburg
K-202|Bäckerei Huber|einkauf@huber.example|de|DE|business|Ringstraße 3, 80331 München
K-203|Feinkost Krüger|buero@krueger.example|de|DE|business|Am Hafen 1, 20457 Hamburg
K-204|Hotel Lindenhof|rezeption@lindenhof.example|de|AT|business|Seestraße 5, 6900 Bregenz
K-205|Metzgerei Bauer|post@bauer.example|de|DE|business|Kirchgasse 2, 50667 Köln
K-301|Épicerie Lenoir|compta@lenoir.example|fr|FR|business|3 rue du Port, 59000 Lille
K-302|Boulangerie Petit|achats@petit.example|fr|FR|business|8 place Carnot, 69002 Lyon
K-303|Traiteur Marchand|bureau@marchand.example|fr|BE|business|12 rue Neuve, 1000 Bruxelles
K-304|Hôtel du Lac|direction@dulac.example|fr|FR|business|1 quai du Lac, 74000 Annecy
K-401|Cornflower Bakery|ap@cornflower.example|en|GB|business|4 Mill Lane, York YO1 7HB
K-402|The Old Mill|office@oldmill.example|en|GB|business|The Old Mill, Ely CB7 4AA
K-403|Harbour Kitchen|accounts@harbour.example|en|IE|business|2 Quay Street, Cork T12 W26F
"""

# number, debtor, amount, issued, due, and the day from which the ERP has the money
INVOICES = """\
F-1001|K-101|1210.00|2026-08-01|2026-08-31|
F-1002|K-101|484.00|2026-08-21|2026-09-20|2026-09-11
F-1003|K-101|605.00|2026-09-25|2026-10-25|2026-10-21
F-1004|K-102|320.65|2026-08-10|2026-09-09|2026-09-02
F-1005|K-102|275.00|2026-09-08|2026-10-08|2026-10-01
F-1006|K-102|410.30|2026-10-05|2026-11-04|
F-1007|K-103|902.50|2026-08-02|2026-09-01|
F-1008|K-103|118.40|2026-09-03|2026-10-03|2026-09-24
F-1009|K-103|240.00|2026-10-06|2026-11-05|
F-1010|K-104|2420.00|2026-08-06|2026-09-05|
F-1011|K-104|726.00|2026-09-01|2026-10-01|2026-09-23
F-1012|K-104|363.00|2026-10-02|2026-11-01|
F-1013|K-105|150.00|2026-08-12|2026-09-11|
F-1014|K-105|200.00|2026-08-14|2026-09-13|
F-1015|K-105|150.00|2026-08-18|2026-09-17|
F-1016|K-106|640.50|2026-08-15|2026-09-14|
F-1017|K-106|88.00|2026-09-10|2026-10-10|2026-10-06
F-1018|K-106|512.00|2026-10-01|2026-10-31|
F-1019|K-107|1331.00|2026-08-05|2026-09-04|2026-09-03
F-1020|K-107|242.00|2026-09-07|2026-10-07|2026-09-30
F-1021|K-107|195.75|2026-10-08|2026-11-07|
F-1022|K-108|89.95|2026-08-14|2026-08-28|
F-1023|K-108|45.50|2026-10-15|2026-10-29|
F-1024|K-201|780.00|2026-08-05|2026-09-04|
F-1025|K-201|260.00|2026-09-15|2026-10-15|2026-10-14
F-1026|K-201|145.00|2026-10-12|2026-11-11|
F-1027|K-202|968.00|2026-08-04|2026-09-03|
F-1028|K-202|330.00|2026-09-02|2026-10-02|2026-09-25
F-1029|K-202|415.00|2026-10-02|2026-11-01|
F-1030|K-203|557.20|2026-08-07|2026-09-06|
F-1031|K-203|623.00|2026-09-14|2026-10-14|2026-10-13
F-1032|K-203|71.30|2026-10-09|2026-11-08|
F-1033|K-204|3025.00|2026-07-20|2026-08-19|
F-1034|K-204|480.00|2026-08-28|2026-09-27|2026-09-18
F-1035|K-204|199.00|2026-10-13|2026-11-12|
F-1036|K-205|845.00|2026-08-11|2026-09-10|2026-09-04
F-1037|K-205|391.00|2026-09-11|2026-10-11|2026-10-07
F-1038|K-205|128.50|2026-10-14|2026-11-13|
F-1039|K-301|466.00|2026-08-05|2026-09-04|2026-09-22
F-1040|K-301|310.00|2026-09-09|2026-10-09|2026-10-01
F-1041|K-301|222.00|2026-10-07|2026-11-06|
F-1042|K-302|715.00|2026-08-03|2026-09-02|
F-1043|K-302|180.00|2026-09-16|2026-10-16|2026-10-08
F-1044|K-302|94.00|2026-10-15|2026-11-14|
F-1045|K-303|528.00|2026-08-20|2026-09-19|2026-09-10
F-1046|K-303|377.00|2026-09-18|2026-10-18|2026-10-13
F-1047|K-303|140.25|2026-10-16|2026-11-15|
F-1048|K-304|1089.00|2026-08-09|2026-09-08|2026-10-05
F-1049|K-304|204.00|2026-09-21|2026-10-21|2026-10-13
F-1050|K-304|176.00|2026-10-19|2026-11-18|
F-1051|K-401|1452.00|2026-08-06|2026-09-05|
F-1052|K-401|290.00|2026-09-22|2026-10-22|2026-10-22
F-1053|K-401|333.00|2026-10-20|2026-11-19|
F-1054|K-402|612.00|2026-08-08|2026-09-07|
F-1055|K-402|154.00|2026-09-23|2026-10-23|2026-10-14
F-1056|K-402|268.00|2026-10-21|2026-11-20|
F-1057|K-403|907.50|2026-08-03|2026-09-02|
F-1058|K-403|233.00|2026-09-24|2026-10-24|2026-10-15
F-1059|K-403|119.00|2026-10-22|2026-11-21|
F-1060|K-205|75.00|2026-10-22|2026-11-21|
"""
MAP = {  # our field: the ERP's column
    "invoice": "Factuur",
    "debtor": "Klant",
    "amount": "Bedrag",
    "open_amount": "Open",
    "issued": "Datum",
    "due": "Vervalt",
    "collector": "Incasso",
}


@dataclass
class ErpInvoice:
    """An invoice in the ERP; ``open_amount`` is what its next list shows."""

    number: str
    debtor: str
    amount: Decimal
    issued_on: date
    due_on: date
    paid_on: date
    open_amount: Decimal


def debtors() -> Iterator[dict[str, str]]:
    """Yield the debtors as they are registered."""
    for line in DEBTORS.splitlines():
        number, name, email, language, country, segment, address = line.split("|")
        yield {
            "debtor": number,
            "name": name,
            "email": email,
            "language": language,
            "country": country,
            "segment": segment,
            "address": address.replace(", ", "\n"),
        }


def invoices() -> dict[str, ErpInvoice]:
    """Return the invoices by their number."""
    found = (ErpInvoice(*_typed(line.split("|"))) for line in INVOICES.splitlines())
    return {invoice.number: invoice for invoice in found}


def _typed(cells: list[str]) -> tuple[str, str, Decimal, date, date, date, Decimal]:
    number, debtor, amount, issued, due, paid = cells
    days = (date.fromisoformat(issued), date.fromisoformat(due))
    paid_on = date.fromisoformat(paid) if paid else date.max
    return number, debtor, Decimal(amount), *days, paid_on, Decimal(amount)


def open_items(erp: dict[str, ErpInvoice], day: date) -> str:
    """Return the ERP's list of open items of that morning."""
    rows = [";".join(MAP.values())]
    for one in erp.values():
        if one.issued_on < day < one.paid_on and one.open_amount:
            amounts = (str(amount).replace(".", ",") for amount in (one.amount, one.open_amount))
            days = (f"{on:%d-%m-%Y}" for on in (one.issued_on, one.due_on))
            rows.append(";".join([one.number, one.debtor, *amounts, *days, "anna"]))
    return "\n".join([*rows, ""])
