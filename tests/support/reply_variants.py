"""Replies made up from parts, as eleven mail programs write them in four languages.

Each is made of what was newly written, how the program introduces the quotation, and a shape:
where both stand. Nothing is copied from a real mail.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

SENDER = "Sam Bos <sam@seller.example>"
QUOTED = "Zebra quote seventeen."  # stands in what is quoted and nowhere else
NESTED = "Older zebra quote four."
SUBJECT = "2026-0017"

WORDS = {
    "en": (
        "We pay on Friday",
        "Solved",
        "ok",
        "Wrong price!",
        "We never received these goods, please send a proof of delivery.",
        "Hello Sam,\n\nTwo boxes were missing.\nWe pay the rest\n\nRegards\nJan",
        "We pay in two parts:\n- 100.00 in May\n- 50.00 in June",
        "On Monday we pay",
    ),
    "nl": (
        "Wij betalen vrijdag",
        "Opgelost",
        "ok",
        "Verkeerde prijs!",
        "Wij hebben deze goederen nooit ontvangen, graag een afleverbewijs.",
        "Beste Sam,\n\nTwee dozen ontbraken.\nDe rest betalen wij\n\nGroet\nJan",
        "Wij betalen in twee delen:\n- 100,00 in mei\n- 50,00 in juni",
        "Op maandag betalen wij",
    ),
    "de": (
        "Wir zahlen am Freitag",
        "Erledigt",
        "ok",
        "Falscher Preis!",
        "Wir haben diese Ware nie erhalten, bitte um einen Liefernachweis.",
        "Hallo Sam,\n\nzwei Kartons fehlten.\nDen Rest zahlen wir\n\nGruß\nJan",
        "Wir zahlen in zwei Teilen:\n- 100,00 im Mai\n- 50,00 im Juni",
        "Am Montag zahlen wir",
    ),
    "fr": (
        "Nous payons vendredi",
        "Résolu",
        "ok",
        "Mauvais prix !",
        "Nous n'avons jamais reçu ces articles, merci d'envoyer une preuve.",
        "Bonjour Sam,\n\nIl manquait deux cartons.\nNous payons le reste\n\nCordialement\nJan",
        "Nous payons en deux fois :\n- 100,00 en mai\n- 50,00 en juin",
        "Le lundi nous payons",
    ),
}
LINES = {  # attribution lines
    "apple": {
        "en": "On 22 Aug 2026, at 19:21, {} wrote:",
        "nl": "Op 22 aug. 2026, om 19:21 heeft {} het volgende geschreven:",
        "de": "Am 22.08.2026 um 19:21 schrieb {}:",
        "fr": "Le 22 août 2026 à 19:21, {} a écrit :",
    },
    "gmail": {
        "en": "On Sat, Aug 22, 2026 at 7:21 PM {} wrote:",
        "nl": "Op za 22 aug 2026 om 19:21 schreef {}:",
        "de": "Am Sa., 22. Aug. 2026 um 19:21 Uhr schrieb {}:",
        "fr": "Le sam. 22 août 2026 à 19:21, {} a écrit :",
    },
    "thunderbird": {
        "en": "On 22/08/2026 19:21, Sam Bos wrote:",
        "nl": "Op 22-08-2026 om 19:21 schreef Sam Bos:",
        "de": "Am 22.08.26 um 19:21 schrieb Sam Bos:",
        "fr": "Le 22/08/2026 à 19:21, Sam Bos a écrit :",
    },
    "yahoo": {
        "en": "On Saturday, August 22, 2026 at 07:21:00 PM GMT+2, {} wrote:",
        "nl": "Op zaterdag 22 augustus 2026 19:21:00 CEST schreef {}:",
        "de": "Am Samstag, 22. August 2026 um 19:21:00 MESZ hat {} Folgendes geschrieben:",
        "fr": "Le samedi 22 août 2026 à 19:21:00 UTC+2, {} a écrit :",
    },
    "proton": {
        "en": "On Saturday, August 22nd, 2026 at 7:21 PM, {} wrote:",
        "nl": "Op zaterdag 22 augustus 2026 om 19:21 schreef {}:",
        "de": "{} schrieb am Samstag, 22. August 2026 um 19:21:",
        "fr": "Le samedi 22 août 2026 à 19:21, {} a écrit :",
    },
}
LABELS = {  # from, sent, date, to, subject
    "en": ("From", "Sent", "Date", "To", "Subject"),
    "nl": ("Van", "Verzonden", "Datum", "Aan", "Onderwerp"),
    "de": ("Von", "Gesendet", "Datum", "An", "Betreff"),
    "fr": ("De", "Envoyé", "Date", "À", "Objet"),
}
WHEN = {
    "en": "Saturday, 22 August 2026 19:21",
    "nl": "zaterdag 22 augustus 2026 19:21",
    "de": "Samstag, 22. August 2026 19:21",
    "fr": "samedi 22 août 2026 19:21",
}
FOOT = {  # what a program adds below the words
    "iphone": {
        "en": "Sent from my iPhone",
        "nl": "Verstuurd vanaf mijn iPhone",
        "de": "Von meinem iPhone gesendet",
        "fr": "Envoyé de mon iPhone",
    },
    "outlook mobile": {
        "en": "Get Outlook for iOS<https://aka.ms/x>",
        "nl": "Outlook voor iOS downloaden<https://aka.ms/x>",
        "de": "Outlook für iOS beziehen<https://aka.ms/x>",
        "fr": "Télécharger Outlook pour iOS<https://aka.ms/x>",
    },
    "proton": {
        "en": "Sent with Proton Mail secure email.",
        "nl": "Verzonden met Proton Mail beveiligde e-mail.",
        "de": "Gesendet mit Proton Mail sicherer E-Mail.",
        "fr": "Envoyé avec la messagerie sécurisée Proton Mail.",
    },
}
FORWARDED = {
    "en": "Forwarded message",
    "nl": "Doorgestuurd bericht",
    "de": "Weitergeleitete Nachricht",
    "fr": "Message transféré",
}
NAME = "Jan de Vries\nBakkerij Jansen\n+31 6 1234 5678"
SHAPES = ("above", "inside", "signature", "second", "tight", "below")


@dataclass(frozen=True)
class Variant:
    """A mail's text, and what of it is new; ``expected`` is None for a mail that only forwards."""

    client: str
    language: str
    shape: str
    text: str
    expected: str | None
    html: bool = False


