"""The smallest parts of a page: a page has hundreds of them, so each is made once."""

from functools import lru_cache
from typing import Protocol

from markupsafe import Markup

from api.pages.kit.static import ADDRESSES

SPRITE = ADDRESSES["icons.svg"]


class Amount(Protocol):
    """An amount as the reader writes it, and its currency."""

    @property
    def figures(self) -> str: ...

    @property
    def code(self) -> str: ...


@lru_cache(maxsize=512)
def icon(name: str, tone: str = "") -> Markup:
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(
        f"icon {tone}".strip(), SPRITE, name
    )


@lru_cache(maxsize=128)
def glyph(name: str) -> Markup:
    return Markup('<svg class="glyph" aria-hidden="true"><use href="{}#s-{}"/></svg>').format(
        SPRITE, name
    )


@lru_cache(maxsize=16_384)
def money(amount: Amount) -> Markup:
    return Markup('<span class="money">{} <abbr>{}</abbr></span>').format(
        amount.figures, amount.code
    )


@lru_cache(maxsize=1024)
def badge(shape: str, word: str, tone: str = "") -> Markup:
    """Return a badge. The shape is a glyph; the tone late, disputed, promised, paid or new."""
    return Markup('<span class="badge {}">{}{}</span>').format(tone, glyph(shape), word)
