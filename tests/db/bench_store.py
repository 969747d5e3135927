"""Measures the store at size: ``python tests/db/bench_store.py --quotations 1000000 --db /tmp/bench.db``.

Makes a database of invented articles through ``Store.write`` (kept and used again when it is there), then times what
the browser and the command line do first. Prints one line a measurement: the median and the slowest run, in ms.
"""

from __future__ import annotations

import argparse
import datetime
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import db
from quotes.model import ACTS, Article, Cue, Extraction, Quotation, Span, Speaker

PER_ARTICLE = 10
COUNTRIES = [f"{a}{b}X" for a in "ABCDEFGHIJKLMN" for b in "ABCDEFGHIJKLMN"]
SYLLABLES = ("ka", "re", "mo", "ti", "lu", "san", "ver", "dol", "pri", "en", "or", "bas", "cim", "du", "fel", "gra")


class World:
    """Invented words, speakers and outlets, drawn as unevenly as in life (Zipf)."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4))) for _ in range(30_000)]
        self.words[:8] = ["the", "of", "to", "and", "in", "that", "talks", "sanctions"]
        self.word_weights = _cumulated(len(self.words))
        self.publishers = [f"{self._name()} {kind}" for kind in ("Daily", "Post", "Agency") for _ in range(100)]
        self.publisher_weights = _cumulated(len(self.publishers))
        self.country_weights = _cumulated(len(COUNTRIES))
        self.speakers = [self._speaker() for _ in range(60_000)]
        self.speaker_weights = _cumulated(len(self.speakers))
        self.stock: list[str] = []

    def _name(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=3)).capitalize()

    def _speaker(self) -> Speaker:
        kind = self.random.choices(("person", "organisation", "country", "group"), (70, 20, 8, 2))[0]
        name = f"{self._name()} {self._name()}"
        country = self.random.choices(COUNTRIES, cum_weights=self.country_weights)[0]
        return Speaker(name, name, kind, self.random.choice((None, "Foreign Minister", "spokesperson")), country)

    def sentence(self) -> str:
        if self.stock and self.random.random() < 0.05:
            return self.random.choice(self.stock)
        length = self.random.randint(5, 35)
        sentence = " ".join(self.random.choices(self.words, cum_weights=self.word_weights, k=length))
        if self.random.random() < 0.02:
            self.stock.append(sentence)
        return sentence

    def extraction(self, number: int) -> Extraction:
        pieces: list[str] = []
        quotations: list[Quotation] = []
        position = 0
        for _ in range(PER_ARTICLE):
            speaker = self.random.choices(self.speakers, cum_weights=self.speaker_weights)[0]
            sentence = self.sentence()
            text = f"{speaker.name} said {sentence}. "
            start = position + len(speaker.name) + 6
            cue = Span(position + len(speaker.name) + 1, start - 1)
            quotations.append(
                Quotation(
                    form=self.random.choices(("direct", "indirect", "mixed"), (45, 45, 10))[0],
                    mode=self.random.choices(("speech", "writing", "thought"), (85, 14, 1))[0],
                    act=self.random.choices(ACTS, cum_weights=_cumulated(len(ACTS)))[0],
                    content=(Span(start, start + len(sentence)),),
                    cue=Cue(cue, "say"),
                    source=Span(position, position + len(speaker.name)),
                    speaker=None if self.random.random() < 0.1 else speaker,
                    confidence=round(self.random.betavariate(5, 1.5), 4),
                )
            )
            pieces.append(text)
            position += len(text)
        day = datetime.date(2004, 1, 1) + datetime.timedelta(days=self.random.randrange(7600))
        article = Article(
            "".join(pieces),
            path=f"corpus/{number}.txt",
            title=f"{self._name()} talks {number}",
            published=None if self.random.random() < 0.02 else day.isoformat(),
            publisher=self.random.choices(self.publishers, cum_weights=self.publisher_weights)[0],
            kind="article",
        )
        return Extraction(article, tuple(quotations))


def _cumulated(count: int) -> list[float]:
    total, found = 0.0, []
    for rank in range(1, count + 1):
        total += 1 / rank
        found.append(total)
    return found


def fill(path: str, quotations: int) -> None:
    world = World(1)
    with db.open_store(path) as store:
        run = store.start_run("bench")
        started = last = time.perf_counter()
        articles = quotations // PER_ARTICLE
        for number in range(articles):
            store.write(world.extraction(number), run)
            if (number + 1) % 10_000 == 0:
                now = time.perf_counter()
                print(f"  {number + 1:,} articles, {(now - last) / 10:.3f} ms an article", file=sys.stderr, flush=True)
                last = now
        store.finish_run(run)
        seconds = time.perf_counter() - started
        print(f"writing {quotations:,} quotations: {seconds:.0f} s, {quotations / seconds:,.0f} a second")


def timed(name: str, limit: float | None, function: Callable[[], object], runs: int = 5) -> bool:
    """Prints how long ``function`` takes; False when its slowest run is over ``limit`` milliseconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        function()
        times.append((time.perf_counter() - started) * 1000)
    late = limit is not None and max(times) > limit
    verdict = "" if limit is None else f"  (limit {limit:.0f})" + ("  TOO SLOW" if late else "")
    print(f"{name:<58} median {statistics.median(times):8.1f}  slowest {max(times):8.1f}{verdict}", flush=True)
    return not late