def variants() -> Iterator[Variant]:
    """Yield fifty replies for each program and language."""
    for client, introduce in CLIENTS.items():
        for language in WORDS:
            for shape in SHAPES:
                for words in WORDS[language]:
                    yield _variant(client, language, shape, words, introduce)
            for blank in ("", "\n\n"):
                yield _forward(client, language, introduce, blank)


Introduce = Callable[[str], tuple[str, str]]  # language to what is added, and the introduction


def _variant(client: str, language: str, shape: str, words: str, introduce: Introduce) -> Variant:
    foot, head = introduce(language)
    body = f"Hello Jan\n{QUOTED}\n\nRegards\nSam"
    if shape == "second":
        inner = LINES["gmail"][language].format("Jan <jan@bakery.example>")
        body = f"Hello Jan\n{QUOTED}\n\n{inner}\n\n> {NESTED}\n> Jan"
    marked = client in MARKED or shape in ("inside", "below")
    if shape == "inside":
        head = _marked(head)
    quoted = _marked(body) if marked else body
    new = words
    if shape == "signature":
        new = f"{words}\n\n-- \n{NAME}"
    if foot:
        new = f"{new}\n\n{foot}"
    if shape == "below":
        text = f"{head}\n{quoted}\n\n{words}\n"
    else:
        gap = "\n" if shape == "tight" else "\n\n"
        text = f"{new}{gap}{head}\n{quoted}\n"
    if client in PAGES and shape in ("above", "signature", "tight"):
        return Variant(client, language, shape, _page(new, head, body), words, html=True)
    return Variant(client, language, shape, text, words)


def _forward(client: str, language: str, introduce: Introduce, before: str) -> Variant:
    _, head = introduce(language)
    separator = f"---------- {FORWARDED[language]} ---------"
    text = f"{before}{separator}\n{head}\n\nHello Jan\n{QUOTED}\n"
    return Variant(client, language, "forward only", text, None)


