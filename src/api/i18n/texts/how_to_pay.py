"""The texts of how to pay, in messages, letters, statements and pages, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "How to pay:": ("Zo betaalt u:", "So zahlen Sie:", "Comment payer :"),
    "- {name}: {value}": ("- {name}: {value}", "- {name}: {value}", "- {name} : {value}"),
    "QR code": ("QR-code", "QR-Code", "Code QR"),
    "Scan with your banking app": (
        "Scan met uw bankapp",
        "Mit Ihrer Banking-App scannen",
        "À scanner avec votre application bancaire",
    ),
    "Our account changed on {day}; the one before ended in {ending}. If you are not sure that "
    "this is from us, call the number that you know of us before you pay, not one that stands "
    "here.": (
        "Onze rekening is veranderd op {day}; de vorige eindigde op {ending}. Weet u niet zeker of "
        "dit van ons komt, bel dan voordat u betaalt het nummer dat u van ons kent, en niet een "
        "nummer dat hier staat.",
        "Unser Konto hat sich am {day} geändert; das vorige endete auf {ending}. Wenn Sie nicht "
        "sicher sind, dass dies von uns kommt, rufen Sie vor der Zahlung die Nummer an, die Sie "
        "von uns kennen, und keine, die hier steht.",
        "Notre compte a changé le {day} ; le précédent se terminait par {ending}. Si vous n'êtes "
        "pas sûr que ceci vienne de nous, appelez avant de payer le numéro que vous connaissez, et "
        "non un numéro indiqué ici.",
    ),
    "Since {day} debtors pay to account {iban}; the one before ended in {ending}. Call an "
    "administrator if you do not know why.": (
        "Sinds {day} betalen debiteuren op rekening {iban}; de vorige eindigde op {ending}. Bel "
        "een beheerder als je niet weet waarom.",
        "Seit {day} zahlen Kunden auf das Konto {iban}; das vorige endete auf {ending}. Rufen Sie "
        "einen Administrator an, wenn Sie nicht wissen, warum.",
        "Depuis le {day}, les clients paient sur le compte {iban} ; le précédent se terminait par "
        "{ending}. Appelez un administrateur si vous ne savez pas pourquoi.",
    ),
}
