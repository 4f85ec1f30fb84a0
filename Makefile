# make         set up and build
# make test    set up and test
# make clean   remove what was made
# make help    these lines
#
# Setting up means the system's parts (bin/system) and .venv with the packages of
# requirements.txt. It is done once; .venv/ready-… tells that it was done, for this
# requirements.txt and in this folder. Every other task: .venv/bin/inv --list

BIN   := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
KEY   := $(shell { cat requirements.txt; pwd; } | (sha256sum 2>/dev/null || shasum -a 256) | cut -c 1-16)
READY := .venv/ready-$(KEY)

# a Python that went away takes its .venv along
$(shell $(BIN)/python -c '' 2>/dev/null || rm -f .venv/ready-*)

.PHONY: build test clean help system-build system-test
.NOTPARALLEL:

build: $(READY)
	@$(BIN)/inv build

test: system-test $(READY)
	@$(BIN)/inv test

system-build system-test: system-%:
	@bin/system $*

$(READY): | system-build
	@echo "Installing the Python packages into .venv (a minute or so) · تثبيت حزم بايثون"
	@"$$(bin/system python)" -m venv --clear .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input \
		--require-hashes --no-deps --requirement requirements.txt
	@touch $@

clean:
	@rm -rf output dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -path ./.venv -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

help:
	@echo "make         set up and build           التهيئة ثم البناء"
	@echo "make test    set up and test            التهيئة ثم الاختبار"
	@echo "make clean   remove what was made       إزالة ما بُني (وتبقى .venv)"
	@echo ".venv/bin/inv --list    every task      المهام كلها"
