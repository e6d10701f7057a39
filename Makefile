# Everything a newcomer needs is `make run` and `make test`; both make their own environment in .venv.
# `make` alone lists the targets.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
BENCH ?= full
EVALUATE ?= full

export PYTHONDONTWRITEBYTECODE :=
export RASA_TELEMETRY_ENABLED := false

.PHONY: help run edit flows evaluate test lint check format types data-check test-fast test-conversations test-browser test-faults \
	test-modern train bench screenshot lock clean env env-dev

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: env ## start everything and open a phone at http://127.0.0.1:8700 (Ctrl-C stops it)
	@exec $(PY) -m sprechstunde run

edit: env ## the same, while you edit data/: texts are live at once, examples and rules in seconds
	@exec $(PY) -m sprechstunde edit

flows: env ## draw each dialogue as a page with chat bubbles: docs/flows/index.html
	@$(PY) -m sprechstunde.workbench.flows

evaluate: env-dev ## how well patients are understood, on phrasing held out (EVALUATE=quick: without networks)
	@EVALUATE=$(EVALUATE) TF_CPP_MIN_LOG_LEVEL=3 $(PY) -W ignore -m sprechstunde.workbench.evaluation

test: env-dev ## everything that must hold: style, types, layers, training data, all tests
	@exec $(PY) scripts/check.py all

test-fast: env-dev ## unit and integration tests only (about a minute)
	@$(PY) -m pytest tests/unit tests/integration

test-conversations: env-dev ## whole dialogues through the real assistant
	@$(PY) -m pytest -n auto --maxprocesses 4 tests/conversations

test-browser: env-dev ## a booking through the phone page in headless Chromium, forty dialogues by phone
	@$(PY) -m pytest tests/browser tests/phone

test-faults: env-dev ## killed processes, busy ports, second starts
	@$(PY) -m pytest tests/faults

test-modern: ## the Rasa-free part on the newest Python with SQLAlchemy 2
	@scripts/test-modern

lint: env ## the dialogues in a second: texts, buttons, names, examples, wording (no training needed)
	@exec $(PY) -m sprechstunde.linting

check: env-dev ## all that `make test` checks ahead of its tests: style, types, layers, dialogues, training data
	@exec $(PY) scripts/check.py lint

types: env-dev ## mypy alone
	@$(PY) -m mypy

data-check: env-dev ## Rasa's check of domain, examples, rules and stories
	@exec $(PY) scripts/check.py data

format: env-dev ## lay out the code and fix what can be fixed by machine
	@$(PY) -m ruff check --fix-only --quiet
	@$(PY) -m ruff format

train: env ## train the assistant if its data changed
	@$(PY) -m sprechstunde.assistant.training

bench: env-dev ## measure against Rasa's default set-up (BENCH=quick for a short look)
	@BENCH=$(BENCH) $(PY) -m benchmarks

screenshot: env-dev ## take the pictures in docs/images anew
	@$(PY) -m scripts.screenshot

lock: env-dev ## compile the requirements into locks with hashes
	@$(PY) scripts/lock.py

clean: ## remove environment, models, caches; the demo's data in .data stays
	@rm -rf .venv models .rasa .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

env:
	@python310=$$(scripts/find-python) && "$$python310" scripts/environment.py requirements.txt

env-dev:
	@python310=$$(scripts/find-python) && "$$python310" scripts/environment.py requirements-dev.txt
