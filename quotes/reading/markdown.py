"""Markdown, by markdown-it: the words without the signs, with headings, and the front matter as metadata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from quotes.model import Role
from quotes.reading.assembly import assembled, titled
from quotes.reading.dates import iso_date
from quotes.reading.draft import Draft, ReadOptions, Source, read_all
from quotes.reading.encoding import decode
from quotes.reading.fields import GUESSES

_FRONT_MATTER = regex.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)\r?\n(?P=fence)[ \t]*(?:\r?\n|\Z)", regex.S
)
_FIELD = regex.compile(r"^(?P<name>[A-Za-z][\w -]{0,30}?)\s*[:=]\s*(?P<value>\S.*?)\s*$", regex.M)


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Draft]:
    from markdown_it import MarkdownIt

    text = decode(read_all(source, options.max_size))
    fields: dict[str, str] = {}
    matter = _FRONT_MATTER.match(text)
    if matter:
        fields = {
            field["name"].casefold(): field["value"].strip("\"'[]") for field in _FIELD.finditer(matter["fields"])
        }
        text = text[matter.end() :]
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    found = {
        part: next((fields[name] for name in names if fields.get(name)), None)
        for part, names in GUESSES.items()
        if part != "text"
    }
    paragraphs = list(_paragraphs(tokens))
    first = next((words for words, role in paragraphs[:1] if role == "heading"), None)
    title = found["title"] or first
    assembly = assembled(titled(paragraphs, title))
    yield Draft(
        text=assembly.text,
        path=source.path,
        title=title,
        published=iso_date(found["published"] or ""),
        publisher=found["publisher"],
        author=found["author"],
        url=source.url or found["url"],
        blocks=assembly.known,
    )


def _paragraphs(tokens: list[Any]) -> Iterator[tuple[str, Role]]:
    role: Role = "body"
    for token in tokens:
        if token.type == "heading_open":
            role = "heading"
        elif token.type == "heading_close":
            role = "body"
        elif token.type == "inline":
            yield _words(token.children or []), role
        elif token.type in ("code_block", "fence"):
            yield token.content, "body"


def _words(children: list[Any]) -> str:
    """The words of a paragraph. A line break in the file is a space, one that is asked for is kept."""
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            pieces.append("\n")
        elif child.type == "image" and child.content:
            pieces.append(f"{child.content}\n")
    return "".join(pieces)
