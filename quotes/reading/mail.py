"""E-mail (.eml) and saved web pages (.mhtml): the body, without what was sent to the recipient's program only."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

import regex

from quotes.reading.assembly import assembled
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, read_all
from quotes.reading.encoding import decode
from quotes.reading.markup import paragraphs_of_markup
from quotes.reading.webpage import webpage

_FILE_FACTOR = 10  # attachments make a message this much larger than its text


def read_mail(source: Source, options: ReadOptions) -> Iterator[Draft]:
    data = read_all(source, options.max_size * _FILE_FACTOR)
    message = message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise Refusal("not an e-mail: it has no header")
    if message.get("Snapshot-Content-Location") or source.name.lower().endswith((".mhtml", ".mht")):
        yield _saved_page(message, source)
        return
    part = message.get_body(("plain", "html"))
    if part is None:
        raise Refusal("an e-mail without text")
    text = _content(part)
    subject = _header(message, "Subject")
    name, address = parseaddr(_header(message, "From") or "")
    if part.get_content_subtype() == "html":
        assembly = assembled(paragraphs_of_markup(text))
        text, blocks = assembly.text, assembly.known
    else:
        blocks = ()
    yield Draft(
        text=text,
        path=source.path,
        title=regex.sub(r"^(?:(?:re|fwd?|aw|wg):\s*)+", "", subject, flags=regex.I) if subject else None,
        published=_date(message),
        author=name or address or None,
        url=source.url,
        blocks=blocks,
    )


def _saved_page(message: EmailMessage, source: Source) -> Draft:
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                url = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                return webpage(
                    payload, source.path, url=str(url) if url else source.url, charset=part.get_content_charset()
                )
    raise Refusal("a saved page without a page")


def _content(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, part.get_content_charset()) if isinstance(payload, bytes) and payload else ""


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date") or "").isoformat()
    except (ValueError, TypeError):
        return None
