"""Files, folders, globs, standard input and addresses; encodings; broken inputs; languages."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import io
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from quotes.model import Article
from quotes.reading import ReadOptions, Unreadable, count, read

TEXT = "The envoy said on Tuesday that the lamp was out.\n\n“We need oil,” she told reporters in the harbour.\n"


def one(path: Path | str, **options: object) -> Article | Unreadable:
    (item,) = read([str(path)], ReadOptions(**options))  # type: ignore[arg-type]
    return item


def article(path: Path | str, **options: object) -> Article:
    item = one(path, **options)
    assert isinstance(item, Article), str(item)
    return item


def reason(path: Path | str, **options: object) -> str:
    item = one(path, **options)
    assert isinstance(item, Unreadable)
    assert "\n" not in str(item)
    return item.reason


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_plain_text_is_decoded_and_not_changed(tmp_path: Path, encoding: str, ends: str) -> None:
    text = TEXT.replace("\n", ends)
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert article(path).text == text


@pytest.mark.parametrize(
    "text",
    [
        "“No,” he said.",
        "It’s over – for now.",
        "He said “we’ll talk” – later…",
        "The café in Málaga was shut, he said.",
        "Erdoğan’s".replace("ğ", "g"),
        "A fee of £5, or €6, he said.",
        "‘Never,’ said Zoë Çelik.",
        "„Nein“, he said.",
        "The naïve coöperation of São Tomé, the envoy said, is “mañana’s” problem.",
    ],
)
def test_short_windows_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("cp1252"))
    assert article(path).text == text


def test_other_old_encodings_are_recognised_and_skipped_for_their_language(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    russian = "Министр сообщил журналистам, что переговоры о маяке завершились без результата. " * 5
    path.write_bytes(russian.encode("cp1251"))
    assert "another language" in reason(path)
    assert article(path, languages=()).text == russian


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty file"),
        (b" \n\t\r\n ", "empty file"),
        (b"\xef\xbb\xbf", "empty file"),
        (bytes(range(256)) * 20, "binary"),
        (os.urandom(4000), "binary"),
        (b"abc\x00\x01\x02def" * 50, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "Office"),
        (b"SQLite format 3\x00" + b"\x00" * 50, "database"),
        (b"PK\x03\x04nonsense", "damaged"),
        (b"%PDF-1.4 nonsense", "PDF"),
        (b"\x1f\x8bnonsense", "damaged"),
        (b"\xff\xfea\x00\x00\xd8b\x00", "damaged text"),
    ],
)
def test_what_is_no_text_gives_one_clear_line(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert expected.casefold() in reason(path).casefold()


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf",
        "a.docx",
        "a.odt",
        "a.epub",
        "a.zip",
        "a.tar",
        "a.tgz",
        "a.gz",
        "a.parquet",
        "a.warc",
        "a.json",
        "a.xml",
        "a.jsonl",
        "a.eml",
        "a.rss",
    ],
)
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("This is no such thing: it is a line of text.")
    assert len(reason(path)) < 200


def test_a_large_text_is_refused_unless_the_limit_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 4_000)
    assert reason(path, max_size=100_000) == "too large: 0.4 MB, the limit is 0.1 MB (see --max-size)"
    assert len(article(path, max_size=500_000).text) == len(TEXT) * 4_000


def test_fifty_megabytes_are_refused_by_default_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    assert "too large: 50.0 MB" in reason(path)


def test_missing_files_and_patterns(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.txt") == "no such file or folder"
    assert reason(tmp_path / "*.txt") == "no file matches"


def test_permission_denied_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    locked = tmp_path / "locked"
    locked.mkdir()
    real = os.listdir

    def listdir(path: str) -> list[str]:
        if path == str(locked):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    # the tests may run as root, whom nothing is denied
    monkeypatch.setattr(os, "listdir", listdir)
    found = list(read([str(tmp_path)]))
    assert [type(item) for item in found] == [Article, Unreadable]
    assert str(found[1]) == f"{locked}: permission denied"


def test_folders_are_read_in_order_and_deeply(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", "b/c/d.txt", ".hidden/x.txt", "b/.x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    found = list(read([str(tmp_path)]))
    assert [os.path.relpath(item.path or "", tmp_path) for item in found] == [
        "a.txt",
        "b/1.txt",
        "b/2.txt",
        "b/c/d.txt",
        "photo.jpg",
    ]
    assert isinstance(found[-1], Unreadable)
    assert found[-1].skipped
    assert [item.path for item in read([str(tmp_path)], ReadOptions(recursive=False))] == [
        str(tmp_path / "a.txt"),
        str(tmp_path / "photo.jpg"),
    ]
    assert [item.path for item in read([f"{tmp_path}/b/[12].txt"])] == [
        str(tmp_path / "b" / "1.txt"),
        str(tmp_path / "b" / "2.txt"),
    ]


@pytest.fixture
def deep_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Folders in folders with one file at the bottom, made and removed step by step, as only few programs can."""
    monkeypatch.chdir(tmp_path)
    depth = sys.getrecursionlimit() + 100
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").write_text(TEXT)
    bottom = os.open(".", os.O_RDONLY)
    os.chdir(tmp_path)
    yield "d/" * depth + "a.txt"
    os.fchdir(bottom)
    os.close(bottom)
    os.remove("a.txt")
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d")


