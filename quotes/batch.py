"""Many documents in one go: read, extracted by one or several processes, counted; what fails is kept for the end."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from quotes.detection.documents import kind_of
from quotes.model import Article, Extraction
from quotes.reading import ReadOptions, Unreadable, read

if TYPE_CHECKING:
    from quotes.engine import Extractor, Failure

log = logging.getLogger(__name__)

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
    sink: Callable[[Extraction], object],
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
            try:
                article = with_kind(item)
            except Exception as error:
                log.debug("the kind of a document was not found", exc_info=True)
                summary.failed.append(f"{item.path or 'text'}: {failure(error)}")
                progress()
                continue
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

    def every() -> Iterator[Article]:
        yield from first
        yield from articles

    yield from _loaded(thoughts).extract_many(every())


def _loaded(thoughts: bool) -> Extractor:
    """An extractor for the rest of this process. What was loaded with it stays, so that the garbage collector need not
    look through it again and again: that would cost a tenth of the time."""
    from quotes.engine import Extractor

    extractor = Extractor(thoughts=thoughts)
    gc.collect()
    gc.freeze()
    return extractor


_extractor: Extractor | None = None  # of a worker process


def _start_worker(thoughts: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends workers at once; the parent tells of it
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    import torch

    global _extractor
    torch.set_num_threads(1)  # the processes are the parallelism
    _extractor = _loaded(thoughts)


def _work(articles: list[Article]) -> list[Extraction | Failure]:
    assert _extractor is not None
    return list(_extractor.extract_many(articles))


class _Workers:
    """Processes with an Extractor each. When one dies, they are all made anew, and only what killed it is given up."""

    def __init__(self, jobs: int, thoughts: bool) -> None:
        self._jobs, self._thoughts = jobs, thoughts
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[list[Article], Future[list[Extraction | Failure]]]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def submit(self, chunk: list[Article]) -> None:
        self._waiting.append((chunk, self._started(chunk)))

    def next(self) -> list[Extraction | Failure]:
        """The results of the chunk that was submitted first."""
        chunk, future = self._waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self.close()
            results = self._one_by_one(chunk)
            self._waiting = deque((later, self._started(later)) for later, _ in self._waiting)
            return results

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _started(self, chunk: list[Article]) -> Future[list[Extraction | Failure]]:
        try:
            if self._pool:
                return self._pool.submit(_work, chunk)
        except BrokenProcessPool:
            self.close()
        self._pool = ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=_start_worker, initargs=(self._thoughts,)
        )
        with _interrupts_later():
            return self._pool.submit(_work, chunk)

    def _one_by_one(self, chunk: list[Article]) -> list[Extraction | Failure]:
        """Each article of a chunk in whose time a process died, so that only the one at fault is lost."""
        from quotes.engine import Failure

        results: list[Extraction | Failure] = []
        for article in chunk:
            try:
                results += self._started([article]).result()
            except BrokenProcessPool:
                self.close()
                results.append(Failure(article, "the process that extracted it was killed (out of memory?)"))
        return results


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Ctrl-C is held back, also from processes started meanwhile, until they are ready to end without a word."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_processes(articles: Iterator[Article], thoughts: bool, jobs: int) -> Iterator[Extraction | Failure]:
    from quotes.language.bundle import QUOTATION, TOKENIZER, VOCABULARY, require

    for model in (QUOTATION, TOKENIZER, VOCABULARY):
        require(model)  # told here in one line, not by every process
    workers = _Workers(jobs, thoughts)
    try:
        for chunk in by_size(articles, CHUNK_CHARACTERS):
            workers.submit(chunk)
            if len(workers) >= jobs * _WAITING:
                yield from workers.next()
        while len(workers):
            yield from workers.next()
    finally:
        workers.close()


def with_kind(article: Article) -> Article:
    """``article`` with its kind of document recognised, where it is not given."""
    return article if article.kind else replace(article, kind=kind_of(article).kind)


def failure(error: Exception) -> str:
    """Why an article was given up, for the list of what failed."""
    return f"extraction failed: {type(error).__name__}: {error}"


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
