"""The language stage: Stanza on bundled models, with this project's own processor for quotations.

Importing this package registers the Stanza processor ``quotation`` (see quotes.language.processor).
"""

from quotes.language.bundle import ModelMissing
from quotes.language.pipeline import Analyser, bundled_pipeline
from quotes.language.processor import QuotationProcessor
from quotes.language.reader import QuotationReader, Reading

__all__ = ["Analyser", "ModelMissing", "QuotationProcessor", "QuotationReader", "Reading", "bundled_pipeline"]
