import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.language.words import BREAKS, CASES, MARKS, split_words

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("abcXYZ12 \n\t\r.,\"'“”«»`-\u200b\u0301\u2028é"), st.characters(codec="utf-8"))
)


@given(TEXTS)
def test_words_cover_every_visible_character_once_and_in_order(text: str) -> None:
    words = split_words(text)
    at = 0
    for start, end, form in zip(words.starts, words.ends, words.forms, strict=True):
        assert text[at:start].strip() == ""
        assert text[start:end] == form != ""
        at = end
    assert text[at:].strip() == ""
    assert all(0 <= c < CASES for c in words.cases)
    assert all(0 <= m < MARKS for m in words.marks)
    assert all(0 <= b < BREAKS for b in words.breaks)
    assert len(words.cases) == len(words.marks) == len(words.breaks) == len(words)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“No,” he said.", "No ,"),
        ('"No," he said.', "No ,"),
        ("''No,'' he said.", "No ,"),
        ("``No,'' he said.", "No ,"),
        ("«No» he said.", "No"),
        ("“No, he said.\n\nNew paragraph", "No , he said ."),  # never closed: ends with its paragraph
        ("It's the ministers' plan.", ""),
    ],
)
def test_words_inside_quotation_marks(text: str, inside: str) -> None:
    words = split_words(text)
    assert " ".join(f for f, m in zip(words.forms, words.marks, strict=True) if m == 1) == inside


def test_breaks_come_from_line_breaks_or_from_known_paragraphs() -> None:
    text = "one two\nthree\r\n\r\nfour"
    assert split_words(text).breaks == [2, 0, 1, 2]
    assert split_words(text, [0, text.index("four")]).breaks == [2, 0, 0, 2]
    assert split_words(text, [0]).breaks == [2, 0, 0, 0]


@given(TEXTS, st.integers(1, 7))
def test_sections_put_together_are_the_whole(text: str, longest: int) -> None:
    words = split_words(text)
    sections = list(words.sections(longest))
    assert [s for part in sections for s in part.starts] == words.starts
    assert all(len(part) <= longest for part in sections)
