# Two commands do everything: `make demo` and `make test`. Both set up first, into .venv.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
BIN := .venv/bin
READY := .venv/.ready
export PLAYWRIGHT_BROWSERS_PATH := .venv/browsers
# Compiled once, and not by each of the hundreds of processes of a run.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup tools demo test lint soak bench stage sbom lock screens clean

setup: $(READY)

$(READY): requirements/dev.txt pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 ou plus récent est nécessaire : sudo apt-get install -y python3 python3-venv"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv \
		|| { echo "Le module venv de Python manque : sudo apt-get install -y python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What only the tests need: Chromium and a Secret Service.
tools: setup
	@sh tools/install_test_tools.sh

demo: setup
	@$(BIN)/mes-app demo

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Vaults of tests take the least cost of a guess that is allowed: a third of a second each would be most of the time.
test: export MES_LEAST_COST := 1
test: lint tools
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not soak and not browser"
	$(BIN)/pytest tests/e2e -m "browser and not soak"

# The large numbers.
soak: tools
	$(BIN)/pytest -m soak

bench: setup
	$(BIN)/python -m bench

# What `flet build` packs: the code that ships and nothing else, with flet.toml as its [tool.flet].
stage: setup
	$(BIN)/python -m tools.stage

# The inventory of what ships, as CycloneDX JSON in build/sbom.json.
sbom: setup
	$(BIN)/python -m tools.inventory

# Takes every screen again into docs/screens.
screens: tools
	$(BIN)/python -m tools.screens

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --all-extras pyproject.toml requirements/build.in -o requirements/dev.txt

clean:
	rm -rf .venv build *.egg-info