def filters(store: db.Store) -> dict[str, db.Filter]:
    """One filter for each field at several sizes, and the pairs that leave much to look through and little to find."""
    speakers = store.speakers(limit=200).rows
    publishers, countries = store.publishers(), store.countries()
    rare_country, common_country = countries[-1].value or "", countries[0].value or ""
    return {
        "no filter": db.Filter(),
        "speaker, the most quoted": db.Filter(speaker_ids=(speakers[0].id,)),
        "speaker, the 200th": db.Filter(speaker_ids=(speakers[-1].id,)),
        "speaker by part of a name": db.Filter(speaker=speakers[50].name.split()[1][:4]),
        "unattributed": db.Filter(unattributed=True),
        "country, common": db.Filter(country=(common_country,)),
        "country, rare": db.Filter(country=(rare_country,)),
        "three countries": db.Filter(country=tuple(country.value or "" for country in countries[:3])),
        "form direct": db.Filter(form=("direct",)),
        "forms direct and mixed": db.Filter(form=("direct", "mixed")),
        "act, common": db.Filter(act=(ACTS[0],)),
        "act, rare": db.Filter(act=(ACTS[-1],)),
        "mode thought": db.Filter(mode=("thought",)),
        "kind group": db.Filter(kind=("group",)),
        "publisher, common": db.Filter(publisher=(publishers[0].value or "",)),
        "publisher, rare": db.Filter(publisher=(publishers[-1].value or "",)),
        "status rejected (none)": db.Filter(status=("rejected",)),
        "since 2023": db.Filter(since="2023"),
        "until 2004-02": db.Filter(until="2004-02"),
        "one day": db.Filter(since="2014-05-05", until="2014-05-05"),
        "confidence under 0.2": db.Filter(max_confidence=0.2),
        "confidence over 0.9": db.Filter(min_confidence=0.9),
        "path": db.Filter(path="corpus/4711.txt"),
        "path glob": db.Filter(path="corpus/47*.txt"),
        "once": db.Filter(once=True),
        "common word": db.Filter(words="the"),
        "frequent word": db.Filter(words="sanctions"),
        "two frequent words": db.Filter(words="talks sanctions"),
        "phrase": db.Filter(words='"of the talks"'),
        "prefix": db.Filter(words="sanct*"),
        "word excluded": db.Filter(words="talks -the"),
        "common word and country": db.Filter(words="the", country=(rare_country,)),
        "common word and speaker": db.Filter(words="the", speaker_ids=(speakers[5].id,)),
        "word and form and period": db.Filter(words="talks", form=("direct",), since="2020"),
        "country and act": db.Filter(country=(common_country,), act=(ACTS[9],)),
        "form, country, act, mode": db.Filter(
            form=("mixed",), country=(common_country,), act=(ACTS[5],), mode=("writing",)
        ),
        "form, mode and kind, few in all": db.Filter(form=("mixed",), mode=("thought",), kind=("group",)),
        "form and publisher and period": db.Filter(
            form=("mixed",), publisher=(publishers[0].value or "",), since="2023-12"
        ),
        "form and confidence, nothing passes": db.Filter(form=("direct",), max_confidence=0.02),
    }


def measure(path: str) -> bool:
    good = True

    def opened() -> None:
        with db.open_store(path) as store:
            store.quotations(limit=1, count_to=0)

    def in_new_process() -> None:
        code = "import sys, db\nwith db.open_store(sys.argv[1]) as s: s.totals"
        subprocess.run([sys.executable, "-c", code, path], check=True)

    good &= timed("open", 200, opened)
    timed("open in a new process, Python's start and imports included", None, in_new_process)
    with db.open_store(path) as store:
        for name, filter in filters(store).items():
            for sort in ("relevance", "newest") if filter.words else ("newest",):
                label = f"first page: {name}" + (f", by {sort}" if filter.words else "")
                good &= timed(label, 100, lambda filter=filter, sort=sort: store.quotations(filter, sort))
        for sort in db.QUOTATION_SORTS:
            good &= timed(f"first page, no filter, by {sort}", 100, lambda sort=sort: store.quotations(sort=sort))
            filter = db.Filter(form=("mixed",), since="2020")
            good &= timed(
                f"first page, mixed since 2020, by {sort}", 100, lambda f=filter, s=sort: store.quotations(f, s)
            )
        for speaker_sort in db.SPEAKER_SORTS:
            good &= timed(f"speakers by {speaker_sort}", 200, lambda sort=speaker_sort: store.speakers(sort=sort))
        good &= timed("speakers, prefix", 200, lambda: store.speakers(prefix="kar"))
        good &= timed("speakers of persons", 200, lambda: store.speakers(db.Filter(kind=("person",))))
        country = store.countries()[0].value or ""
        good &= timed("speakers of a country", 200, lambda: store.speakers(db.Filter(country=(country,))))
        timed("speakers of direct quotations (counted)", None, lambda: store.speakers(db.Filter(form=("direct",))))
        timed("countries", None, store.countries)
        timed("publishers", None, store.publishers)
        timed("totals", None, store.totals)
        timed("articles by newest", None, store.articles)
        timed("speaker detail, the most quoted", None, lambda: store.speaker(store.speakers(limit=1).rows[0].id))
        timed("timeline, the most quoted", None, lambda: store.timeline(store.speakers(limit=1).rows[0].id))
        timed("article", None, lambda: store.article(4711))
        cursor = None
        for _ in range(200):
            cursor = store.quotations(after=cursor, count_to=0).next
        timed("page 201", None, lambda: store.quotations(after=cursor, count_to=0))
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotations", type=int, default=1_000_000)
    parser.add_argument("--db", type=Path, required=True)
    options = parser.parse_args()
    if not options.db.exists():
        fill(str(options.db), options.quotations)
    print(f"file: {options.db.stat().st_size / 1e6:,.0f} MB")
    good = measure(str(options.db))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
