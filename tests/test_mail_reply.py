"""What was newly written, in many languages and by many habits."""
# ruff: noqa: RUF001

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.mail.reply import newly_written

QUOTE = "\n\n> Please pay invoice 2026-0017.\n> Kind regards\n"
HEADERS = {
    "English": "On Mon, Mar 2, 2026 at 9:14 AM Ann Bos <ann@seller.example> wrote:",
    "English, broken": "On Mon, Mar 2, 2026 at 9:14 AM Ann Bos <\nann@seller.example> wrote:",
    "Dutch": "Op ma 2 mrt 2026 om 09:14 schreef Ann Bos <ann@seller.example>:",
    "Dutch, phone": "Op 2 mrt. 2026 09:14 schreef Ann Bos <ann@seller.example> het\n"
    "volgende geschreven:",
    "German": "Am Mo., 2. März 2026 um 09:14 Uhr schrieb Ann Bos <ann@seller.example>:",
    "German, name first": "Ann Bos <ann@seller.example> schrieb am Mo., 2. März 2026, 09:14:",
    "French": "Le lun. 2 mars 2026 à 09:14, Ann Bos <ann@seller.example> a écrit :",
    "Spanish": "El lun, 2 mar 2026 a las 9:14, Ann Bos (<ann@seller.example>) escribió:",
    "Portuguese": "Em seg., 2 de mar. de 2026 às 09:14, Ann Bos <ann@seller.example> escreveu:",
    "Italian": "Il giorno lun 2 mar 2026 alle ore 09:14 Ann Bos <ann@seller.example> ha scritto:",
    "Swedish": "Den mån 2 mars 2026 kl 09:14 skrev Ann Bos <ann@seller.example>:",
    "Danish": "Den man. 2. mar. 2026 kl. 09.14 skrev Ann Bos <ann@seller.example>:",
    "Norwegian": "man. 2. mars 2026 kl. 09:14 skrev Ann Bos <ann@seller.example>:",
    "Finnish": "ma 2. maalisk. 2026 klo 9.14 Ann Bos (ann@seller.example) kirjoitti:",
    "Polish": "pon., 2 mar 2026 o 09:14 Ann Bos <ann@seller.example> napisał(a):",
    "Czech": "po 2. 3. 2026 v 9:14 odesílatel Ann Bos <ann@seller.example> napsal:",
    "Slovak": "po 2. 3. 2026 o 9:14 Ann Bos <ann@seller.example> napísal(a):",
    "Hungarian": "Ann Bos <ann@seller.example> ezt írta (időpont: 2026. márc. 2., H, 9:14):",
    "Romanian": "În lun., 2 mar. 2026 la 09:14, Ann Bos <ann@seller.example> a scris:",
    "Russian": "пн, 2 мар. 2026 г. в 09:14, Ann Bos <ann@seller.example> написал(а):",
    "Ukrainian": "пн, 2 бер. 2026 р. о 09:14 Ann Bos <ann@seller.example> пише:",
    "Turkish": "Ann Bos <ann@seller.example>, 2 Mar 2026 Pzt, 09:14 tarihinde şunu yazdı:",
    "Greek": "Στις Δευ 2 Μαρ 2026 στις 9:14 π.μ., ο Ann Bos <ann@seller.example> έγραψε:",
    "Chinese": "Ann Bos <ann@seller.example> 於 2026年3月2日 週一 上午9:14寫道：",
}
BLOCKS = {
    "English": "From: Ann Bos\nSent: Monday, 2 March 2026 09:14\nTo: Jan\nSubject: Invoice",
    "English, bold": "*From:* Ann\n*Sent:* Monday\n*To:* Jan;\n Piet\n*Subject:* Invoice",
    "Dutch": "Van: Ann Bos\nVerzonden: maandag 2 maart 2026 09:14\nAan: Jan\nOnderwerp: Factuur",
    "German": "Von: Ann Bos\nGesendet: Montag, 2. März 2026 09:14\nAn: Jan\nBetreff: Rechnung",
    "French": "De : Ann Bos\nEnvoyé : lundi 2 mars 2026 09:14\nÀ : Jan\nObjet : Facture",
    "Spanish": "De: Ann Bos\nEnviado: lunes, 2 de marzo de 2026\nPara: Jan\nAsunto: Factura",
    "Italian": "Da: Ann Bos\nInviato: lunedì 2 marzo 2026\nA: Jan\nOggetto: Fattura",
    "Swedish": "Från: Ann Bos\nSkickat: den 2 mars 2026\nTill: Jan\nÄmne: Faktura",
    "Danish": "Fra: Ann Bos\nSendt: 2. marts 2026\nTil: Jan\nEmne: Faktura",
    "Finnish": "Lähettäjä: Ann\nLähetetty: maanantai\nVastaanottaja: Jan\nAihe: Lasku",
    "Polish": "Od: Ann Bos\nWysłano: poniedziałek\nDo: Jan\nTemat: Faktura",
    "Czech": "Od: Ann Bos\nOdesláno: pondělí\nKomu: Jan\nPředmět: Faktura",
    "Russian": "От: Ann Bos\nОтправлено: понедельник\nКому: Jan\nТема: Счёт",
    "Apple, date last": "From: Ann Bos\nSubject: Invoice\nDate: 2 March 2026\nTo: Jan",
}
WORDS = "The goods of 2026-0017 were broken.\n\nSee the photo.\n\nJan"


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_quotation_header_ends_it(header: str) -> None:
    assert newly_written(f"{WORDS}\n\n{header}{QUOTE}") == WORDS


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_an_answer_below_the_quotation_is_heard(header: str) -> None:
    assert newly_written(f"{header}{QUOTE}\n{WORDS}\n") == WORDS


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_an_outlook_header_ends_it(block: str) -> None:
    text = f"{WORDS}\n\n________________________________\n{block}\n\nPlease pay.\n"
    assert newly_written(text) == WORDS


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "-------- Ursprüngliche Nachricht --------",
        "-----Oorspronkelijk bericht-----",
        "----- Message d'origine -----",
        "---------- Forwarded message ---------",
    ],
)
def test_a_separator_ends_it(line: str) -> None:
    assert newly_written(f"{WORDS}\n\n{line}\nPlease pay.\n") == WORDS


