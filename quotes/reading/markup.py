"""All paragraphs of a piece of HTML: for what is no web page with furniture (feeds, e-mails, books, records)."""

from __future__ import annotations

from typing import Any

import regex

from quotes.model import Role

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "button", "select", "input", "textarea", "iframe",
    "object",
    "video", "audio", "canvas", "nav", "head", "title", "form",
})  # fmt: skip
_ROLES: dict[str, Role] = {**dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"), "figcaption": "caption"}
_TAG = regex.compile(
    r"</?(?:p|div|br|span|a|strong|em|b|i|h[1-6]|ul|ol|li|blockquote|article|section|img)\b[^<>]{0,500}>", regex.I
)


def is_markup(text: str) -> bool:
    """Whether a field that should hold text holds HTML."""
    return len(_TAG.findall(text, 0, 20_000)) >= 2


def paragraphs_of_markup(markup: str) -> list[tuple[str, Role]]:
    """The paragraphs of an HTML fragment or document, in order."""
    from lxml import etree, html

    markup = regex.sub(r"^\s*<\?xml[^>]*\?>", "", markup)
    if not markup.strip():
        return []
    try:
        root = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return []
    return paragraphs_of_tree(root)


def paragraphs_of_tree(root: Any) -> list[tuple[str, Role]]:
    """The paragraphs below an lxml element."""
    walk = _Walk()
    walk.enter(root)
    walk.close("body")
    return walk.paragraphs


class _Walk:
    def __init__(self) -> None:
        self.paragraphs: list[tuple[str, Role]] = []
        self.words: list[str] = []

    def close(self, role: Role) -> None:
        words = "".join(self.words).strip()
        self.words.clear()
        if words:
            self.paragraphs.append((words, role))

    def enter(self, root: Any) -> None:
        """Depth first without recursion: pages nest deeper than Python's stack."""
        stack: list[tuple[Any, Role, bool]] = [(root, "body", False)]
        while stack:
            element, role, leaving = stack.pop()
            if leaving:
                if element.tag in _BLOCKS:
                    self.close(role)
                if element.tail and element is not root:
                    self.words.append(regex.sub(r"\s+", " ", element.tail))
                continue
            tag = element.tag
            inner: Role = role if not isinstance(tag, str) else _ROLES.get(tag, role)
            if not isinstance(tag, str) or tag in _DROPPED:
                if element.tail and element is not root:
                    self.words.append(regex.sub(r"\s+", " ", element.tail))
                continue
            if tag in _BLOCKS:
                self.close(role)
            elif tag == "br":
                self.words.append("\n")
            if element.text:
                self.words.append(element.text if tag == "pre" else regex.sub(r"\s+", " ", element.text))
            stack.append((element, inner, True))
            stack.extend((child, inner, False) for child in reversed(element))
