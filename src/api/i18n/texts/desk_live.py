"""The texts of what lives on the desk: changes by others, views, undo, settings, the digest."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Changed by {who}.": (
        "Gewijzigd door {who}.",
        "Geändert von {who}.",
        "Modifié par {who}.",
    ),
    "Show": ("Tonen", "Anzeigen", "Afficher"),
}
