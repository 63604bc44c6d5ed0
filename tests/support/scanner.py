"""A banking app that scans: it reads the QR codes of printed pages."""

from base64 import b64encode
from email.message import EmailMessage

import pypdfium2
import zxingcpp
from playwright.sync_api import Browser


def scanned(pdf: bytes) -> list[str]:
    """Return the contents of the QR codes on the pages, as they are drawn."""
    found = list[str]()
    for page in pypdfium2.PdfDocument(pdf):
        drawn = page.render(scale=3, grayscale=True)
        grey = memoryview(bytes(drawn.buffer)).cast("B", (drawn.height, drawn.stride))
        found += [code.text for code in zxingcpp.read_barcodes(grey)]
    return found


def printed_mail(browser: Browser, mail: EmailMessage) -> bytes:
    """Return the HTML of a mail with its pictures, as a PDF."""
    parts = [*mail.walk()]
    html = next(part for part in parts if part.get_content_type() == "text/html").get_content()
    for part in parts:
        if part["Content-ID"]:
            data = b64encode(part.get_content()).decode()
            cid = str(part["Content-ID"]).strip("<>")
            html = html.replace(f"cid:{cid}", f"data:{part.get_content_type()};base64,{data}")
    page = browser.new_page()
    page.set_content(html)
    printed = page.pdf()
    page.close()
    return printed
