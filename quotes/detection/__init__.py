"""Detection: which stretches of an article are quotations, with their cues and sources."""

from quotes.detection.combine import detect

__all__ = ["detect"]
