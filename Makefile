# Needs Python >= 3.11 and make, nothing else. `make` alone lists the targets.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

RUNTIME := $(VENV)/runtime-installed
DEV := $(VENV)/dev-installed
# Twice quiet, or pip warns of each package that a second index lacks.
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input

# Only what was said on the command line: make itself sets AS to the assembler.
said = $(if $(findstring command,$(origin $1)),$2 '$($1)')
CHAT_OPTIONS = $(call said,AS,--as) $(call said,LANGUE,--lang)

# Of the whole suite; a test run by hand stays in one process. One more than the smallest machine has cores: many tests
# wait for a server. A file stays with one worker, so that what its tests set up together is set up once.
WORKERS ?= 3
SHARED_OUT := --dist loadfile --no-loadscope-reorder
CENTRE := bot/question.py,bot/talk.py,bot/form.py,bot/filling.py
# Counting lines doubles the time that tests take, so that only what has to be whole is counted each time.
OF_CENTRE := tests/bot/test_talk*.py tests/bot/test_form.py

.DEFAULT_GOAL := help
.SILENT:
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help chat test lint types audit tests coverage bench fmt lock clean

help:
	echo 'make chat              talk to the assistant in this terminal (AS=parent, school-admin, css-admin, operator; LANGUE=en)'
	echo 'make test              every check and every test'
	echo 'make lint|types|audit|tests   one part of it (tests: TESTS="tests/test_house.py -k arrows", or WORKERS=4)'
	echo 'make coverage          every test again, and which lines none of them visits'
	echo 'make bench             how fast it is, as a table'
	echo 'make fmt               format the code'
	echo 'make lock              renew requirements*.lock (all to their newest: make lock UPGRADE=1)'
	echo 'make clean             forget the environment and the caches'

chat: $(RUNTIME)
	$(BIN)/declic chat $(CHAT_OPTIONS)

test: lint types audit tests

lint: $(DEV)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	echo 'lint: clean'

types: $(DEV)
	$(BIN)/mypy

audit: $(DEV)
	$(BIN)/python -m tests.audit requirements-dev.lock

tests: $(DEV)
ifdef TESTS
	$(BIN)/python -m pytest $(TESTS)
else
	$(BIN)/python -m pytest --numprocesses $(WORKERS) $(SHARED_OUT)
	$(BIN)/python -m pytest --quiet --cov --cov-report= $(OF_CENTRE)
	$(BIN)/coverage report --include=$(CENTRE) --fail-under=100
endif

coverage: $(DEV)
	$(BIN)/python -m pytest --numprocesses $(WORKERS) $(SHARED_OUT) --cov --cov-report=term

bench: $(DEV)
	$(BIN)/python -m tests.bench

fmt: $(DEV)
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .

# uv, because it resolves for every platform and Python at once; the locks name no index, so that each site uses its own.
RESOLVE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)
lock: $(DEV)
	$(RESOLVE) --group build --output-file requirements.lock
	$(RESOLVE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

# What sets the environment up speaks on stderr alone: stdout is the conversation's.
define install
	echo 'declic: setting up $(VENV) from $1 (about a minute the first time)...' >&2
	$(PIP) install --require-hashes --requirement $1 >&2
	$(PIP) install --no-deps --no-build-isolation --editable . >&2
endef

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	$(call install,requirements.lock)
	touch $@

# The dev lock holds the runtime's pins too, so both are in place after it.
$(DEV): requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	$(call install,requirements-dev.lock)
	touch $(RUNTIME) $@

$(BIN)/python:
	command -v $(PYTHON) >/dev/null || { echo 'declic: no $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=python3.12 ...' >&2; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "declic: $(PYTHON) is `$(PYTHON) -V 2>&1`, too old: 3.11 or newer is needed. Name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) >&2 || \
		{ rm -rf $(VENV); echo 'declic: $(PYTHON) cannot make an environment (on Debian: apt install python3-venv)' >&2; exit 1; }