@pytest.mark.skipif(not hasattr(os, "fchdir"), reason="such folders cannot be made here")
def test_folders_nest_deeper_than_the_stack(deep_folder: str) -> None:
    assert [item.path for item in read(["d"])] == [deep_folder]


def test_what_a_pattern_names_twice_is_read_once(tmp_path: Path) -> None:
    for name in ("b/c/1.txt", "b c/2.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    for pattern in ("**", "*", "**/*"):
        found = [os.path.relpath(item.path or "", tmp_path) for item in read([f"{tmp_path}/{pattern}"])]
        assert sorted(found) == ["a.txt", "b c/2.txt", "b/c/1.txt"], pattern


def test_a_pattern_over_links_to_their_parent_ends(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for number, folder in enumerate((tmp_path, tmp_path / "a", inner)):
        (folder / f"{number}.txt").write_text(TEXT)
    for name in ("up", "up2"):
        (tmp_path / "a" / name).symlink_to(tmp_path)
        (inner / name).symlink_to(tmp_path / "a")
    for pattern in ("**", "**/*.txt", "**/b/**/*.txt"):
        found = [os.path.relpath(item.path or "", tmp_path) for item in read([f"{tmp_path}/{pattern}"])]
        expected = ["0.txt", "a/1.txt", "a/b/2.txt"] if "b" not in pattern else ["a/b/2.txt"]
        assert sorted(found) == expected, pattern


def test_reading_is_lazy(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(TEXT)
    stream = read([str(tmp_path)])
    next(stream)
    for number in range(1, 30):
        (tmp_path / f"{number:02}.txt").unlink()
    (tmp_path / "01.txt").write_text("She said that it changed in the meantime.")
    second = next(stream)
    assert isinstance(second, Article)
    assert second.text.startswith("She said")


def test_a_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    try:
        with open(name, "wb") as stream:
            stream.write(TEXT.encode())
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    path = article(tmp_path).path
    assert path is not None
    assert path.encode("utf-8").endswith(b"caf\xef\xbf\xbd.txt")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode(), [TEXT]),
        (gzip.compress(TEXT.encode()), [TEXT]),
        (b'{"text": "One, she said."}\n{"text": "Two, she said."}\n', ["One, she said.", "Two, she said."]),
        (
            b"<!doctype html><html><body><article><p>"
            + b"She said that the lamp was out. " * 9
            + b"</p></article></body></html>",
            [("She said that the lamp was out. " * 9).strip()],
        ),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]
    found = list(read(["-"]))
    assert [item.text for item in found if isinstance(item, Article)] == expected


@pytest.mark.parametrize("data", [TEXT.encode(), gzip.compress(TEXT.encode())])
def test_a_pipe_is_read_once(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(data,), daemon=True)
    writer.start()
    assert article(path).text == TEXT
    writer.join(5)


def test_count_is_an_estimate_without_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_text('{"text": "One, she said."}\n' * 50_000)
    (tmp_path / "c.csv").write_text("text\n" + "One\n" * 10)
    assert count([str(tmp_path)]) == 1 + 50_000 + 10
    assert count(["-", "http://localhost/x"]) == 2


def test_kind_is_what_the_option_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert article(tmp_path).kind is None
    assert article(tmp_path, kind="transcript").kind == "transcript"


