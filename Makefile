# jiuye: the two commands are `make run` and `make test`.
.SUFFIXES:
.PHONY: run test build web evaluate bench bench-peers demo-postgres clean

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
VERSION    := $(shell git describe --tags --always --dirty 2>/dev/null || echo 0)
DIST        = internal/ground/web/static/dist/manifest.json
SHARED      = $(CURDIR)/../shared

run: build
	@bin/jiuye demo
	@bin/jiuye serve

build: web
	@tools/need go
	go build -trimpath -ldflags "-s -w -X jiuye/internal/app.Version=$(VERSION)" -o bin/jiuye ./cmd/jiuye

web: $(DIST)

web/node_modules/.installed: web/package.json web/package-lock.json
	@tools/need node
	cd web && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(DIST): web/node_modules/.installed $(shell find web -type f -not -path 'web/node_modules/*')
	cd web && npm run --silent build
	@touch $@

test: web
	@tools/need go node postgres chromium
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "这些文件没有按 gofmt 排版："; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go vet -tags evaluate ./...
	go run $(STATICCHECK) ./...
	tools/with-postgres go test -timeout 25m ./...

evaluate: web
	@test -d "$(SHARED)/evaluation" || { echo "make evaluate 需要 $(SHARED) 下的评测数据，没有找到；可用 make evaluate SHARED=路径 指定" >&2; exit 1; }
	JIUYE_SHARED="$(SHARED)" go test -tags evaluate -run '^TestEvaluate' -count=1 -v $$(grep -rl --include='*_test.go' '^//go:build evaluate' internal | xargs -n1 dirname | sort -u | sed 's|^|./|')

bench: web
	go test -run '^$$' -bench . -benchmem ./...

# The same people and rules through DuckDB, SQLite and PostgreSQL beside ours, and the same vacancies and questions through
# SQLite FTS5, bleve and PostgreSQL; a module of its own, which needs a C compiler.
bench-peers:
	@tools/need go postgres
	cd bench/peers && ../../tools/with-postgres go run . --people $(or $(PEOPLE),2000000)
	cd bench/peers && ../../tools/with-postgres go run ./search --vacancies $(or $(VACANCIES),50000)

demo-postgres: build
	tools/with-postgres sh -c 'JIUYE_DB="$$JIUYE_TEST_POSTGRES" bin/jiuye demo --data "$$(mktemp -d)" --json'

clean:
	rm -rf bin data web/node_modules internal/ground/web/static/dist/*
