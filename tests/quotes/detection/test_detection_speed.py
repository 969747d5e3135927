"""Detection stays linear in the text, also when it is full of marks, cues and frames."""

import time

from quotes.analysis import Frame
from quotes.model import Span

PARAGRAPH = (
    "“We will sign,” Berg said. “We will stay.” Holt warned that the ships would sail, adding that “time is short”. "
    "The ministers' plan was called ‘unacceptable’ by one envoy, according to the ministry.\n\n"
)


def frames(repeats: int) -> list[Frame]:
    """Two frames for each paragraph, the second one over words of two paragraphs."""

    def spans(words: str, number: int) -> tuple[Span, ...]:
        start = PARAGRAPH.index(words) + number * len(PARAGRAPH)
        return (Span(start, start + len(words)),)

    made = []
    for number in range(repeats):
        later = spans("time is short", min(number + 1, repeats - 1))
        made.append(Frame(spans("said", number), spans("Berg", number), spans("“We will sign,”", number), 0.5))
        made.append(Frame(spans("warned", number), spans("Holt", number), spans("that the ships", number) + later, 0.5))
    return made


def test_ten_times_the_text_takes_no_hundred_times_as_long(detected):
    def seconds(repeats: int) -> float:
        text, given, best = PARAGRAPH * repeats, frames(repeats), float("inf")
        for _ in range(2):
            start = time.process_time()
            found = detected(text, *given)
            best = min(best, time.process_time() - start)
        assert len(found) >= 2 * repeats
        return best

    seconds(5)
    assert seconds(400) < 40 * max(seconds(40), 0.01)


def test_a_text_without_full_stops_takes_linear_time(detected):
    start = time.process_time()
    assert detected("said that he " * 2500).rows()
    assert time.process_time() - start < 5  # seconds; it took three times that when words were counted over and over
