"""The texts of refusals on the pages, by code: Dutch, German and French. One file a subject."""

from api.i18n.refusal_texts import absent, amounts, disputes, follow_up, settings

TRANSLATIONS: dict[str, tuple[str, str, str]] = {
    **absent.TRANSLATIONS,
    **amounts.TRANSLATIONS,
    **disputes.TRANSLATIONS,
    **follow_up.TRANSLATIONS,
    **settings.TRANSLATIONS,
}
