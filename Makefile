# The commands of Đôn Đốc; each makes the environment that it needs.
#   make run     the sample council on this machine          make test      what a newcomer runs (under three minutes)
#   make lint    style, types, contracts                     make test-all  everything, with stories, kills and the browser
#   make bench   the table of benchmarks (ARGS=quick)        make lock      requirements*.txt anew from requirements*.in
#   make format  the formatter                               make catalogues   locales/ from the sentences in the code
#   make migration M="what changes"                          make env       only the environment
#   make fakes   a Telegram and a Zalo on this machine to try the assistant with, without an account

.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--universal --python-version 3.11 --custom-compile-command "make lock"
LONG := slow or browser or kill

.PHONY: help env run test test-all test-long lint format bench lock catalogues migration fakes

help:
	@sed -n '2,7s/^# *//p' Makefile

env: .venv/.developing
	@:

run: .venv/.running
	@$(BIN)/dondoc run --sample

fakes: .venv/.developing
	@$(BIN)/python -m tests.fakes $(ARGS)

test: .venv/.developing
	@echo "Running the tests"
	@$(BIN)/pytest -n 2 -q -m "not ($(LONG))" $(ARGS)

test-long: .venv/.developing
	@echo "Running the longer tiers: stories, kills"
	@$(BIN)/pytest -n 2 -q -m "(slow or kill) and not browser" $(ARGS)
	@echo "Running the browser"  # in processes of its own: what drives it keeps an event loop running
	@$(BIN)/pytest -n 2 -q -m browser $(ARGS)

test-all: test lint test-long

lint: .venv/.developing
	@echo "Checking style" && $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@echo "Checking types" && $(BIN)/mypy --no-error-summary
	@echo "Checking who imports whom" && found=$$($(BIN)/lint-imports) || { echo "$$found"; exit 1; }

format: .venv/.developing
	@$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format --quiet .

bench: .venv/.developing
	@$(BIN)/python -m benchmarks $(ARGS)

lock: .venv/.developing
	@echo "Locking what we depend on"
	@for name in requirements requirements-build requirements-dev; do $(LOCK) $$name.in -o $$name.txt > /dev/null || exit 1; done

catalogues: .venv/.developing
	@echo "Collecting the sentences"
	@$(BIN)/python -m locales

migration: .venv/.developing
	@test -n "$(M)" || { echo 'Say what changes: make migration M="Add the table of letters."'; exit 2; }
	@$(BIN)/python -m migrations "$(M)"
	@$(BIN)/ruff check --quiet --fix-only migrations && $(BIN)/ruff format --quiet migrations

# The environment: .running has what the assistant needs, .developing what its developers need besides.
.venv/.running: requirements.txt requirements-build.txt pyproject.toml
	@test -x $(BIN)/python || { python=$$(bash .ci/python) && echo "Making .venv with $$python" && "$$python" -m venv .venv; }
	@echo "Installing what the assistant needs"
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.developing: .venv/.running requirements-dev.txt
	@echo "Installing what its developers need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
