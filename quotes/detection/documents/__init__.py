"""Detection by document structure: transcripts, meeting coverage, statements and round-ups."""

from quotes.detection.documents.kind import KindReport, kind_of
from quotes.detection.documents.meetings import continue_paragraphs
from quotes.detection.documents.reader import read
from quotes.detection.documents.talk import only_mentioned, states_nothing

__all__ = ["KindReport", "continue_paragraphs", "kind_of", "only_mentioned", "read", "states_nothing"]
