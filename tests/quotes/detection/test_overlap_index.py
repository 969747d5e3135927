"""The index of spans gives what trying them all gives."""

from hypothesis import given
from hypothesis import strategies as st

from quotes.detection.overlaps import Overlaps
from quotes.model import Span

SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=30), SPANS)
def test_as_trying_them_all(spans, wanted):
    index = Overlaps(enumerated := [(span, number) for number, span in enumerate(spans)])
    expected = [number for span, number in enumerated if span.overlaps(wanted)]
    assert sorted(index(wanted)) == expected
    assert index.touches(wanted) == bool(expected)
