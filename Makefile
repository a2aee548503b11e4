# Everything starts from Python alone: Node comes with the Python packages, and the
# front-end packages come with Node. A second run finds its stamps and skips the set-up.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
BIN := .venv/bin
# Of the theme's own notices only those about this site are wanted.
export NO_MKDOCS_2_WARNING := 1
INSTALLED := .venv/.installed
FRONT := node_modules/.installed

.PHONY: help serve site publish check tags test properties fuzz seeds bench mutate lock clean

help:
	@echo "make serve   set up, check, build and serve the site on localhost; reloads on change"
	@echo "make site    set up and build the site into site/, strictly"
	@echo "make check   set up and check the formulas of docs/ only"
	@echo "make tags    give a permanent tag to each page and labelled formula that has none"
	@echo "make test    set up, then ruff, mypy, the site and all tests"
	@echo "make bench   measure the check, and SymPy reading the same formulas"
	@echo "make mutate  try every edit of every claim of docs/: none may hold but those listed"
	@echo "make fuzz    check the nasty inputs and 100,000 random ones, guided by coverage"
	@echo "make seeds   check all pages and cases under 1,000 seeds: the same verdicts"
	@echo "make properties  try many random identities and edits of them"
	@echo "make lock    pin the Python packages that pyproject.toml names, with their hashes"
	@echo "make clean   remove what was built and every cache"
	@echo
	@echo "Another Python:   make serve PYTHON=/path/to/python3.12"
	@echo "Another address:  make serve ADDRESS=127.0.0.1:8080"

serve: $(INSTALLED) $(FRONT)
	$(BIN)/python -m proofread.surfaces.site
	$(BIN)/mkdocs serve --no-strict --livereload --dev-addr $(ADDRESS)

site: $(INSTALLED) $(FRONT)
	$(BIN)/python -m proofread.surfaces.site
	$(BIN)/mkdocs build --strict
	$(BIN)/python -m proofread.surfaces.site.finish

# For the workflow: REF is the branch or the release, SITE_URL where the site stands.
publish: $(INSTALLED) $(FRONT)
	$(BIN)/python -m proofread.surfaces.site.publish "$$REF"

check: $(INSTALLED)
	$(BIN)/proofread check docs

tags: $(INSTALLED)
	$(BIN)/proofread tags

# Everything runs even where something before it fails: one run shows all that is wrong.
test: $(INSTALLED) $(FRONT)
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(MAKE) --no-print-directory site || status=1; \
	$(BIN)/pytest -n auto || status=1; \
	exit $$status

bench: $(INSTALLED) $(FRONT)
	$(BIN)/python -m tests.benchmarks

# Another page or folder:   make mutate PAGES=docs/routes.md
PAGES ?= docs
mutate: $(INSTALLED)
	$(BIN)/python -m tests.mutation $(PAGES)

# The corpus of nasty inputs, then so many random pages. Fewer, or others:
# make fuzz INPUTS=10000 SEED=7
INPUTS ?= 100000
SEED ?= 20251121
fuzz: $(INSTALLED)
	$(BIN)/python -m tests.fuzz $(INPUTS) --seed $(SEED)

# Fewer:   make seeds SEEDS=200
SEEDS ?= 1000
seeds: $(INSTALLED)
	$(BIN)/python -m tests.benchmarks.seeds $(SEEDS)

# Others:  make properties SEED=7
properties: $(INSTALLED)
	$(BIN)/pytest -n auto tests/test_properties.py --hypothesis-profile=thorough \
	  --hypothesis-seed=$(SEED)

# Names stand in pyproject.toml; this pins them, and what they bring along, with their hashes.
# A version stays as it is; take a newer one with LOCK=--upgrade or LOCK="--upgrade-package ruff".
lock: $(INSTALLED)
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11.5 \
	  --group site --group snippets --group tests --group package \
	  --generate-hashes --custom-compile-command "make lock" --output-file requirements.txt $(LOCK)

clean:
	rm -rf site build .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis docs/assets/vendor docs/check/app docs/tag/???? docs/feed.xml

.venv/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here: install Python 3.11.5 or later," \
	       "or name one with PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || { \
	  echo "Python 3.11.5 or later is needed, and $(PYTHON) is" \
	       "$$($(PYTHON) -c 'import platform; print(platform.python_version())'):" \
	       "name a later one with PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment:" \
	       "on Debian and Ubuntu, install the package python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(INSTALLED): .venv/pyvenv.cfg requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation --editable .
	@touch $@

$(FRONT): package.json package-lock.json | $(INSTALLED)
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
