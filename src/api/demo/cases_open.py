"""Disputes of the last weeks, which are still open."""

from decimal import Decimal

from api.demo.case import ALL, Case, End, Question
from ledger.facts.codes import Outcome, Reason, RootCause

OPEN = (
    Case(
        Reason.PRICE,
        "fr",
        "Le prix du beurre ne correspond pas à votre tarif du mois de mai.",
        Question("sales", "Which price list applies?"),
        "",
        End(Outcome.CREDITED, RootCause.PRICING, ALL),
        share=Decimal("0.1"),
        turns=("never",),
        ware="Butter",
    ),
    Case(
        Reason.NOT_DELIVERED,
        "nl",
        "Wij missen de hele levering van deze factuur.",
        Question("logistics", "Is there a proof of delivery?"),
        "",
        End(Outcome.CREDITED, RootCause.DELIVERY, ALL),
        turns=("never", "photo"),
        ware="Wheat flour",
    ),
    Case(
        Reason.DAMAGED,
        "de",
        "Die Tür des Ofens schließt nicht richtig, Glas gesprungen.",
        Question("service", "Can it be repaired on site?"),
        "New door is fitted, customer signed. Give 10 % back.",
        End(Outcome.CREDITED, RootCause.PRODUCT, Decimal("0.1")),
        turns=("a week",),
        ware="Deck oven",
    ),
    Case(
        Reason.DISCOUNT,
        "en",
        "The opening discount of 5 % is not on the invoice.",
        Question("sales", "Was an opening discount promised?"),
        "",
        End(Outcome.CREDITED, RootCause.PRICING, ALL),
        share=Decimal("0.05"),
        turns=("never", "not mine"),
    ),
    Case(
        Reason.WRONG_ITEM,
        "nl",
        "Amandelspijs in plaats van banketspijs geleverd.",
        Question("logistics", "What was picked?"),
        "",
        End(Outcome.REPLACED, RootCause.ORDER_ENTRY),
        share=Decimal("0.4"),
        turns=("never",),
        ware="Almond paste",
    ),
)
