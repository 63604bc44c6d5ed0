"""The creditor's own colour: whatever it is, what is written in it and on it can be read."""

import math
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import strategies as st

from api.http.auth.keys import Role
from api.pages.kit.accent import address_of, hue_and_chroma, style_sheet
from ledger.facts.creditor import CreditorDescribed
from support.desk import desk_user, faults, hidden, plain
from support.http_clients import HttpClients, refused

STYLE = (Path(__file__).parents[1] / "src/api/pages/static/dossier.css").read_text()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
LEAST = 4.5  # WCAG 2.2, 1.4.3
GROUNDS = ("paper", "card", "sunk", "tint")
Rgb = tuple[float, float, float]


def token(name: str, dark: bool, hue: float, chroma: float) -> Rgb:
    """Return a token of the style sheet in linear sRGB, as a screen of sRGB shows it."""
    [pair] = re.findall(rf"--{name}: light-dark\((oklch\(.*\)), (oklch\(.*\))\);", STYLE)
    text = pair[dark].removeprefix("oklch(").removesuffix(")")
    text = text.replace("var(--chroma)", f"{chroma}").replace("var(--hue)", f"{hue}")
    found = re.fullmatch(r"(\S+) (?:min\((\S+), (\S+)\)|(\S+)) (\S+)", text)
    assert found, text
    lightness, least, most, fixed, turned = found.groups()
    c = float(fixed) if fixed else min(float(least), float(most))
    return from_oklch(float(lightness), c, math.radians(float(turned)))


def from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    first, second, third = (min(max(part, 0), 1) for part in (red, green, blue))
    return first, second, third


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours as WCAG has it."""
    dark, light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (light + 0.05) / (dark + 0.05)


@given(st.integers(0, 0xFFFFFF))
@example(0xFFE600)  # a yellow on which nothing white can be read
@example(0x000000)
@example(0xFFFFFF)
@example(0x00FFFF)
def test_what_is_written_in_any_colour_and_on_it_can_be_read(number: int) -> None:
    colour = hue_and_chroma(f"{number:06x}")
    for dark in (False, True):
        of = {
            name: token(name, dark, *colour)
            for name in (*GROUNDS, "accent", "accent-2", "on-accent")
        }
        for accent, ground in product(("accent", "accent-2"), GROUNDS):
            assert contrast(of[accent], of[ground]) >= LEAST, (accent, ground, dark)
        for accent in ("accent", "accent-2"):
            assert contrast(of["on-accent"], of[accent]) >= LEAST, (accent, dark)


@pytest.mark.parametrize(
    ("colour", "hue", "chroma"),
    [
        ("ff0000", 29.2, 0.2577),
        ("00ff00", 142.5, 0.2948),
        ("0000ff", 264.1, 0.3132),
        ("808080", 0, 0),
    ],
)
def test_hue_and_chroma_are_those_of_oklch(colour: str, hue: float, chroma: float) -> None:
    """Check against the values that CSS Color 4 gives for the primaries."""
    assert hue_and_chroma(colour) == pytest.approx((hue, chroma), abs=0.05)


@pytest.fixture
def open_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_PUBLIC_FORM", "default")


@pytest.mark.no_worker
def test_the_pages_of_a_creditor_have_their_colour(open_form: None, http: HttpClients) -> None:
    admin = http.person(Role.ADMIN)
    assert "accent-" not in contact_form(http.client)
    admin.record("/creditor", {"accent": "#0A7D3C"})
    assert admin.get("/creditor").json()["accent"] == "#0a7d3c"
    address = address_of("#0a7d3c")
    assert f'<link rel="stylesheet" href="{address}" />' in contact_form(http.client)
    sheet = http.client.get(address)
    assert ":root { --hue: 150.9; --chroma: 0.1362; }" in sheet.text
    assert "#0a7d3c" in sheet.text, "as it is, where nothing is written"
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet.headers["cache-control"]
    admin.record("/creditor", {"accent": ""})
    assert "accent-" not in contact_form(http.client)


@pytest.mark.parametrize("name", ["accent-green.css", "accent-0a7d3.css", "accent-0a7d3c;.css"])
def test_there_is_no_style_sheet_of_what_is_no_colour(name: str) -> None:
    assert style_sheet(name) is None


def contact_form(client: TestClient) -> str:
    return client.get("/contact/default").text


@pytest.mark.no_worker
@pytest.mark.parametrize("accent", ["green", "#0a7", "#0a7d3c; }", "0a7d3c"])
def test_what_is_no_colour_is_refused(http: HttpClients, accent: str) -> None:
    answer = http.person(Role.ADMIN).post("/creditor", {"accent": accent})
    refused(answer, 409, "refused", "/accent")


@pytest.mark.no_worker
def test_logo_and_colour_are_changed_on_a_page_and_stand_in_the_book(http: HttpClients) -> None:
    eva = desk_user(http, Role.ADMIN, "eva")

    def keep(file: bytes = b"", **fields: str) -> Any:
        form = hidden(eva.page("/admin/firm")) | fields
        given = {"file": ("logo.svg", file, "image/svg+xml")}
        return eva.request("POST", "/admin/firm", data=form, files=given)

    answer = keep(SVG, accent="#0A7D3C")
    assert "The changes are kept." in plain(eva.page(answer.headers["location"]))
    shown = eva.get("/admin/firm/logo")
    assert (shown.content, shown.headers["content-type"]) == (SVG, "image/svg+xml")
    assert "sandbox" in shown.headers["content-security-policy"]
    [colour, logo] = http.recorded(CreditorDescribed)
    assert (colour.accent, logo.logo.media_type) == ("#0a7d3c", "image/svg+xml")
    for file, fields, fault in (
        (b"", {"accent": "green"}, "is not a colour"),
        (b"<svg><script/></svg>", {"accent": ""}, "A logo is a PNG, or an SVG that only draws"),
    ):
        refusal = keep(file, **fields)
        assert refusal.status_code == 422
        assert fault in faults(refusal.text)[-1]
    assert len(http.recorded(CreditorDescribed)) == 2, "of what is refused nothing is recorded"
    keep(accent="#0a7d3c", no_logo="1")
    assert eva.get("/admin/firm/logo").status_code == 404
