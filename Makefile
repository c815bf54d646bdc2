# Two commands do everything on a fresh machine: `make run` and `make test`.
# The others are the steps they are made of.

PYTHON ?= python3
PORT ?= 8000
INSTANCE ?= instance
VENV := .venv
BIN := $(VENV)/bin

export PORT INSTANCE
# without the compiled modules every command would take three seconds longer to start
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check setup setup-dev assets messages lock screenshots bench audit clean help

help: ## Show the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Set up, migrate, load the demo when empty, serve with a worker
	@$(BIN)/consult serve --demo

test: setup-dev ## Set up, then every check and test on SQLite and PostgreSQL
	@scripts/run-tests

check: setup-dev ## Only the static checks (seconds)
	@scripts/run-checks

setup: $(VENV)/.runtime consult/static/build/manifest.json translations ## Install what running needs

setup-dev: $(VENV)/.dev consult/static/build/manifest.json translations ## Install what testing needs
	@scripts/ensure-system-packages

$(VENV)/bin/python:
	@scripts/ensure-system-packages --runtime
	$(PYTHON) -m venv $(VENV)

# uv installs in seconds what takes pip minutes; pip installs uv, checked by hash like the rest
$(VENV)/bin/uv: requirements-uv.lock | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.lock
	@touch $@

INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/uv
	@$(INSTALL) -r requirements.lock
	@scripts/link-project $(BIN)/python
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/uv
	@$(INSTALL) -r requirements-dev.lock
	@scripts/link-project $(BIN)/python
	@touch $(VENV)/.runtime $@

node_modules/.installed: package.json package-lock.json
	npm ci --no-progress --silent
	@touch $@

consult/static/build/manifest.json: node_modules/.installed scripts/build-assets.mjs $(shell find consult/assets -type f)
	@node scripts/build-assets.mjs

assets: consult/static/build/manifest.json ## Build style sheets, scripts and fonts

.PHONY: translations
translations:
	@$(BIN)/python scripts/compile_messages.py

messages: $(VENV)/.dev ## Collect the texts to translate into consult/translations
	@$(BIN)/python -m scripts.update_messages

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet

lock: $(VENV)/.dev ## Renew the Python locks
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	echo uv | $(LOCK) - --no-annotate -c requirements-dev.lock -o requirements-uv.lock

screenshots: setup-dev ## Take the pictures in docs/images from the demo
	@$(BIN)/python scripts/take_screenshots.py

bench: setup-dev ## Measure; see docs/performance.md
	@$(BIN)/python -m bench

bench/audit/node_modules/.installed: bench/audit/package.json bench/audit/package-lock.json
	npm ci --prefix bench/audit --no-progress --silent --ignore-scripts
	@touch $@

audit: setup-dev bench/audit/node_modules/.installed ## Lighthouse and axe on the pages of those who answer
	@node bench/audit/audit.mjs

clean: ## Remove what set-up made (never the instance folder)
	rm -rf $(VENV) node_modules bench/audit/node_modules consult/static/build
