"""How mail programs introduce a quotation, in the languages of Europe and a few more."""

import re

# ruff: noqa: RUF001

_WROTE = (
    "wrote|writes|schrieb|geschrieben|schreef|geschreven|a écrit|ha scritto|escribió|ha escrito|"
    "escreveu|napisał|napisała|napisał[(]a[)]|pisze|skrev|kirjoitti|написал|написала|"
    "написал[(]а[)]|пишет|написав|пише|napsal|napsala|napsal[(]a[)]|napísal|napísal[(]a[)]|"
    "je napisao|je napisal|a scris|írta|yazdı|έγραψε|kirjutas|rakstīja|rašė|написа|"
    "va escriure|写道|寫道|のメール|書きました|작성|님이 작성"
)
WROTE = re.compile(rf"(?<!\w)(?:{_WROTE})(?!\w)|写道|寫道|書きました|작성", re.I)
ALONE = re.compile(rf"(?:{_WROTE})[\s:]*$", re.I)  # the verb on a line of its own

_OPENINGS = (
    "on|at|in|le|am|vom|op|el|il|em|den|dne|dňa|dnia|w dniu|pe|pá|la|în|στις|tarihinde|"
    "mon|tue|wed|thu|fri|sat|sun|ma|di|wo|do|vr|za|zo|ti|ke|to|su|man|tir|ons|tor|fre|lør|søn|"
    "lun|mar|mer|jeu|ven|sam|dim|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|"
    "суббота|воскресенье"
)
OPENING = re.compile(rf"[\s*_-]*(?:(?:{_OPENINGS})[\s.,]|\d)", re.I)

WHEN = re.compile(  # a year, a time of day, or a date in figures
    r"\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年"
)
BARE = re.compile(  # headers without a verb
    r"\d{4}-\d\d-\d\d \d\d:\d\d GMT[+-]\d\d:\d\d "
    r"|.{1,60}---\d\d?[./-]\d\d?[./-]\d{2,4} \d\d?:\d\d(?::\d\d)?---"
    r"|message du \d\d/\d\d/\d\d(?:\d\d)?(?: à)? \d\d:\d\d$"
    r"|\d{4}[/-]\d\d?[/-]\d\d? .{0,200}<\S{1,100}@\S{1,100}>:?$"
    r"|(?=.{0,80}(?:19|20)\d\d)(?=.{0,80}\d:\d\d).{10,200}<\S{1,100}@\S{1,100}>:$",
    re.I,
)
SENDER = re.compile(r"[^:<>]{0,100}<[^\s<>]{1,100}@[^\s<>]{1,100}>\s*$")  # of old Notes

_MESSAGE = (
    "original message|message d'origine|mail original|mail d'origine|message original|"
    "message transféré|forwarded message|"
    "reply message|begin forwarded message|ursprüngliche nachricht|originalnachricht|"
    "weitergeleitete nachricht|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|"
    "mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|"
    "messaggio originale|messaggio inoltrato|ursprungligt meddelande|originalmeddelande|"
    "vidarebefordrat meddelande|oprindelig meddelelse|oprindelig besked|"
    "opprinnelig melding|videresendt meddelelse|"
    "alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa|"
    "исходное сообщение|пересылаемое сообщение|eredeti üzenet|mesaj original|"
    "özgün ileti|orijinal mesaj|αρχικό μήνυμα|原始邮件|元のメッセージ|원본 메시지"
)
SEPARATOR = re.compile(rf"[\s*]*[-_=]{{2,20}}\s*(?:{_MESSAGE})\b[^-_=]{{0,60}}[-_=]*\s*$", re.I)

LABELS = {
    "from": "from von de van da från fra od от lähettäjä kimden feladó expéditeur remetente"
    " mittente afsender avsändare отправитель από 差出人 发件人 寄件者",
    "sent": "sent date gesendet datum envoyé verzonden enviado enviada fecha data inviato skickat"
    " sendt dato wysłano wysłane odesláno odoslané dátum lähetetty päivämäärä отправлено дата"
    " gönderildi tarih elküldve küldve ημερομηνία 送信日時 日期 发送时间",
    "to": "to an à aan para a till til do komu кому vastaanottaja kime címzett προς 宛先 收件人",
    "copy": "cc kopie copie kopia копия",
    "subject": "subject betreff betrifft objet onderwerp asunto assunto oggetto ämne emne temat"
    " předmět predmet тема aihe konu tárgy subiect θέμα 件名 主题",
}
LABEL_OF = {word: label for label, words in LABELS.items() for word in words.split()}
LABEL = re.compile(r"[\s*_]*([^\W\d_]{1,14})[\s*_]?\s?[:：]")

_SENT_FROM = (
    r"sent (?:from|via|with|by)|get|download|outlook for|envoyé (?:depuis|de|à partir)|"
    r"télécharge[zr] outlook|von mein\w+ .{1,40} gesendet|gesendet (?:von|mit|aus)|"
    r"diese nachricht wurde (?:von|mit)|outlook für|verzonden (?:met|vanaf|vanuit|via)|"
    r"verstuurd (?:vanaf|via|met)|outlook voor|enviado (?:desde|do|de|con|via)|outlook para|"
    r"inviato (?:da|con)|wysłan[oe] z|skickat från|sendt fra|lähetetty|отправлено (?:с|из)|"
    r"odesláno z|elküldve|从我的|從我的|iphoneから|"
    r"(?:\w{1,20} )?from (?:my )?(?:mobile|iphone|ipad|android|phone)"
)
LINK = re.compile(r"\]?[<(]?https?://[^\s<>()]{1,200}[>)]?")
_NO_MORE = r"[^,.]{0,60}|[^,.]{0,40}[,.]\s*(?:please |pls )?excuse.{0,40}"  # than the device
SENT_FROM = re.compile(rf"\W{{0,4}}(?:{_SENT_FROM})(?:{_NO_MORE})\W{{0,4}}$", re.I)
