# What a developer types. `make help` lists it.

BIN := .venv/bin
PORT ?= 8000
export PORT
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
CHECKS := format lint types imports files templates translations migrations docs

.PHONY: help setup run test check bench messages pictures icons lock $(CHECKS:%=check-%)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

setup: .venv/run.stamp $(CATALOGUES:.po=.mo) ## the environment in .venv/

run: setup ## the programme on http://127.0.0.1:8000 (PORT= to change), with a demonstration
	@$(BIN)/mobilizer demo --if-empty
	@exec $(BIN)/mobilizer serve --worker

test: setup .venv/test.stamp ## all tests: units, SQLite and PostgreSQL, browser
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/pytest -q -n 2 --dist worksteal $(ARGS)

check: setup .venv/test.stamp ## format, lint, types, contracts, templates, translations, migrations, docs
	@$(MAKE) --no-print-directory -j 2 -k --output-sync=target $(CHECKS:%=check-%)
	@echo 'All checks passed.'

bench: setup .venv/test.stamp ## the performance figures
	@$(BIN)/python -m bench $(ARGS)

messages: setup .venv/test.stamp ## collect the messages of code and templates into the catalogues
	@$(BIN)/python -m checks.translations --write

pictures: setup .venv/test.stamp ## the README's pictures, taken of the demonstration in Chromium
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m pictures

icons: setup ## the icons of the installed site, drawn
	@$(BIN)/python -m pictures.icons

lock: ## pin requirements/*.in anew; needs uv
	@requirements/lock


.venv/bin/python:
	@requirements/venv

.venv/run.stamp: requirements/run.lock pyproject.toml | .venv/bin/python
	@requirements/install run.lock
	@$(BIN)/pip install --quiet --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

.venv/test.stamp: requirements/test.lock | .venv/run.stamp
	@requirements/install test.lock
	@touch $@

%.mo: %.po | .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@


check-format:
	@$(BIN)/ruff format --check --quiet --output-format concise .

check-lint:
	@$(BIN)/ruff check --quiet --output-format concise .

check-types:
	@$(BIN)/mypy --no-error-summary

check-imports:
	@$(BIN)/lint-imports --no-logo --no-cache > .venv/imports.log || { cat .venv/imports.log; exit 1; }

check-files check-templates check-translations check-migrations check-docs: check-%:
	@$(BIN)/python -m checks.$*
