# What one does with a checkout of Interlock; `make` alone lists it. Only Python 3.11 or newer and make are needed.
#   make run PYTHON=python3.12      use that Python
#   make run ARGS="RLQ"             open the explorer at a record
#   make test ARGS="-k wye"         run some of the tests

PYTHON ?=
ARGS ?=
WRITE ?=
VENV := .venv
BIN := $(VENV)/bin

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test test-deep test-keys test-reliability test-reliability-full test-mutants lint format bench bench-graph bench-import bench-search bench-tui bench-typing truth crosswalks builtin docs wheel pins clean

help: ## list what there is to do
	@sed -n 's/^\([a-z-]*\): ## /\1	/p' Makefile | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: ## open the explorer on the built-in register
	@sh .ci/install run
	@$(BIN)/interlock open $(ARGS) --builtin

test: ## run the tests
	@sh .ci/install dev
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist worksteal $(ARGS)

test-deep: ## run the tests with thirty times as many generated examples and damaged files (half an hour)
	@sh .ci/install dev
	@DEEP=1 $(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist worksteal $(ARGS)

test-keys: ## press twenty thousand keys at random in the explorer (minutes; SEED=7 presses those of that seed again)
	@sh .ci/install dev
	@RANDOM_KEYS=$${RANDOM_KEYS:-20000} SEED=$${SEED:-$$(date +%s)} $(BIN)/python -m pytest -q -p no:xdist tests/tui/test_every_key.py $(ARGS)

SAMPLED := $(addprefix tests/reliability/,kills.py full_disks.py mutations.py odd_files.py hostile_texts.py damaged_registers.py \
	beside_a_writer.py any_sequences.py bombs.py)

test-reliability: ## sample kills, full disks, damaged and hostile files, bombs, sequences (4 minutes, 10 at most; SEED=7, WRITE=docs/reliability.md)
	@sh .ci/install dev
	@SAMPLING_SECONDS=$${SAMPLING_SECONDS:-510} SEED=$${SEED:-$$(date +%s)} WRITE=$(WRITE) \
		$(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist worksteal $(SAMPLED) $(ARGS)

test-reliability-full: ## the same with ten times as many samples, however long they take (TIMES=100: a hundred)
	@sh .ci/install dev
	@TIMES=$${TIMES:-10} SEED=$${SEED:-$$(date +%s)} WRITE=$(WRITE) \
		$(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist worksteal $(SAMPLED) $(ARGS)

test-mutants: ## put two hundred and more small mistakes in the code, one by one, and run the test that notices each (minutes)
	@sh .ci/install dev
	@$(BIN)/python -m tests.mutants.run --jobs 2 $(ARGS)

lint: ## check style, types and which package imports which
	@sh .ci/install dev
	@$(BIN)/ruff check $(ARGS)
	@$(BIN)/ruff format --check --quiet || { echo "These want formatting (make format):"; $(BIN)/ruff format --check; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo

format: ## format the code and mend what can be mended by itself
	@sh .ci/install dev
	@$(BIN)/ruff check --fix --quiet $(ARGS) || true
	@$(BIN)/ruff format

bench: ## time cold starts, as whole processes, against Python itself
	@sh .ci/install dev
	@$(BIN)/python tests/benchmarks/cold_start.py $(ARGS)

bench-import: ## import a made-up national release beside what one would use instead; --by-format: each format, as it grows; --bombs (minutes)
	@sh .ci/install dev
	@$(BIN)/python -m tests.benchmarks.importing $(ARGS)

bench-search: ## measure the search beside what one would use instead, over a national register (minutes)
	@sh .ci/install dev
	@$(BIN)/python -m tests.benchmarks.searching --folder $(VENV)/bench $(ARGS)

bench-graph: ## ask how records of a national register are connected, beside what one would use instead (minutes)
	@sh .ci/install dev
	@$(BIN)/python -m tests.benchmarks.graph $(ARGS)

bench-tui: ## run the explorer in a terminal, on a national register and the built-in one, beside the smallest Textual app (minutes)
	@sh .ci/install dev
	@$(BIN)/python -m tests.benchmarks.tui $(ARGS)

bench-typing: ## type into the explorer faster than searches finish, over a national register (minutes the first time)
	@sh .ci/install dev
	@$(BIN)/python -m pytest -q -s -p no:xdist tests/benchmarks/fast_typing.py $(ARGS)

truth: ## import all public files beside the checkout, and write what they show together into docs/truth.md (minutes)
	@sh .ci/install dev
	@$(BIN)/python -m tests.truth $(ARGS)

crosswalks: ## make the crosswalks of codes that are made of public files anew, from those beside the checkout
	@sh .ci/install dev
	@$(BIN)/python -m tests.crosswalks $(ARGS)

builtin: ## make the layers of the built-in register anew from the public files beside the checkout, and check their counts
	@sh .ci/install dev
	@$(BIN)/python -m tests.layers $(ARGS)

docs: ## write the output in README.md, the pages of the schema, the keys and the manual, and the table of layers anew, and draw docs/screenshot.svg
	@sh .ci/install dev
	@$(BIN)/python -m tests.readme
	@$(BIN)/python -m tests.screenshot
	@$(BIN)/python -m tests.schema_page
	@$(BIN)/python -m tests.keys_page
	@$(BIN)/python -m tests.man_page
	@$(BIN)/python -m tests.layers.page

wheel: ## build dist/interlock-….whl
	@sh .ci/install dev
	@rm -rf build dist
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist . >$(VENV)/wheel.log 2>&1 || { cat $(VENV)/wheel.log; exit 1; }
	@rm -rf build *.egg-info
	@ls dist/*.whl

pins: ## write constraints.txt anew from the newest versions that pyproject.toml allows
	@sh .ci/install dev
	@$(BIN)/python -m pip install -qq --upgrade --upgrade-strategy eager --no-build-isolation pip --editable '.[dev]'
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --quiet --all --exclude-editable; } \
		| grep -E '^#|^[A-Za-z0-9_.-]+==' >$(VENV)/pins && mv $(VENV)/pins constraints.txt
	@git diff --stat -- constraints.txt

clean: ## remove .venv, caches and whatever was built
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
