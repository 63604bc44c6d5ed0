"""What is wrong with the text of a playbook, or with a request, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "{kind} is needed": (
        "verwacht: {kind}",
        "erwartet: {kind}",
        "attendu : {kind}",
    ),
    "{kind} is needed, not {got}": (
        "verwacht: {kind}, niet {got}",
        "erwartet: {kind}, nicht {got}",
        "attendu : {kind}, pas {got}",
    ),
    "{kind} {bound} is needed": (
        "verwacht: {kind} {bound}",
        "erwartet: {kind} {bound}",
        "attendu : {kind} {bound}",
    ),
    "the length must be {length}": (
        "de lengte moet {length} zijn",
        "die Länge muss {length} sein",
        "la longueur doit être {length}",
    ),
    "is not written as it should be": (
        "is niet geschreven zoals het hoort",
        "ist nicht so geschrieben, wie es sein soll",
        "n'est pas écrit comme il se doit",
    ),
    "{name} is missing": ("{name} ontbreekt", "{name} fehlt", "{name} manque"),
    "there is no field {name}": (
        "er is geen veld {name}",
        "es gibt kein Feld {name}",
        "il n'y a pas de champ {name}",
    ),
    "{name} is none of the values that are allowed here": (
        "{name} is niet een van de waarden die hier mogen",
        "{name} ist keiner der Werte, die hier erlaubt sind",
        "{name} n'est pas l'une des valeurs permises ici",
    ),
    "this is not an amount; write it as 1210.00": (
        "dit is geen bedrag; schrijf het als 1210.00",
        "das ist kein Betrag; schreiben Sie ihn als 1210.00",
        "ce n'est pas un montant ; écrivez-le comme 1210.00",
    ),
    # phrases
    "a phrase has 1 to {count} words": (
        "een uitdrukking heeft 1 tot {count} woorden",
        "ein Ausdruck hat 1 bis {count} Wörter",
        "une expression a de 1 à {count} mots",
    ),
    "... stands between words, not before or after them": (
        "... staat tussen woorden, niet ervoor of erna",
        "... steht zwischen Wörtern, nicht davor oder danach",
        "... se met entre des mots, ni avant ni après",
    ),
    "... stands once between two words, and {count} times at most": (
        "... staat één keer tussen twee woorden, en hooguit {count} keer",
        "... steht einmal zwischen zwei Wörtern und höchstens {count}-mal",
        "... se met une fois entre deux mots, et {count} fois au plus",
    ),
    "{word}: * stands at the end of a word": (
        "{word}: * staat aan het einde van een woord",
        "{word}: * steht am Ende eines Wortes",
        "{word} : * se met à la fin d'un mot",
    ),
    "{word} is not a word": (
        "{word} is geen woord",
        "{word} ist kein Wort",
        "{word} n'est pas un mot",
    ),
    # a request
    "At most {limit} bytes": (
        "Hoogstens {limit} bytes",
        "Höchstens {limit} Bytes",
        "Au plus {limit} octets",
    ),
    "Not Found": (
        "Deze pagina bestaat niet",
        "Diese Seite gibt es nicht",
        "Cette page n'existe pas",
    ),
    "Method Not Allowed": (
        "Dat kan op deze pagina niet",
        "Das geht auf dieser Seite nicht",
        "Ce n'est pas possible sur cette page",
    ),
}
