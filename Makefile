# Python and make are all that has to be there; `make` alone says what can be made.

.DEFAULT_GOAL := help
.PHONY: help run test check bench browser messages requirements clean

# The first of these that is new enough. `make run PYTHON=…` names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null \
	&& echo $$python && break; done)
IN_VENV := .venv/bin/python
INSTALL := $(IN_VENV) -m pip install --quiet --disable-pip-version-check
# For what reads the settings and no database.
NO_DATABASE := postgresql://localhost/not-used

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 \2/p' $(MAKEFILE_LIST) | \
		awk '{ name = $$2; $$1 = $$2 = ""; printf "  make %-14s%s\n", name, $$0 }'

run: .venv/runtime ## Factcheck on this machine, with a demo, until Ctrl-C; PORT=8001 for another port
	@DEBUG=$${DEBUG:-1} exec $(IN_VENV) -m factcheck.serve

test: check browser ## The checks, then every test; DATABASE_URL=… for a server of yours
	@$(IN_VENV) -m pytest -n 2 $(ARGS)

check: .venv/development ## Format, lint, templates, types, migrations, translations, settings for production
	@$(IN_VENV) -m ruff format --check .
	@$(IN_VENV) -m ruff check .
	@find templates annotations -name '*.html' -exec .venv/bin/djade --check {} +
	@DATABASE_URL=$(NO_DATABASE) $(IN_VENV) -m mypy annotations factcheck
	@DEBUG=1 $(IN_VENV) manage.py makemigrations --check --dry-run
	@test ! -f tests/test_translations.py || $(IN_VENV) -m pytest -q tests/test_translations.py
	@DEBUG=0 ALLOWED_HOSTS=factcheck.example \
		SECRET_KEY=$$($(IN_VENV) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(IN_VENV) -m factcheck.embedded \
		$(IN_VENV) manage.py check --deploy --fail-level WARNING

bench: .venv/development browser ## How long the pages and the deeds take
	@$(IN_VENV) -m tests.bench $(ARGS)

browser: .venv/development ## A Chromium for the tests, installed if there is none
	@$(IN_VENV) -m tests.chromium

messages: .venv/development ## The French catalogue: collected from the code, and compiled
	@command -v msgfmt >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq gettext; } \
		|| { echo "Install gettext first: its msgfmt compiles the catalogue." >&2; exit 1; }
	@DEBUG=1 DATABASE_URL=$(NO_DATABASE) $(IN_VENV) manage.py makemessages \
		--locale fr --no-obsolete --add-location file --ignore .venv --ignore tests
	@DEBUG=1 DATABASE_URL=$(NO_DATABASE) $(IN_VENV) manage.py compilemessages \
		--locale fr --ignore .venv

requirements: .venv/bin/python ## Pin the packages of pyproject.toml; ARGS=--upgrade for newer ones
	@$(INSTALL) "uv>=0.9,<1"
	@for extra in "" dev; do \
		$(IN_VENV) -m uv pip compile --quiet pyproject.toml $${extra:+--extra $$extra} \
		--output-file requirements$${extra:+-$$extra}.txt $${extra:+--constraints requirements.txt} \
		--universal --python-version 3.12 --generate-hashes --no-annotate \
		--no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make requirements" $(ARGS) || exit 1; \
	done

clean: ## Remove what was made, but not .postgres: the database is yours
	rm -rf .venv staticfiles .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './.postgres/*' -prune -exec rm -rf {} +

.venv/bin/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null || { \
		echo "Factcheck needs Python 3.12 or newer, and this is $$($(or $(PYTHON),python3) --version 2>&1)."; \
		echo "Install one from python.org or your system's packages, or name one that is there:"; \
		echo "  make run PYTHON=/path/to/python3.13"; exit 1; } >&2
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "A virtual environment could not be made: see above. On Debian and Ubuntu the package"; \
		echo "python3-venv may be missing (apt-get install python3-venv)."; exit 1; } >&2

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing the packages (once, about half a minute) …"
	@$(INSTALL) --require-hashes -r requirements.txt
	@touch $@

.venv/development: requirements-dev.txt | .venv/bin/python
	@echo "Installing the packages for development (once, about a minute) …"
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@
