# make demo    set everything up and show the main job on the bundled samples
# make test    set everything up and run the tests
# make check   format, lint, types, import contracts
# make picture the README's picture, from the bundled samples
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: demo test check picture format clean

demo: $(READY)
	@$(BIN)/quotes demo

test: $(READY)
	@$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

picture: $(READY)
	rm -f build/quotes.db*
	mkdir -p build
	cd quotes/samples && ../../$(BIN)/quotes extract *.txt --db ../../build/quotes.db
	$(BIN)/python -m tui.screenshot build/quotes.db docs/browse.svg

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "quotes needs Python 3.11 or newer (make PYTHON=python3.12 ...)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (PyTorch is large: this takes some minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