def _marked(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _page(new: str, head: str, body: str) -> str:
    """Return the page that Outlook writes: no blockquote, a rule before the header."""
    first, rest = (_paragraphs(part) for part in (new, body))
    bold = "<br>".join(f"<b>{escape(line)}</b>" for line in head.strip("_\n").split("\n"))
    header = f"<hr><div><p>{bold}</p></div>"
    return f"<html><body><div>{first}</div>{header}<div>{rest}</div></body></html>"


def _paragraphs(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))


def _line(name: str, foot: str = "", wrap: int = 0) -> Introduce:
    def introduce(language: str) -> tuple[str, str]:
        line = LINES[name][language].format(SENDER)
        if wrap and len(line) > wrap:
            at = line.rindex(" ", 0, wrap)
            line = f"{line[:at]}\n{line[at + 1 :]}"
        return (FOOT[foot][language] if foot else ""), f"{line}\n"

    return introduce


def _block(order: str, foot: str = "", above: str = "", lower: bool = False) -> Introduce:
    """Return a header of labels: f(rom), s(ent), d(ate), t(o), S(ubject)."""

    def introduce(language: str) -> tuple[str, str]:
        labels = dict(zip("fsdtS", LABELS[language], strict=True))
        values = {"f": SENDER, "s": WHEN[language], "d": WHEN[language]}
        values |= {"t": "jan@bakery.example", "S": f"Re: {SUBJECT}"}
        colon = " :" if language == "fr" else ":"
        named = {key: label.lower() if lower else label for key, label in labels.items()}
        lines = [f"{named[key]}{colon} {values[key]}" for key in order]
        head = above.format(ORIGINAL[language])
        return (FOOT[foot][language] if foot else ""), f"{head}{chr(10).join(lines)}\n"

    return introduce


def _lotus(language: str) -> tuple[str, str]:
    """Return the header of Notes: each label with wide blanks, after a rule."""
    from_, _, date, to, subject = LABELS[language]
    rows = ((from_, SENDER), (to, "jan@bakery.example"), (date, "22/08/2026 19:21"))
    lines = [f"{label}:        {value}" for label, value in (*rows, (subject, f"Re: {SUBJECT}"))]
    return "", "\n".join(("_" * 30, *lines)) + "\n"


def _old_lotus(language: str) -> tuple[str, str]:
    """Return the header of old Notes: each label and each value on a line of its own."""
    _, _, _, to, subject = LABELS[language]
    lines = (SENDER, "22/08/2026 19:21", "", to, "jan@bakery.example", "cc", "")
    return "", "\n".join((*lines, subject, f"Re: {SUBJECT}")) + "\n"


def _orange(language: str) -> tuple[str, str]:
    """Return the header of a program that knows French only, whatever its user writes."""
    from_, _, _, to, subject = LABELS["fr"]
    lines = (
        "Message du 22/08/26 19:21",
        f'{from_} : "Sam Bos" <sam@seller.example>',
        f"{to} : jan@bakery.example",
        f"{subject} : Re: {SUBJECT}",
    )
    return "", "\n".join(f"> {line}" for line in lines) + "\n>"


ORIGINAL = {
    "en": "Original Message",
    "nl": "Oorspronkelijk bericht",
    "de": "Ursprüngliche Nachricht",
    "fr": "Message d'origine",
}
RULE = "_" * 32 + "\n"
CLIENTS: dict[str, Introduce] = {
    "Apple Mail": _line("apple"),
    "Apple iPhone": _line("apple", "iphone"),
    "Gmail": _line("gmail", wrap=60),
    "Outlook desktop": _block("fstS"),
    "Outlook old": _block("fstS", above="-----{}-----\n"),
    "Outlook web": _block("fstS", above=RULE),
    "Outlook mobile": _block("fstS", "outlook mobile", above=RULE),
    "Thunderbird": _line("thunderbird"),
    "Yahoo": _line("yahoo"),
    "GMX and web.de": _block("sftS"),
    "Orange": _orange,
    "Orange new": _block("sftS", lower=True),
    "ProtonMail": _line("proton", "proton"),
    "Lotus": _lotus,
    "Lotus old": _old_lotus,
}
MARKED = ("Apple Mail", "Apple iPhone", "Gmail", "Thunderbird", "Orange", "ProtonMail")
PAGES = ("Outlook web", "Outlook mobile")