# languages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Le ministre a déclaré mardi que les négociations sur le phare n'avaient pas abouti, et que la lampe"
            " resterait éteinte jusqu'à la fin du mois. « Nous avons besoin d'huile », a-t-elle dit"
            " aux journalistes du port.",
        ),
        (
            "de",
            "Die Ministerin sagte am Dienstag, die Verhandlungen über den Leuchtturm seien gescheitert, und die Lampe"
            " bleibe bis zum Ende des Monats aus. „Wir brauchen Öl“, sagte sie den Journalisten,"
            " die am Hafen warteten.",
        ),
        (
            "es",
            "La ministra dijo el martes que las negociaciones sobre el faro habían fracasado y que la lámpara"
            " seguiría apagada hasta finales de mes. «Necesitamos aceite», dijo a los periodistas"
            " reunidos en el puerto del norte.",
        ),
        (
            "nl",
            "De minister zei dinsdag dat de onderhandelingen over de vuurtoren waren mislukt en dat de lamp"
            " tot het einde van de maand uit zou blijven. ‘We hebben olie nodig’, zei ze tegen de"
            " journalisten in de haven van het eiland.",
        ),
        ("ru", "Министр заявила во вторник, что переговоры о маяке провалились и лампа не загорится до конца месяца."),
        ("ar", "قالت الوزيرة يوم الثلاثاء إن المفاوضات حول المنارة فشلت وإن المصباح سيظل مطفأ حتى نهاية الشهر."),
        ("zh", "部长星期二表示，关于灯塔的谈判已经失败，灯将熄灭到月底。她对记者说：“我们需要油。”"),
    ],
)
def test_other_languages_are_skipped_with_a_note(tmp_path: Path, language: str, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    item = one(path)
    assert isinstance(item, Unreadable)
    assert item.skipped
    assert f"({language})" in item.reason
    assert article(path, languages=(language,)).language == language


@pytest.mark.parametrize(
    "text",
    [
        "No.",
        "“Jamais,” he said.",
        "Lavrov: nyet.",
        "Xi Jinping, Emmanuel Macron, Ursula von der Leyen",
        "“C'est la vie.”",
        "OK",
        "Zhang Wei, Li Na and Wang Fang met Jarosław Kaczyński in Łódź.",
        "Q: Et alors?",
        "Nguyễn Văn Thành met Đặng Thị Hồng in Đà Nẵng on Tuesday about the lamp, and Trần Quốc Bảo said it was out.",
        "Members: José Ángel Gurría (Mexico), Gülşen Yıldız (Türkiye), Þórdís Björnsdóttir (Iceland), "
        "Søren Kjærgård (Denmark), Włodzimierz Brzęczyszczykiewicz (Poland). The chair said the list was final.",
    ],
)
def test_short_texts_and_foreign_names_stay_english(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert article(path).language == "en"


# addresses


class _Site(http.server.BaseHTTPRequestHandler):
    agents: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        _Site.agents.append(self.headers["User-Agent"])
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/page.php?id=1")
            self.end_headers()
        elif self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path.startswith("/page"):
            body = (
                "<html><body><article><h1>Lamp</h1><p>"
                + "She said “that” lamp was out. " * 9
                + "</p></article></body></html>"
            ).encode("cp1252")
            self._send("text/html; charset=windows-1252", body)
        elif self.path == "/plain":
            self._send("text/plain", TEXT.encode())
        elif self.path == "/huge":
            self._send("text/plain", b"a " * 2_000_000)
        elif self.path == "/slow":
            threading.Event().wait(3)
        else:
            self.send_error(404)

    def _send(self, media_type: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # the reader hangs up on what is too large
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched(site: str) -> None:
    found = article(f"{site}/old")
    assert "She said “that” lamp was out." in found.text
    assert found.url == f"{site}/page.php?id=1"
    assert found.path == f"{site}/old"
    assert _Site.agents[-1].startswith("quotes")
    assert article(f"{site}/plain").text == TEXT


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/none", "404"), ("/huge", "too large"), ("/slow", "no answer within 0.5 seconds"), ("/file", "not allowed")],
)
def test_faults_of_the_web_are_one_line(site: str, path: str, expected: str) -> None:
    patience = 0.5 if path == "/slow" else 30  # seconds
    assert expected in reason(f"{site}{path}", max_size=1_000_000, timeout=patience)


def test_no_server() -> None:
    assert "cannot be fetched" in reason("http://127.0.0.1:9/x")
    assert "cannot be fetched" in reason("http://[broken/x")
