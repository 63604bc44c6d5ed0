"""The portal in the reader's language: no text is missing."""

import re
from pathlib import Path

from api.i18n.texts import TEXTS
from api.pages.portal import account as account_page
from api.pages.portal import act_routes, course, details, dispute, views

HERE = Path(str(views.__file__)).parent
CALL = re.compile(
    r"""(?:\b_|\bwords|number_of|_notice)\(\s*(?:_, \d+, )?((?:"(?:[^"\\]|\\.)+"\s*)+)"""
)


def texts() -> set[str]:
    """Return the texts of the pages, and those that a table names."""
    found = {
        *views.DONE.values(),
        *account_page.DID.values(),
        *course.SENT.values(),
        *course.ENDED.values(),
        *course.MONEY.values(),
        *dispute.WANTED.values(),
        *(label for label, _most in details.FIELDS.values()),
        *(act.title for act in act_routes.ACTS),
    }
    for file in [*HERE.glob("*.html"), *HERE.glob("*.py")]:
        for quoted in CALL.findall(file.read_text("utf-8")):
            found.add("".join(re.findall(r'"((?:[^"\\]|\\.)+)"', quoted)))
    return found


def test_every_text_of_the_portal_is_in_the_table() -> None:
    assert len(texts()) > 150
    assert texts() - set(TEXTS) == set()
