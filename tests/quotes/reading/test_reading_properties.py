"""What holds for every text and every file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.model import ROLES, Article
from quotes.reading import ReadOptions, Unreadable, article_from_text, read

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\u2028",
        "\x85",
        "\x0c",
        "“",
        "”",
        '"',
        "READ MORE: x",
        "RECOMMENDED",
        "By Ann Oak",
        "April 6, 2021",
        "SOURCE:Reuters",
        "SKERRY (Reuters) - ",
        "SKERRY — ",
        "Photo: x",
        "Ann OakAnn Oak",
        "Question: ",
        "Q  ",
        "She said that it was out.",
        "A heading",
        "©",
        "- item",
        "\u200b",
        "\u00a0",
        "🕯",
        "Published: ",
        "{",
        "}",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_blocks_cover_the_unchanged_text(text: str) -> None:
    article = article_from_text(text)
    assert article.text == text
    covered = [0] * len(text)
    end = 0
    for block in article.blocks:
        assert block.role in ROLES
        assert end <= block.span.start < block.span.end <= len(text)
        words = block.span.of(text)
        assert words == words.strip()
        for index in range(block.span.start, block.span.end):
            covered[index] += 1
        end = block.span.end
    assert all(covered[index] == 1 for index, character in enumerate(text) if not character.isspace())


SUFFIXES = st.sampled_from(
    [
        ".txt",
        ".html",
        ".json",
        ".jsonl",
        ".csv",
        ".tsv",
        ".parquet",
        ".pdf",
        ".docx",
        ".odt",
        ".epub",
        ".md",
        ".eml",
        ".rss",
        ".xml",
        ".warc",
        ".zip",
        ".tar",
        ".tgz",
        ".gz",
        ".bz2",
        ".xz",
        ".mhtml",
        "",
    ]
)
HEADS = st.sampled_from(
    [
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\x1f\x8b\x08\x00",
        b"PAR1",
        b"WARC/1.0\r\n",
        b"<html><body><p>",
        b"<?xml version='1.0'?><rss>",
        b"[{",
        b'{"text": "',
        b"text,title\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"From: a\nSubject: b\n\n",
        b"BZh9",
        b"\xfd7zXZ\x00",
        b"# ",
    ]
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SUFFIXES, HEADS, st.binary(max_size=400), st.booleans())
def test_any_bytes_give_articles_or_reasons(suffix: str, head: bytes, rest: bytes, every_language: bool) -> None:
    options = ReadOptions(languages=() if every_language else ("en",))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"file{suffix}")
        path.write_bytes(head + rest)
        found = list(read([str(path)], options))
    assert found
    for item in found:
        assert isinstance(item, Article | Unreadable)
        if isinstance(item, Unreadable):
            assert "\n" not in item.reason
            assert item.reason
        else:
            assert item.blocks
            item.text.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200, alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_unicode_files_come_back_as_written(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.txt")
        path.write_bytes(text.encode("utf-8"))
        (item,) = read([str(path)], ReadOptions(languages=()))
    if isinstance(item, Article):
        assert item.text == text.removeprefix("\ufeff")
    else:
        assert not text.removeprefix("\ufeff").strip()
