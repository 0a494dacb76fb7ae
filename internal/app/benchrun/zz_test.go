package benchrun

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"jiuye/internal/engine/rank/search"
)

func TestZZ(t *testing.T) {
	const n = 1000000
	var ix *search.Index
	m := NewMarket()
	if f, err := os.Open("/tmp/j2/ix1m"); err == nil {
		start := time.Now()
		ix, err = search.Load(f, MarketDictionary())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("load", time.Since(start))
	} else {
		ix = search.New(MarketDictionary())
		fillMarket(context.Background(), ix, m, n)
		fmt.Println("filled", ix.Bytes()/1000000, ix.Segments())
		ix.Compact()
		f, _ := os.Create("/tmp/j2/ix1m")
		if err := ix.Save(f); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	fmt.Println(ix.Bytes()/1000000, ix.Len(), ix.Sizes())
	a := ask(ix, marketLog(m, n, 4000), 20*time.Second, func(q *search.Query) { q.Facets = true }, nil)
	fmt.Println(a.asked(), 1000*a.cpu/float64(a.asked()), a.times("全部"))
	for _, k := range marketKinds {
		fmt.Printf("%+v\n", a.times(k.name))
	}
}
