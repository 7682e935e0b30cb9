# Everything a reader or a developer does, from a fresh clone. `make help` lists it.
# Needed on the machine: Python 3.11 or later, make, git. No conda, browser or Chinese font.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# One hash salt and one date for every figure and page, so that two builds give the same bytes.
export PYTHONHASHSEED := 0
export SOURCE_DATE_EPOCH := 1767225600
export PYTHONUTF8 := 1
# The environment is ours: compiled modules are kept in it, or every kernel compiles them anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup tables notebooks report test lint lab lock pythons font fuzz coverage shapes flakes audit dist docs clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: $(READY) ## the environment in .venv, from the locked and hashed list of packages

$(READY): requirements.lock requirements-uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "yiyang needs Python 3.11 or later; found $$($(PYTHON) --version). Name another: make PYTHON=python3.12 …"; exit 1; }
	@echo "set-up 1/3: a virtual environment in $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "python -m venv failed; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "set-up 2/3: the package installer uv, by pip"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@echo "set-up 3/3: the packages of requirements.lock, each held to its hash"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

tables: $(READY) ## data/raw to data/processed
	@$(BIN)/yiyang tables

notebooks: $(READY) ## execute the notebooks in place and store their outputs
	@$(BIN)/yiyang notebooks

report: $(READY) ## the whole way: tables, notebooks, and the site in report/; FRESH=1 keeps nothing
	@$(BIN)/yiyang report $(if $(FRESH),--fresh)

test: $(READY) ## lint, types, tests and notebooks
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n 2 --dist loadfile --nbval tests notebooks

lint: $(READY) ## format, lint and type check
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

EDITION ?= zh
lab: $(READY) ## JupyterLab, opened on the notebooks; EDITION=en on the English ones
	@$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) --notebook-dir=. notebooks/$(EDITION)/00-corpus.ipynb

lock: $(READY) ## resolve pyproject.toml anew into requirements.lock
	@$(BIN)/uv pip compile --universal --python-version 3.11 --extra report --extra test --extra validation --extra docs --extra serve --generate-hashes \
	  --no-header --no-emit-index-url --no-emit-find-links --quiet pyproject.toml -o requirements.lock

PYTHONS ?= 3.12 3.13
pythons: $(READY) ## the lock and the wheel under later versions of Python: PYTHONS="3.12 3.13"
	@for v in $(PYTHONS); do \
	  $(BIN)/uv pip install --dry-run --quiet --no-python-downloads --python-version $$v --target build/python-$$v \
	    --require-hashes -r requirements.lock || exit 1; \
	  echo "Python $$v: requirements.lock is resolved"; \
	  python$$v -c '' 2>/dev/null || { echo "Python $$v is not on this machine: untested"; continue; }; \
	  rm -rf build/python-$$v && python$$v -m venv --without-pip build/python-$$v && \
	  $(BIN)/uv pip install --quiet --python build/python-$$v/bin/python --require-hashes -r requirements.lock && \
	  echo "Python $$v: each package of it is installed, held to its hash; the wheel is tried" && \
	  build/python-$$v/bin/python -m pytest -q tests/test_package.py || exit 1; \
	done

font: $(READY) ## make the font of the charts anew (needs Debian's fonts-noto-cjk)
	@$(BIN)/python tools/make_font.py

MINUTES ?= 10
fuzz: $(READY) ## fuzz the readers and the grammars for MINUTES=10 (robustness/fuzz/README.md)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r pyproject.toml --extra fuzz
	@nice -n 19 $(BIN)/python robustness/fuzz/run.py $(MINUTES) --write docs/reliability/fuzz.csv

coverage: $(READY) ## statement coverage of the library over the whole suite
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n 2 --dist loadfile --nbval tests notebooks
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --sort=cover --show-missing
	@{ echo "statements covered"; $(BIN)/coverage report --format=total --precision=1; } \
	  > docs/reliability/coverage.csv

shapes: $(READY) ## every notebook and page over sixty corpora that lack something
	@$(BIN)/python robustness/shapes.py

RUNS ?= 20
flakes: $(READY) ## run the whole suite RUNS=20 times and note how each run ended
	@$(BIN)/python tools/flakes.py $(RUNS)

audit: $(READY) ## look the packages of the lock up in the list of known faults (needs the internet)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python pip-audit
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

docs: $(READY) ## the guide and the reference, in build/docs/
	@$(BIN)/python -m sphinx -b html -q -W --keep-going docs build/docs
	@echo "Open build/docs/index.html in a browser."

dist: $(READY) ## the wheel and the source distribution, in dist/, installed and tried
	@rm -rf dist
	@$(BIN)/uv build --quiet --out-dir dist --no-build-isolation --python $(BIN)/python .
	@WHOLE_WHEEL=1 $(BIN)/python -m pytest -q tests/test_package.py
	@ls dist

clean: ## remove what was made: the report, caches and the environment
	rm -rf report build dist .venv .cache .pytest_cache .ruff_cache .mypy_cache .hypothesis
