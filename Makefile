# The platform's tasks. `make help` lists them.
.DEFAULT_GOAL := help
.ONESHELL:
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: help setup run test test-sqlite test-postgresql coverage lint format bench translations screenshots lock system clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q

# One process more than there are cores: browsers and servers are waited for.
SPREAD := -n 3 --dist worksteal

# What tests write is gone afterwards: where memory has room, no disk is waited for.
ROOM := $(shell df --output=avail -k /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000000 { print "/dev/shm" }')
PYTEST = $(if $(ROOM),TMPDIR=$(ROOM) )$(BIN)/pytest

help:  ## Say what each target does
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/:.*?## /\t/' | column -t -s "$$(printf '\t')"

run: setup  ## Do everything and serve the platform at http://127.0.0.1:8000
	@$(BIN)/advocacy up
	exec $(BIN)/advocacy serve

setup: $(VENV)/.run-stamp  ## Make .venv with everything that running needs

$(VENV)/.run-stamp: requirements/run.txt pyproject.toml
	@PYTHON="$(PYTHON)" scripts/make-venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-stamp: requirements/test.txt $(VENV)/.run-stamp
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

system:  ## Find the system packages that tests need, or install them (Debian, root)
	@scripts/system-packages

test: $(VENV)/.test-stamp system  ## Do everything and run all tests, those of the database on PostgreSQL as well
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgresql

test-sqlite: $(VENV)/.test-stamp
	@$(PYTEST) $(SPREAD) --database sqlite

test-postgresql: $(VENV)/.test-stamp
	@$(PYTEST) $(SPREAD) --database postgresql --ignore tests/rules --ignore tests/catalogs \
	  --ignore tests/vault --ignore tests/browser

coverage: $(VENV)/.test-stamp system  ## Say which lines no test reaches; the tests take half as long again
	@$(PYTEST) $(SPREAD) --database sqlite --cov --cov-report=term

lint: $(VENV)/.test-stamp  ## Check style, types, layers and templates
	@$(BIN)/ruff format --check --quiet . || { echo "Run make format."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint --lint --quiet advocacy/templates

format: $(VENV)/.test-stamp  ## Put Python files into shape
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

bench: $(VENV)/.test-stamp  ## Measure speed against a ceiling taken in the same run
	@broken=0; for file in benchmarks/measure_*.py; do $(BIN)/python $$file || broken=1; done; exit $$broken

translations: $(VENV)/.run-stamp  ## Extract messages, merge them into the catalogs, report
	@$(BIN)/advocacy catalogs extract

screenshots: $(VENV)/.test-stamp system  ## Take the pictures in README and guides of the real pages
	@$(BIN)/python scripts/take_screenshots.py

lock: $(VENV)/.test-stamp  ## Lock the dependencies again, with hashes
	@cd requirements
	for name in run test; do
	  ../$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-strip-extras $$name.in -o $$name.txt
	done

clean:  ## Remove everything that was made, but not the instance folder
	@rm -rf $(VENV) build .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
