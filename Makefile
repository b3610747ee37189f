# The front door: every verb is one line over the Maven wrapper. CI calls the same verbs.

MVNW := ./mvnw --batch-mode --no-transfer-progress
CLI  := target/sealway-cli.jar
KEYS := target/sample.keys.json
ROWS ?= 100000
BENCH_ROWS ?= 1000000
ROUNDS ?= 3
PORT ?= 54329
# Which rows of the matrix, e.g. ONLY="flyway 12.4.0"; where a release goes, e.g. REPOSITORY=releases::https://repo.example.org/releases
ONLY ?=
REPOSITORY ?= releases::file:$(CURDIR)/target/repository
# Passed on to Maven, e.g. ARGS="-Dpostgres=testcontainers" or ARGS="-Dtest=PlanReaderTest".
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help build check test test-long chaos bench bench-quick bench-parts bench-transit contracts matrix release version format docs demo pii-demo db db-stop db-status install clean

help: ## Print this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Compile, run the static checks, build target/sealway-cli.jar; no tests
	$(MVNW) package -DskipTests $(ARGS)

check: ## Run the fast tests (5 minutes at most)
	$(MVNW) test -Dtest.excludedGroups=slow,long,chaos $(ARGS)

test: ## Run every test but the long ones (half an hour)
	$(MVNW) package $(ARGS)

test-long: ## Run the long races and walks
	$(MVNW) test -Dtest.groups=long -Dtest.excludedGroups=none $(ARGS)

chaos: ## Break every phase off everywhere, among writers, and compare every row (an hour at most)
	@rm -rf target/chaos.txt target/chaos-counts target/chaos
	@$(MVNW) test -Dtest.groups=chaos -Dtest.excludedGroups=none $(ARGS); code=$$?; cat target/chaos.txt; exit $$code

contracts: ## Run the tests against AWS and Vault, on whatever of them is there
	$(MVNW) test -Dtest='dev/sealway/keys/**,dev/sealway/vault/**,dev/sealway/crypto/transit/**,dev/sealway/testing/vault/**' -Dsurefire.failIfNoSpecifiedTests=false $(ARGS)

matrix: ## Run what one machine can of JDKs, PostgreSQL, Flyway and Liquibase (ONLY="flyway 12.4.0")
	.ci/matrix $(ONLY)

release: ## Sign and publish jar, sources, javadoc and a bill of materials (REPOSITORY=id::url); no tests
	$(MVNW) deploy -Prelease -DskipTests -DaltDeploymentRepository=$(REPOSITORY) $(ARGS)

version: ## Print the version
	@sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml

bench: ## Measure backfill and verify beside floors and other ways (40 minutes; BENCH_ROWS=1000000 ROUNDS=3)
	$(MVNW) --quiet test-compile exec:exec -Pfast -Dexec.classpathScope=test -Dexec.executable=java \
	  -Dexec.args="-Xmx256m -cp %classpath dev.sealway.bench.speed.SpeedBench $(BENCH_ROWS) $(ROUNDS) target/bench" $(ARGS)

bench-quick: ## The same with 20,000 rows, in one round, without the parts (3 minutes)
	@$(MAKE) --no-print-directory bench BENCH_ROWS=20000 ROUNDS=1

bench-parts: ## Measure seal, open, token, encode and the making of a batch (JMH, two minutes)
	$(MVNW) --quiet test-compile exec:exec -Pfast -Dexec.classpathScope=test -Dexec.executable=java \
	  -Dexec.args="-cp %classpath dev.sealway.bench.parts.PartsBench target/bench/parts.json" $(ARGS)

bench-transit: ## Measure how much of a slow Vault's time a backfill uses (5 rounds)
	$(MVNW) --quiet test-compile exec:exec -Pfast -Dexec.classpathScope=test -Dexec.executable=java \
	  -Dexec.args="-cp %classpath dev.sealway.bench.TransitBench" $(ARGS)

format: ## Lay out sources and pom.xml
	$(MVNW) spotless:apply $(ARGS)

docs: ## Regenerate what the documentation takes from the code
	$(MVNW) test -Pfast -Dtest='Docs*Test,ApiTest' -Ddocs.update=true $(ARGS)

demo: $(CLI) ## Play the whole life of a migration on an embedded PostgreSQL (ROWS=100000)
	java -Xmx256m -jar $(CLI) demo --rows $(ROWS)

pii-demo: ## Encrypt the tables of db/pii in place, under a Vault that is made for tests
	$(MVNW) --quiet test -Pfast -Dtest=PiiDemoTest -Dpii.demo $(ARGS)

db: $(CLI) $(KEYS) ## Leave an embedded PostgreSQL running on 127.0.0.1 (PORT=54329)
	java -jar $(CLI) db start --port $(PORT)

$(KEYS):
	java -jar $(CLI) keygen --out $(KEYS) --bundle sample

db-stop: $(CLI) ## Stop it
	java -jar $(CLI) db stop

db-status: $(CLI) ## Say whether it runs
	java -jar $(CLI) db status

install: ## Install the jar into the local Maven repository; no tests
	$(MVNW) install -DskipTests $(ARGS)

clean: ## Remove target/
	$(MVNW) clean $(ARGS)

$(CLI): pom.xml $(shell find src/main db -type f 2>/dev/null)
	$(MVNW) --quiet package -DskipTests
	@touch $(CLI)
