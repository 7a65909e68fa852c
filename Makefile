# Every task, a line each: `make help`.
PYTHON ?= python3
BIN := .venv/bin
# These train the bot and start engines: they run after the fast tests. Of two files at a time each
# has an engine and a system of its own; the longest come first, so that both end together.
SLOW := tests/engine tests/bot/test_conversations.py tests/judging tests/journeys

.DEFAULT_GOAL := help
.PHONY: help setup run test setup-test lint types rooms bot-check unit journeys vectors map lock

help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: setup ## Set everything up, then start engine, chat and desk on this machine
	@$(BIN)/waymark up

test: setup-test lint types rooms bot-check unit journeys ## Set everything up, then run all checks and tests

setup: ## Make both environments (done by `run` and `test`)
	@$(PYTHON) scripts/setup.py

setup-test:
	@$(PYTHON) scripts/setup.py --test

lint: ## Look for mistakes and style (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: ## Check types (mypy)
	$(BIN)/mypy

rooms: ## Check who imports whom, and that each dependency is used
	$(BIN)/lint-imports
	$(BIN)/deptry .

bot-check: ## Check the Rasa project (rasa data validate)
	$(BIN)/python scripts/bot_check.py

unit: ## The fast tests: every room alone
	$(BIN)/pytest -n 2 $(addprefix --ignore ,$(SLOW))

journeys: ## The slow tests: the engine, and whole conversations through everything
	$(BIN)/pytest -n 2 --dist loadfile $(SLOW)

vectors: setup ## Write the vectors of new training texts, which make a first start quick
	env -u PYTHONDONTWRITEBYTECODE PYTHONPATH=bot/engine:bot/engine/placeholders OMP_NUM_THREADS=1 \
	    .venv-engine/bin/python -m waymark_engine.shipped --project bot

map: setup-test ## Write docs/conversation.md, the map of the conversation, from the bot's files
	$(BIN)/python -m scripts.conversation_map

lock: ## Choose the newest versions that fit and pin them by hash
	uv pip compile -q --upgrade --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