@pytest.mark.parametrize(
    "end",
    [
        "-- \nJan de Vries\nBakery Ltd\nVAT NL123",
        "Sent from my iPhone",
        "Verzonden vanaf mijn iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Get Outlook for Android<https://aka.ms/x>",
        "________________",
    ],
)
def test_what_ends_every_mail_of_his_is_left_out(end: str) -> None:
    assert newly_written(f"{WORDS}\n\n{end}\n") == WORDS


def test_answers_between_the_quoted_lines_keep_what_they_answer() -> None:
    answers = "> Was it delivered?\n\nNo.\n\n> Will you pay the rest?\n\nOn Friday."
    text = f"Hello Ann,\n\n{HEADERS['English']}\n{answers}\n\n> Kind regards\n"
    assert newly_written(text) == f"Hello Ann,\n\n{answers}"


@pytest.mark.parametrize(
    "text",
    [
        "On 3 March we wrote to you about this.\nNobody answered.",
        "On Monday:\n- two boxes were missing",
        "From: 1 March\nto: 31 March we were closed.",
        "As agreed:\n\n- 100.00 now\n- the rest in May",
        "I am writing because of:\n-- the price\n-- the date",
        "> You said it was paid.\n\nIt is not.",
        "Our warehouse wrote on 12.03.2026: goods arrived broken.",
        "Sent from my desk, is much easier than my phone.",
        "👍",
    ],
)
def test_plain_words_stay(text: str) -> None:
    assert newly_written(text) == text


@pytest.mark.parametrize("words", ["We pay on Friday", "Solved", "Wij hebben deze nooit ontvangen"])
@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_header_that_is_quoted_itself_takes_nothing_from_above(words: str, header: str) -> None:
    quoted = "\n".join(f"> {line}" for line in (*header.split("\n"), "", "Hi"))
    assert newly_written(f"{words}\n\n{quoted}\n") == words
    assert newly_written(f"{words}\n{quoted}\n") == words
    assert newly_written(f"{quoted}\n\n{words}\n") == words


def test_a_header_within_a_quotation_takes_no_answer_from_below() -> None:
    header = HEADERS["English"]
    text = f"{header}\n> {header}\n>> Please pay.\n> When?\n\nOn Friday.\n"
    assert newly_written(text) == "On Friday."


def test_nothing_newly_written_is_nothing() -> None:
    assert newly_written(f"{HEADERS['English']}{QUOTE}") == ""
    assert newly_written("") == ""


def test_a_text_too_long_to_be_written_by_hand_is_cut_at_a_line() -> None:
    reply = newly_written("word\n" * 100_000)
    assert len(reply) < 200_000
    assert set(reply.split("\n")) == {"word"}


LINES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from([*HEADERS.values(), *BLOCKS.values(), "> x", "--", "", "wrote:", "From:"]),
    ),
    max_size=30,
)


@given(LINES)
def test_every_line_of_the_reply_stands_in_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert set(newly_written(text).split("\n")) <= {"", *text.split("\n")}
