"""The texts of the pages by screen: the English text is the key of the Dutch, German and French."""

from api.i18n.texts import (
    acts,
    admin,
    books,
    disputes,
    frame,
    messages,
    portal,
    portal_account,
    portal_acts,
    portal_disputes,
    public,
    reports,
    resolver,
    rule_changes,
    rules,
    sign_in,
    today,
)

PARTS = (
    acts.TEXTS,
    admin.TEXTS,
    books.TEXTS,
    disputes.TEXTS,
    frame.TEXTS,
    messages.TEXTS,
    portal.TEXTS,
    portal_account.TEXTS,
    portal_acts.TEXTS,
    portal_disputes.TEXTS,
    public.TEXTS,
    reports.TEXTS,
    resolver.TEXTS,
    rule_changes.TEXTS,
    rules.TEXTS,
    sign_in.TEXTS,
    today.TEXTS,
)
TEXTS = {key: texts for part in PARTS for key, texts in part.items()}
