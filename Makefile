# `make` lists the targets.
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: ## build in memory, serve on http://localhost:8403, reload on changes
	@go run ./generator serve

build: ## write the site into public/
	@go run ./generator build

check: ## validate content, references, links and near-duplicates
	@go run ./generator check

schema: ## write content/schema/*.json from the Go types
	@go run ./generator check -write-schema

test: ## run every test; what a machine lacks is skipped and named (CI=true fails instead)
	@test -z "$$(gofmt -l generator)" || { echo "gofmt would change:"; gofmt -l generator; exit 1; }
	@go vet ./...
	@go tool staticcheck ./...
	@go test -race $$(go list ./generator/... | grep -v /gates)
	@go test -timeout 20m ./generator/gates

bench: ## build time and allocations by phase, sizes of pages
	@go test -run '^$$' -bench . -benchmem ./generator/...

.PHONY: help serve build check schema test bench
