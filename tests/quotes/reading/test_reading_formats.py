"""Every format, on files that its own library made."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import time
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest

from quotes.model import Article
from quotes.reading import ReadOptions, Unreadable, read
from quotes.reading.draft import Source
from quotes.reading.records import _array


def articles(*inputs: Path | str, **options: object) -> list[Article]:
    """All articles; none of the inputs may be unreadable."""
    found = list(read([str(name) for name in inputs], ReadOptions(**options)))  # type: ignore[arg-type]
    assert not [item for item in found if isinstance(item, Unreadable)]
    return [item for item in found if isinstance(item, Article)]


def faults(*inputs: Path | str, **options: object) -> list[Unreadable]:
    found = read([str(name) for name in inputs], ReadOptions(**options))  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Unreadable)]


def bodies(article: Article) -> list[str]:
    return [block.span.of(article.text) for block in article.blocks if block.role == "body"]


def roles(article: Article) -> dict[str, str]:
    return {block.span.of(article.text): block.role for block in article.blocks}


# HTML


def test_a_web_page_gives_its_article_and_metadata(
    tmp_path: Path, page: str, paragraphs: Sequence[str], title: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    (article,) = articles(path)
    assert article.title == title
    assert article.publisher == "The Skerry Post"
    assert article.author == "Jonna Brisk"
    assert article.published == "2024-03-05T21:40:00+01:00"
    assert set(paragraphs) <= set(bodies(article))
    assert roles(article)["What comes next"] == "heading"
    assert roles(article)[title] == "title"
    assert article.text.count(title) == 1
    for furniture in ("cookies", "Most read", "never said it", "tracking", "Home"):
        assert furniture not in article.text


@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "utf-16"])
def test_a_web_page_in_its_own_encoding(tmp_path: Path, page: str, paragraphs: Sequence[str], charset: str) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(page.replace('charset="utf-8"', f'charset="{charset}"').encode(charset))
    (article,) = articles(path)
    assert set(paragraphs) <= set(bodies(article))


def test_a_live_blog_keeps_all_its_posts(tmp_path: Path, paragraphs: Sequence[str]) -> None:
    posts = "".join(
        f'<div class="post"><time datetime="2024-03-05T1{hour}:00">1{hour}:00</time><h2>Post {hour}</h2>'
        f"<p>{paragraphs[hour % 4]} Update number {hour}.</p></div>"
        for hour in range(8)
    )
    path = tmp_path / "live.html"
    path.write_text(f"<html><head><title>Harbour talks live</title></head><body><main>{posts}</main></body></html>")
    (article,) = articles(path)
    assert [f"Update number {hour}." in article.text for hour in range(8)] == [True] * 8


def test_a_page_without_an_article_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text("<html><head><script>1</script></head><body><nav><a href='/'>Home</a></nav></body></html>")
    (fault,) = faults(path)
    assert "no article" in fault.reason


# JSON


RECORD = {
    "headline": "A",
    "body": "The envoy said that the lamp was out.",
    "date": "2024-02-03",
    "source": {"name": "Skerry"},
}


def test_json_lines_keep_going_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([json.dumps(RECORD), "", "{not json", json.dumps({**RECORD, "headline": "B"})]))
    found = list(read([str(path)]))
    assert [type(item) for item in found] == [Article, Unreadable, Article]
    assert "line 3" in str(found[1])
    first, _, last = found
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.title, first.published, first.publisher, first.text) == ("A", "2024-02-03", "Skerry", RECORD["body"])
    assert (first.path, last.path) == (f"{path}#1", f"{path}#4")


@pytest.mark.parametrize(
    "fields", ['"date": ' + "9" * 400, '"author": ' + "[" * 900 + "]" * 900], ids=["a date beyond all time", "nested"]
)
def test_a_record_with_a_field_beyond_reason_costs_only_itself(tmp_path: Path, fields: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "“No,” he said.", ' + fields + "}\n" + json.dumps(RECORD) + "\n", encoding="utf-8")
    bad, good = read([str(path)])
    assert isinstance(bad, Unreadable)
    assert bad.path == f"{path}#1"
    assert isinstance(good, Article)
    assert good.text == RECORD["body"]


def test_halves_of_characters_in_a_record_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    half = "A \ud800 B"
    fields = ("title", "url", "publisher", "author", "agency")
    path.write_text(json.dumps({"text": f"{half}. “No,” he said.", **dict.fromkeys(fields, half)}) + "\n")
    (article,) = articles(path)
    assert {getattr(article, name) for name in fields} == {"A � B"}
    article.text.encode()


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as stream:
        for _ in range(50):
            stream.write(json.dumps(RECORD) + "\n")
        stream.write("x" * 1000)
    stream_of = read([str(path)])
    assert isinstance(next(stream_of), Article)


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([json.dumps({"text": "x" * 5000}), json.dumps(RECORD)]))
    found = list(read([str(path)], ReadOptions(max_size=1000)))
    assert [type(item) for item in found] == [Unreadable, Article]
    assert "too large" in str(found[0])


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([RECORD, RECORD]),
        json.dumps({"status": "ok", "articles": [RECORD, RECORD]}),
        json.dumps(RECORD) + "\n" + json.dumps(RECORD),
        json.dumps({"document": RECORD, "quotations": []}) + "\n" + json.dumps(RECORD),
    ],
)
def test_json_in_every_shape(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    assert [article.text for article in articles(path)] == [RECORD["body"]] * 2


def test_a_damaged_json_array_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([RECORD, RECORD])[:-1] + ", {nonsense")
    found = list(read([str(path)]))
    assert [type(item) for item in found] == [Article, Article, Unreadable]


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        "[" + '{"a":' * 100_000,
        '{"text":' + "[" * 100_000 + "]" * 100_000 + "}",
        "[1",
        "[",
        "[]",
        '[{"text": "',
        "[" + "9" * 10_000 + "]",
    ],
)
def test_json_meant_to_break_its_reader(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    assert faults(path)


def test_a_large_array_is_read_one_item_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    records = [{"text": f"“{'word ' * (number * 8)}” said number {number}, “é”."} for number in range(120)]
    path.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
    assert [article.text for article in articles(path)] == [record["text"] for record in records]


def test_small_items_after_a_large_one_take_no_longer_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    items = ["1"] * 300_000
    path.write_text('[{"text": "' + "word " * 400_000 + '"},' + ", ".join(items) + "]")
    began = time.perf_counter()
    assert len(list(_array(Source(str(path), path.name, partial(path.open, "rb")), ReadOptions()))) == 300_001
    assert time.perf_counter() - began < 5  # seconds; with a copy of the rest for every item it takes a minute


def test_named_columns_win_over_guesses(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Summary.", "entire": "The envoy said no.", "where": "Skerry Post"}))
    (article,) = articles(path, text_column="entire", publisher_column="where")
    assert (article.text, article.publisher) == ("The envoy said no.", "Skerry Post")


def test_html_in_a_field_is_read_as_html(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"content": "<p>The envoy said <b>no</b>.</p><p>He left &amp; slept.</p>"}))
    (article,) = articles(path)
    assert article.text == "The envoy said no.\n\nHe left & slept."


def test_records_that_never_have_a_text_are_refused_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"id": number, "name": "x"}) for number in range(1000)))
    found = faults(path)
    assert len(found) <= 10
    assert "the columns are: id, name" in found[-1].reason


# tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(["id", "Title", "Article Text", "Publish Date", "URL"])
        writer.writerow([1, "One", "“No,” said the envoy, “not, ever; again|.”\n\nShe left.", "5 March 2024", "u"])
        writer.writerow([2, "Two", "The café was shut, the envoy said.", "2024-03-06", ""])
    first, second = articles(path)
    assert first.text == "“No,” said the envoy, “not, ever; again|.”\n\nShe left."
    assert (first.title, first.published, first.url, first.path) == ("One", "2024-03-05", "u", f"{path}#1")
    assert "café" in second.text
    assert second.url is None


def test_a_table_without_the_text_column_names_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,wer,was\n1,2,3\n")
    (fault,) = faults(path)
    assert "id, wer, was" in fault.reason
    (fault,) = faults(path, text_column="wo")
    assert "'wo'" in fault.reason


def test_a_parquet_table(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    texts = [f"The envoy said that lamp {number} was out." for number in range(200)]
    pq.write_table(pa.table({"body": texts, "title": ["T"] * 200, "published": ["2024-01-02"] * 200}), path)
    found = articles(path)
    assert [article.text for article in found] == texts
    assert found[7].published == "2024-01-02"


# PDF


def _pdf(build: object, **options: object) -> bytes:
    fpdf = pytest.importorskip("fpdf")
    pytest.importorskip("pdfminer")

    class Paper(fpdf.FPDF):  # type: ignore[misc, name-defined]
        def header(self) -> None:
            self.set_font("Helvetica", size=9)
            self.cell(0, 8, "Skerry Institute Working Papers", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("Helvetica", size=9)
            self.cell(0, 8, f"Page {self.page_no()} of 3", align="C")

    paper = Paper()
    paper.add_page()
    build(paper)  # type: ignore[operator]
    return bytes(paper.output())


def test_a_pdf_gives_paragraphs_without_running_heads(tmp_path: Path, paragraphs: Sequence[str], title: str) -> None:
    plain = [words.replace("“", '"').replace("”", '"') for words in paragraphs]
    # no two alike: what repeats at the edges of pages is taken for a running head
    texts = [
        f"Item {chr(65 + n % 26) * (1 + n // 26)}: {plain[n % 4]} Point {chr(97 + n % 26) * (1 + n // 26)}."
        for n in range(40)
    ]

    def build(paper: object) -> None:
        paper.set_font("Helvetica", "B", 18)  # type: ignore[attr-defined]
        paper.multi_cell(0, 10, title, new_x="LMARGIN", new_y="NEXT")  # type: ignore[attr-defined]
        paper.set_font("Helvetica", size=11)  # type: ignore[attr-defined]
        for words in texts:
            paper.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")  # type: ignore[attr-defined]
            paper.ln(4)  # type: ignore[attr-defined]

    path = tmp_path / "paper.pdf"
    path.write_bytes(_pdf(build))
    (article,) = articles(path)
    assert "Working Papers" not in article.text
    assert "Page 2" not in article.text
    assert bodies(article) == texts
    assert article.title == title


def test_two_columns_and_hyphens(tmp_path: Path) -> None:
    left = [
        "The delegation of the north left the",
        "table on Tuesday, and its lead nego-",
        "tiator said that the long-",
        "term plan was dead.",
    ]
    right = [
        "Her counterpart said that the long-term",
        "plan was alive, and that a new round",
        "of talks would be held in the lighthouse.",
    ]

    def build(paper: object) -> None:
        paper.set_font("Helvetica", size=11)  # type: ignore[attr-defined]
        for column, lines in ((10, left), (115, right)):
            for number, line in enumerate(lines):
                paper.set_xy(column, 60 + 6 * number)  # type: ignore[attr-defined]
                paper.cell(80, 6, line)  # type: ignore[attr-defined]

    path = tmp_path / "paper.pdf"
    path.write_bytes(_pdf(build))
    (article,) = articles(path)
    assert "its lead negotiator said that the long-term plan was dead." in article.text
    assert article.text.index("plan was dead") < article.text.index("Her counterpart said")
    assert "new round of talks would" in article.text


def test_columns_whose_paragraphs_end_at_one_height(tmp_path: Path) -> None:
    words = "The envoy of the {side} said that item {n} of the\nplan for the ferries was sound and\nwould be signed."
    columns = {
        x: [words.format(side=side, n=n).split("\n") for n in range(4)] for x, side in ((10, "north"), (115, "south"))
    }

    def build(paper: object) -> None:
        paper.set_font("Helvetica", size=11)  # type: ignore[attr-defined]
        for x, paragraphs in columns.items():
            for number, lines in enumerate(paragraphs):
                for row, line in enumerate(lines):
                    paper.set_xy(x, 40 + 30 * number + 6 * row)  # type: ignore[attr-defined]
                    paper.cell(80, 6, line)  # type: ignore[attr-defined]

    path = tmp_path / "paper.pdf"
    path.write_bytes(_pdf(build))
    (article,) = articles(path)
    order = [(side, n) for side in ("north", "south") for n in range(4)]
    places = [article.text.index(f"The envoy of the {side} said that item {n}") for side, n in order]
    assert places == sorted(places)


def test_a_scan_and_a_locked_pdf_say_so(tmp_path: Path) -> None:
    fpdf = pytest.importorskip("fpdf")
    scan = fpdf.FPDF()
    scan.add_page()
    scan.rect(10, 10, 100, 100)
    (tmp_path / "scan.pdf").write_bytes(bytes(scan.output()))
    locked = fpdf.FPDF()
    locked.add_page()
    locked.set_font("Helvetica", size=11)
    locked.cell(0, 6, "Nobody may read this.")
    locked.set_encryption(owner_password="o", user_password="u")
    (tmp_path / "locked.pdf").write_bytes(bytes(locked.output()))
    locked_fault, scan_fault = faults(tmp_path)
    assert "password" in locked_fault.reason
    assert "without a text layer" in scan_fault.reason


# Office documents, books


def test_a_word_document(tmp_path: Path, paragraphs: Sequence[str], title: str) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title = "untitled-3.docx"
    document.add_heading(title, 0)
    document.add_heading("What was said", 1)
    for words in paragraphs:
        document.add_paragraph(words)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "North", "Mirela Ostrand, envoy"
    path = tmp_path / "a.docx"
    document.save(str(path))
    (article,) = articles(path)
    assert article.title == title
    assert roles(article)[title] == "title"
    assert roles(article)["What was said"] == "heading"
    assert set(paragraphs) <= set(bodies(article))
    assert "Mirela Ostrand, envoy" in article.text


def test_an_opendocument_text(tmp_path: Path, paragraphs: Sequence[str], title: str) -> None:
    odfdo = pytest.importorskip("odfdo")
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, title))
    for words in paragraphs:
        document.body.append(odfdo.Paragraph(words))
    path = tmp_path / "a.odt"
    document.save(str(path))
    (article,) = articles(path)
    assert article.text == "\n\n".join([title, *paragraphs])
    assert roles(article)[title] in ("title", "heading")


def test_a_book_gives_its_chapters(tmp_path: Path, paragraphs: Sequence[str]) -> None:
    epub = pytest.importorskip("ebooklib.epub")
    book = epub.EpubBook()
    book.set_identifier("1")
    book.set_title("The harbour papers")
    book.set_language("en")
    book.add_author("Jonna Brisk")
    chapters = []
    for number in (1, 2):
        chapter = epub.EpubHtml(title=f"Day {number}", file_name=f"day{number}.xhtml")
        chapter.content = f"<h1>Day {number}</h1>" + "".join(f"<p>{words}</p>" for words in paragraphs)
        book.add_item(chapter)
        chapters.append(chapter)
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = ["nav", *chapters]
    path = tmp_path / "a.epub"
    epub.write_epub(str(path), book)
    first, second = articles(path)
    assert (first.title, second.title) == ("Day 1", "Day 2")
    assert first.author == "Jonna Brisk"
    assert bodies(second) == list(paragraphs)


def test_markdown_loses_its_signs(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '---\ntitle: "Lamp talks"\ndate: 2024-03-05\nauthor: Jonna Brisk\n---\n\n# Lamp talks\n\n'
        "The envoy said the [lamp](https://example.org) was *out*\nand that it **stayed** out.\n\n"
        '> "It is dark," she said.\n\n## Next\n\n- First, she asked for oil.\n- Then she asked for a wick.\n'
    )
    (article,) = articles(path)
    assert (article.title, article.published, article.author) == ("Lamp talks", "2024-03-05", "Jonna Brisk")
    assert [(block.span.of(article.text), block.role) for block in article.blocks] == [
        ("Lamp talks", "title"),
        ("The envoy said the lamp was out and that it stayed out.", "body"),
        ('"It is dark," she said.', "body"),
        ("Next", "heading"),
        ("First, she asked for oil.", "body"),
        ("Then she asked for a wick.", "body"),
    ]


# mail, feeds, web archives


def test_an_e_mail_gives_its_text(tmp_path: Path, paragraphs: Sequence[str], page: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        "Re: Harbour talks",
        "Press <p@example.org>",
        "Tue, 05 Mar 2024 21:40:00 +0100",
    )
    message.set_content("\n\n".join(paragraphs))
    message.add_alternative(page, subtype="html")
    message.add_attachment(b"\x00\x01" * 500, maintype="application", subtype="octet-stream", filename="a.bin")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    (article,) = articles(tmp_path)
    assert (article.title, article.author, article.published) == ("Harbour talks", "Press", "2024-03-05T21:40:00+01:00")
    assert bodies(article) == list(paragraphs)


def test_a_saved_page(tmp_path: Path, page: str, paragraphs: Sequence[str]) -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/harbour"
    message.set_content(page, subtype="html")
    (tmp_path / "a.mhtml").write_bytes(message.as_bytes())
    (article,) = articles(tmp_path)
    assert set(paragraphs) <= set(bodies(article))
    assert article.url == "https://example.org/harbour"


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Skerry Post</title><language>en-gb</language>
<item><title>Lamp &amp;amp; oil</title><link>https://example.org/1</link>
<pubDate>Tue, 05 Mar 2024 21:40:00 +0100</pubDate>
<description>&lt;p&gt;The envoy said the lamp was out.&lt;/p&gt;&lt;p&gt;She asked for oil.&lt;/p&gt;</description>
</item>
<item><title>Nothing in it</title></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Skerry Post</title>
<entry><title>Lamp &amp; oil</title><link href="https://example.org/1"/><published>2024-03-05T20:40:00Z</published>
<content type="html">&lt;p&gt;The envoy said the lamp was out.&lt;/p&gt;&lt;p&gt;She asked for oil.&lt;/p&gt;</content>
</entry></feed>"""


