"""Many documents in one go: read, extracted by one or several processes, counted; what fails is kept for the end."""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from quotes.detection.documents import kind_of
from quotes.model import Article, Extraction
from quotes.reading import ReadOptions, Unreadable, read

if TYPE_CHECKING:
    from quotes.engine import Extractor, Failure

CHUNK_CHARACTERS = 120_000  # of text handed to a worker process at a time
_WAITING = 3  # chunks a worker that are read ahead


@dataclass(slots=True)
class Summary:
    """What a run came to. ``failed`` and ``skipped`` name the input and the reason, one line each."""

    articles: int = 0
    unchanged: int = 0
    words: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    speakers: set[str] = field(default_factory=set)
    unattributed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def quotations(self) -> int:
        return self.forms.total()

    def add(self, extraction: Extraction) -> None:
        self.articles += 1
        self.words += len(extraction.article.text.split())
        for quotation in extraction.quotations:
            self.forms[quotation.form] += 1
            if quotation.speaker:
                self.speakers.add(quotation.speaker.name)
            else:
                self.unattributed += 1


def run(
    inputs: Iterable[str],
    options: ReadOptions,
    sink: Callable[[Extraction], None],
    *,
    thoughts: bool = False,
    jobs: int = 1,
    unchanged: Callable[[Article], bool] = lambda article: False,
    progress: Callable[[], None] = lambda: None,
) -> Summary:
    """Extract every document of ``inputs`` and give each result to ``sink``, in order, in this process.

    ``unchanged`` says that an article needs no extraction; ``progress`` is called once a document, whatever became of
    it. The models are loaded with the first article that needs them, so that a run over unchanged files is quick.
    """
    summary = Summary()

    def wanted() -> Iterator[Article]:
        for item in read(list(inputs), options):
            if isinstance(item, Unreadable):
                (summary.skipped if item.skipped else summary.failed).append(str(item))
                progress()
                continue
            article = item if item.kind else replace(item, kind=kind_of(item).kind)
            if unchanged(article):
                summary.unchanged += 1
                progress()
                continue
            yield article

    extract = _in_this_process if jobs <= 1 else _in_processes
    for result in extract(wanted(), thoughts, jobs):
        if isinstance(result, Extraction):
            sink(result)
            summary.add(result)
        else:
            summary.failed.append(f"{result.article.path or 'text'}: {result.reason}")
        progress()
    return summary


def _in_this_process(articles: Iterator[Article], thoughts: bool, jobs: int) -> Iterator[Extraction | Failure]:
    first = list(islice(articles, 1))
    if not first:
        return
    from quotes.engine import Extractor

    def every() -> Iterator[Article]:
        yield from first
        yield from articles

    yield from Extractor(thoughts=thoughts).extract_many(every())


_extractor: Extractor | None = None  # of a worker process


def _start_worker(thoughts: bool) -> None:
    import torch

    from quotes.engine import Extractor

    global _extractor
    torch.set_num_threads(1)  # the processes are the parallelism
    _extractor = Extractor(thoughts=thoughts)


def _work(articles: list[Article]) -> list[Extraction | Failure]:
    assert _extractor is not None
    return list(_extractor.extract_many(articles))


def _in_processes(articles: Iterator[Article], thoughts: bool, jobs: int) -> Iterator[Extraction | Failure]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(thoughts,)) as pool:
        waiting: deque[Future[list[Extraction | Failure]]] = deque()
        for chunk in by_size(articles, CHUNK_CHARACTERS):
            waiting.append(pool.submit(_work, chunk))
            if len(waiting) >= jobs * _WAITING:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def by_size(articles: Iterable[Article], characters: int) -> Iterator[list[Article]]:
    """The articles in lists of about so many characters of text, at least one article each."""
    batch: list[Article] = []
    size = 0
    for article in articles:
        if batch and size + len(article.text) > characters:
            yield batch
            batch, size = [], 0
        batch.append(article)
        size += len(article.text)
    if batch:
        yield batch
