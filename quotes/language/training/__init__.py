"""Training of the bundled models: ``python -m quotes.language.training --help``. Needs the ``train`` extra and data."""