@pytest.mark.parametrize(("name", "content", "empty"), [("a.rss", RSS, 1), ("a.xml", ATOM, 0), ("feed", RSS, 1)])
def test_feeds(tmp_path: Path, name: str, content: str, empty: int) -> None:
    path = tmp_path / name
    path.write_text(content)
    found = list(read([str(path)]))
    article = found[0]
    assert isinstance(article, Article)
    assert (article.title, article.url, article.publisher) == ("Lamp & oil", "https://example.org/1", "The Skerry Post")
    assert article.published == "2024-03-05T20:40:00+00:00"
    assert article.text == "Lamp & oil\n\nThe envoy said the lamp was out.\n\nShe asked for oil."
    assert len(found) == 1 + empty


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_web_archive(tmp_path: Path, page: str, paragraphs: Sequence[str], gzipped: bool) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / ("a.warc.gz" if gzipped else "a.warc")
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzipped)
        for status, media_type, body in (
            ("200 OK", "text/html; charset=utf-8", page.encode()),
            ("404 Not Found", "text/html", b"<p>He said it was gone.</p>"),
            ("200 OK", "image/png", b"\x89PNG"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                "https://example.org/harbour", "response", payload=io.BytesIO(body), http_headers=headers
            )
            writer.write_record(record)
    (article,) = articles(path)
    assert article.url == "https://example.org/harbour"
    assert set(paragraphs) <= set(bodies(article))


# archives and compressed files

TEXT = "The envoy said that the lamp was out.\n\nShe asked for oil."


@pytest.mark.parametrize(("suffix", "opener"), [("gz", gzip.open), ("bz2", bz2.open), ("xz", lzma.open)])
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [("a.txt", TEXT, 1), ("a.jsonl", json.dumps(RECORD) + "\n" + json.dumps(RECORD), 2)],
)
def test_compressed_files(tmp_path: Path, suffix: str, opener: object, name: str, content: str, expected: int) -> None:
    path = tmp_path / f"{name}.{suffix}"
    with opener(path, "wb") as stream:  # type: ignore[operator]
        stream.write(content.encode())
    assert len(articles(path)) == expected


