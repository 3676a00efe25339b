# Two commands matter: `make demo` and `make test`. Both start from Python, pip and make alone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Images of containers set it; then every process would compile all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE
# Not compiled: Python compiles what it imports, a third of what is installed.
INSTALL = $(BIN)/pip install --quiet --no-compile

.PHONY: demo test check bench lock messages fonts screenshots clean
.DELETE_ON_ERROR:

$(BIN)/phaseout: requirements/run.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements/run.lock
	$(INSTALL) --require-hashes -r requirements/build.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(BIN)/phaseout requirements/dev.lock
	$(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.lock
	$(INSTALL) --require-hashes -r requirements/bench.lock
	@touch $@

## demo: the main job on the shipped data, from nothing, then the site (SERVE=0: loaded, not served)
demo: $(BIN)/phaseout
	$(BIN)/phaseout demo --out demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

## test: the whole suite, from nothing
test: $(VENV)/.dev
	PYTHON=$(PYTHON) ./.ci/browser
	$(BIN)/python -m pytest -n 3 # on two cores: a worker often waits for a server or a browser

## check: lint, format, types, import contracts
check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PHASEOUT_MODE=demo PHASEOUT_HOME=$(VENV)/home $(BIN)/mypy
	$(BIN)/lint-imports

## bench: side by side, ratios printed; asserts nothing
bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

## lock: write the hashed locks anew (needs uv on the PATH)
lock:
	uv lock --upgrade
	uv export -q --no-header --no-annotate --no-emit-project --no-default-groups -o requirements/run.lock
	uv export -q --no-header --no-annotate --no-emit-project --only-group dev -o requirements/dev.lock
	uv export -q --no-header --no-annotate --no-emit-project --only-group build -o requirements/build.lock
	uv export -q --no-header --no-annotate --no-emit-project --no-default-groups --extra bench -o requirements/bench.lock

## screenshots: pictures of every page for the documents, from a demonstration that runs at SITE
SITE ?= http://127.0.0.1:8000
screenshots: $(VENV)/.dev
	$(BIN)/python docs/screenshots.py $(SITE)

## messages: collect what the pages say, compile its English, list what has none yet (ROOM=library: that one)
messages: $(VENV)/.dev
	$(BIN)/python -m phaseout.pages.locales $(ROOM)

## fonts: make the shipped typefaces of the documents anew (needs Debian's fonts-noto-cjk)
fonts: $(BIN)/phaseout
	$(BIN)/python -m phaseout.documents.subsetting

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
