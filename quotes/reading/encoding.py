"""Bytes to text: Unicode by its own rules, everything older by charset-normalizer with a bias to Windows-1252."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, TextIO, cast

from quotes.reading.draft import Refusal

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = [
    "cp1252",
    "mac_roman",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "koi8_r",
]
_SAMPLE = 60_000  # bytes looked at to recognise an encoding
_TEXT_CONTROLS = frozenset("\t\n\r\f\v\x1b\x1c\x1d\x1e\x1f\x85\x00")
_TOLERATED_CONTROLS = 0.01  # share of control characters in what still counts as text
# What an 8-bit text in English has above ASCII: typographic punctuation, currency, and accented Latin letters.
_WINDOWS_BYTES = bytes(range(0x80, 0x100)).translate(None, b"\x81\x8d\x8f\x90\x9d")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data`` without its byte order mark, line ends as they are.

    ``declared`` is an encoding that the format names; it is used when it fits. Raises Refusal for what is no text.
    """
    encoding = encoding_of(data, declared)
    mark = next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")
    try:
        return _checked(data[len(mark) :].decode(encoding))
    except UnicodeDecodeError as error:
        raise Refusal(f"damaged text: not valid {encoding.upper()} at byte {error.start + len(mark)}") from None


def encoding_of(data: bytes, declared: str | None = None, cut: bool = False) -> str:
    """The name of the encoding of ``data``. Raises Refusal for binary data.

    ``cut`` says that ``data`` is the beginning of something longer, so that its last character may be incomplete.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    wide = _wide_encoding(data)
    if wide:
        return wide
    for encoding in filter(None, ("utf-8", declared)):
        try:
            codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not cut)
        except (UnicodeDecodeError, LookupError):
            continue
        return encoding
    return _legacy_encoding(data)


def text_stream(stream: BinaryIO) -> tuple[TextIO, bytes]:
    """A stream of bytes as one of text, line ends as they are, and the bytes it begins with.

    Bytes that do not fit the encoding of the beginning become replacement characters. Raises Refusal for binary data,
    and where there is nothing.
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _SAMPLE)
    head = buffered.peek(_SAMPLE)
    if not head.strip():
        raise Refusal("empty file")
    mark = next((mark for mark, _ in _MARKS if head.startswith(mark)), b"")
    buffered.read(len(mark))
    return io.TextIOWrapper(buffered, encoding=encoding_of(head, cut=True), errors="replace", newline=""), head


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: in English every second byte is zero."""
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _legacy_encoding(data: bytes) -> str:
    """The 8-bit or East Asian encoding of ``data``.

    The detector cannot tell Windows-1252 from its siblings in a short text (a few quotation marks are the same in all
    of them), so its verdict counts only when there are many bytes above ASCII; else Windows-1252 it is, if it fits.
    """
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    fits = not data.translate(None, bytes(range(0x80)) + _WINDOWS_BYTES)
    if fits and high <= max(8, 0.06 * len(sample)):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    if best is not None and not (fits and "cp1252" in best.could_be_from_charset):
        try:
            data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
        else:
            return best.encoding
    if not fits:
        raise Refusal("binary data, not text")
    return "cp1252"


def _checked(text: str) -> str:
    """``text``, unless it is binary data that happened to decode."""
    sample = text[:_SAMPLE]
    controls = sum(
        1
        for character in sample
        if (character < " " or "\x7f" <= character <= "\x9f") and character not in _TEXT_CONTROLS
    )
    zeros = sample.count("\x00")
    if zeros > 0 or controls > _TOLERATED_CONTROLS * len(sample):
        raise Refusal("binary data, not text")
    return text