def test_an_archive_with_members_of_several_kinds(tmp_path: Path, page: str) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", TEXT)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b/page.html", page)
        archive.writestr("a.txt", TEXT)
        archive.writestr("c.zip", inner.getvalue())
        archive.writestr("empty.txt", "")
        archive.writestr("__MACOSX/._a.txt", "junk")
    found = list(read([str(path)]))
    assert [str(item.path).removeprefix(str(path)) for item in found] == [
        "/a.txt",
        "/b/page.html",
        "/c.zip/deep.txt",
        "/empty.txt",
    ]
    assert isinstance(found[3], Unreadable)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_tar_archive(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.tar" + (mode[1:].replace(":", ".")))
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in (("x/a.txt", TEXT), ("../../etc/b.jsonl", json.dumps(RECORD))):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found = articles(path)
    assert [article.path for article in found] == [f"{path}/x/a.txt", f"{path}/etc/b.jsonl#1"]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b" " * 60_000_000)
        archive.writestr("small.txt", TEXT)
    found = list(read([str(path)]))
    assert [type(item) for item in found] == [Unreadable, Article]
    assert "suspiciously large" in str(found[0])


def test_a_tar_of_holes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "holes.tar"
    hole = tarfile.TarInfo("a.txt")
    hole.pax_headers = {"GNU.sparse.map": "0,5", "GNU.sparse.size": str(10**9), "GNU.sparse.name": "a.txt"}
    hole.size = 5
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(hole, io.BytesIO(b"holes"))
    (fault,) = faults(path)
    assert fault.path == f"{path}/a.txt"
    assert "suspiciously large" in fault.reason


def test_a_compressed_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    with gzip.open(path, "wb") as stream:
        stream.write(b"a " * 2_000_000)
    (fault,) = faults(path, max_size=1_000_000)
    assert "too large" in fault.reason


def test_archives_in_archives_end(tmp_path: Path) -> None:
    content = TEXT.encode()
    name = "a.txt"
    for depth in range(6):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name, content)
        content, name = packed.getvalue(), f"{depth}.zip"
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    (fault,) = faults(path)
    assert "nested" in fault.reason
