# Verbs: setup ingest test check docs bench bench-tables samples kills fuzz
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEVELOP := $(VENV)/.develop
CORPUS ?= corpus/
OUTPUTS ?= outputs/

.PHONY: setup ingest test check docs bench bench-tables samples kills fuzz

setup: $(READY)  ## Make a virtual environment with rapextract in it

# Stamp files: the second call of a verb installs nothing.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("rapextract needs Python 3.11 or later: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q src
	touch $@

$(DEVELOP): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

ingest: $(READY)  ## Read CORPUS into OUTPUTS
	$(BIN)/rapextract ingest $(CORPUS) -o $(OUTPUTS)

test: check  ## Everything: check, the grammars' examples, the suite
	$(BIN)/rapextract grammar test
	$(BIN)/python -m pytest -n auto

check: $(DEVELOP)  ## Style, types, and the walls between the rooms
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY)  ## Write the generated pages of docs/
	$(BIN)/python scripts/docs.py

bench: $(DEVELOP)  ## Speed and memory of the whole job, side by side with pdfplumber
	$(BIN)/python scripts/bench.py

bench-tables: $(DEVELOP)  ## Score tables on the ICDAR 2013 documents, where they are at hand
	$(BIN)/python scripts/bench_tables.py

samples: $(DEVELOP)  ## Typeset the PDFs of the sample corpus anew
	$(BIN)/python scripts/typeset.py samples/drsm-normandie-2021.md corpus/drsm-normandie-2021.pdf

kills: $(DEVELOP)  ## Kill a run at 25 random moments; each time the next run must end the same
	$(BIN)/python scripts/kills.py

fuzz: $(DEVELOP)  ## Search for inputs that break something, for several minutes
	$(BIN)/python -m pytest -n auto -m fuzz --hypothesis-profile=long
