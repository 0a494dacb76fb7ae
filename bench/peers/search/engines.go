package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"jiuye/internal/engine/rank/search"
)

// weights of title, occupation, employer and body; ours are 7, 3.5, 2 and 1 in the same order.
var weights = []float64{7, 3.5, 2, 1}

// pairs writes a text as pairs of Chinese characters, single ones where they stand alone, and words.
func pairs(text string) []string {
	var out []string
	for _, run := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		for len(run) > 0 {
			runes := []rune(run)
			n := 0
			for n < len(runes) && unicode.Is(unicode.Han, runes[n]) == unicode.Is(unicode.Han, runes[0]) {
				n++
			}
			piece := runes[:n]
			run = string(runes[n:])
			if !unicode.Is(unicode.Han, piece[0]) || len(piece) == 1 {
				out = append(out, string(piece))
				continue
			}
			for i := range len(piece) - 1 {
				out = append(out, string(piece[i:i+2]))
			}
		}
	}
	return out
}

func fields(v *search.Vacancy) [4]string {
	return [4]string{v.Title, v.OccupationName, v.Employer, v.Body}
}

// fts5 is SQLite's full-text search.
type fts5 struct {
	db  *sql.DB
	dir string
}

func (f *fts5) Name() string { return "SQLite FTS5" }

func (f *fts5) Fill(ctx context.Context, list []search.Vacancy) (err error) {
	if f.dir, err = os.MkdirTemp("", "peers"); err != nil {
		return err
	}
	if f.db, err = sql.Open("sqlite", filepath.Join(f.dir, "search.db")+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=cache_size(-262144)"); err != nil {
		return err
	}
	f.db.SetMaxOpenConns(1)
	if _, err := f.db.ExecContext(ctx, "CREATE VIRTUAL TABLE v USING fts5(title, occupation, employer, body, content='')"); err != nil {
		return err
	}
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, "INSERT INTO v (rowid, title, occupation, employer, body) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	for i := range list {
		row := []any{list[i].ID}
		for _, text := range fields(&list[i]) {
			row = append(row, strings.Join(pairs(text), " "))
		}
		if _, err := insert.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (f *fts5) Find(ctx context.Context, text string) ([]int64, error) {
	return ids(f.db.QueryContext(ctx, "SELECT rowid FROM v WHERE v MATCH ? ORDER BY bm25(v, ?, ?, ?, ?), rowid LIMIT 10",
		`"`+strings.Join(pairs(text), `" OR "`)+`"`, weights[0], weights[1], weights[2], weights[3]))
}

func (f *fts5) Close() error { return errors.Join(f.db.Close(), os.RemoveAll(f.dir)) }

func ids(rows *sql.Rows, err error) (list []int64, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, rows.Err()
}

// pg is PostgreSQL's text search with a GIN index.
type pg struct {
	address string
	db      *sql.DB
}

func (p *pg) Name() string { return "PostgreSQL" }

func (p *pg) Fill(ctx context.Context, list []search.Vacancy) (err error) {
	if p.db, err = sql.Open("pgx", p.address); err != nil {
		return err
	}
	if _, err := p.db.ExecContext(ctx, "DROP TABLE IF EXISTS peers_text, peers_search"); err != nil {
		return err
	}
	if _, err := p.db.ExecContext(ctx, "CREATE UNLOGGED TABLE peers_text (id BIGINT, title TEXT, occupation TEXT, employer TEXT, body TEXT)"); err != nil {
		return err
	}
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	err = conn.Raw(func(raw any) error {
		next := 0
		_, err := raw.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{"peers_text"}, []string{"id", "title", "occupation", "employer", "body"}, pgx.CopyFromFunc(func() ([]any, error) {
			if next == len(list) {
				return nil, nil
			}
			row := []any{list[next].ID}
			for _, text := range fields(&list[next]) {
				row = append(row, strings.Join(pairs(text), " "))
			}
			next++
			return row, nil
		}))
		return err
	})
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`CREATE UNLOGGED TABLE peers_search AS SELECT id, setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', occupation), 'B')
			|| setweight(to_tsvector('simple', employer), 'C') || setweight(to_tsvector('simple', body), 'D') AS text FROM peers_text`,
		"CREATE INDEX ON peers_search USING gin (text)",
		"ANALYZE peers_search",
	} {
		if _, err := p.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (p *pg) Find(ctx context.Context, text string) ([]int64, error) {
	asked := pairs(text)
	for i, t := range asked {
		asked[i] = "'" + t + "'"
	}
	return ids(p.db.QueryContext(ctx, "SELECT id FROM peers_search, to_tsquery('simple', $1) q WHERE text @@ q ORDER BY ts_rank('{0.14, 0.28, 0.5, 1}', text, q) DESC, id LIMIT 10",
		strings.Join(asked, " | ")))
}

func (p *pg) Close() error {
	_, err := p.db.Exec("DROP TABLE IF EXISTS peers_text, peers_search")
	return errors.Join(err, p.db.Close())
}

// bleveIndex is bleve with its analyzer for Chinese, which makes the same pairs.
type bleveIndex struct {
	index bleve.Index
	dir   string
}

func (b *bleveIndex) Name() string { return "bleve 2.5.7" }

func (b *bleveIndex) Fill(_ context.Context, list []search.Vacancy) (err error) {
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = cjk.AnalyzerName, false, false, false, false
	document := bleve.NewDocumentStaticMapping()
	for _, name := range fieldNames {
		document.AddFieldMappingsAt(name, text)
	}
	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping = document
	mapping.ScoringModel = "bm25"
	if b.dir, err = os.MkdirTemp("", "peers"); err != nil {
		return err
	}
	if b.index, err = bleve.New(filepath.Join(b.dir, "index"), mapping); err != nil {
		return err
	}
	batch := b.index.NewBatch()
	for i := range list {
		row := map[string]any{}
		for f, text := range fields(&list[i]) {
			row[fieldNames[f]] = text
		}
		if err := batch.Index(strconv.FormatInt(list[i].ID, 10), row); err != nil {
			return err
		}
		if batch.Size() == 2000 || i == len(list)-1 {
			if err := b.index.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	return nil
}

var fieldNames = []string{"title", "occupation", "employer", "body"}

func (b *bleveIndex) Find(ctx context.Context, text string) (list []int64, err error) {
	var parts []query.Query
	for i, name := range fieldNames {
		q := bleve.NewMatchQuery(text)
		q.SetField(name)
		q.SetBoost(weights[i])
		parts = append(parts, q)
	}
	result, err := b.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(parts...), 10, 0, false))
	if err != nil {
		return nil, err
	}
	for _, h := range result.Hits {
		id, err := strconv.ParseInt(h.ID, 10, 64)
		if err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, nil
}

func (b *bleveIndex) Close() error { return errors.Join(b.index.Close(), os.RemoveAll(b.dir)) }
