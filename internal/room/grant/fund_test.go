package grant

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// Whatever is done with a fund in whatever order, nothing falls below zero and the ledger balances.
func TestTheLedgerBalancesWhateverHappens(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "fund.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, d)
	rapid.Check(t, func(r *rapid.T) {
		f := Fund{ID: w.IDs.Next(), Area: "152921", Source: "region", Year: 2025, Name: "试"}
		w.tx(func(tx *db.Tx) error { return w.store.keepFund(ctx, tx, &f) })
		for range rapid.IntRange(1, 30).Draw(r, "steps") {
			k := rapid.SampledFrom(Kinds).Draw(r, "kind")
			fen := rapid.Int64Range(0, 1000).Draw(r, "fen")
			before := w.balanced(f.ID)
			err := d.Tx(ctx, func(tx *db.Tx) error { return w.moveMoney(ctx, tx, suriya, k.Code, f.ID, fen, nil, "") })
			after := w.balanced(f.ID)
			have := map[Pot]int64{Out: 1 << 40, Available: before.Available, Committed: before.Committed, AtBank: before.AtBank, PaidOut: before.Paid}[k.From]
			if (err == nil) != (fen <= have) || err != nil && (!fault.Is(err, fault.Conflict) || before != after) {
				r.Fatalf("%s of %d with %d: %v, %+v", k.Code, fen, have, err, after)
			}
		}
	})
}

func TestAnAccountThatCannotBeIsTold(t *testing.T) {
	for _, c := range []struct{ typed, text string }{
		{"6222 0212 3456 7890 128", ""}, {"６２２２０２１２３４５６７８９０１２８", ""}, {"050000000071", ""}, {"6222021234567890129", "校验位不对"},
		{"622202123456789", "应为 16 至 19 位，您填了 15 位"}, {"1234567", "您填了 7 位"}, {"62220212345a7890128", "只能有数字"}, {"", "您填了 0 位"}, {strings.Repeat("1", 31), "您填了 31 位"},
	} {
		_, err := CheckAccount(c.typed)
		if (err == nil) != (c.text == "") || err != nil && !strings.Contains(fault.TextOf(err), c.text) {
			t.Errorf("%s: %v", c.typed, err)
		}
	}
}

const answer = "批次号,流水号,金额(元),结果,原因,入账日期\nB1,71-5,\"5,000.00\",成功,,2025-10-20\nB1,72-6,9000,失败,户名不符,\n"

func TestABanksAnswerIsReadOrRefusedAsAWhole(t *testing.T) {
	read := func(text string) ([]Answer, error) {
		return ReadReturn("B1", strings.NewReader(text), int64(len(text)), "回单.csv")
	}
	list, err := read(answer)
	if err != nil || len(list) != 2 || list[0].Fen != 500000 || !list[0].Paid || list[0].On.String() != "2025-10-20" || list[1].Why != "户名不符" || list[1].Paid {
		t.Errorf("%+v %v", list, err)
	}
	for text, want := range map[string]string{
		strings.Replace(answer, "B1,72", "B2,72", 1):   "第 3 行：批次号是“B2”",
		strings.Replace(answer, "72-6", "71-5", 1):     "出现两次",
		strings.Replace(answer, "成功", "大概", 1):         "“大概”不认识",
		strings.Replace(answer, "9000", "9e3", 1):      "不是数",
		strings.Replace(answer, "9000", "90.001", 1):   "不是数",
		strings.Replace(answer, "户名不符", "", 1):         "没有写原因",
		strings.Replace(answer, "结果", "状态", 1):         "缺少“结果”列",
		strings.Replace(answer, "2025-10-20", "十月", 1): "2025-09-24 的样子",
		"批次号,流水号,金额（元）,结果\n":                           "没有一行",
	} {
		if _, err := read(text); err == nil || !strings.Contains(fault.TextOf(err), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// What is written to the bank comes back from it as the same sums.
func TestMoneyKeepsItsValueInTheBanksFile(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		fen := rapid.Int64Range(0, 1<<50).Draw(r, "fen")
		if got, ok := parseYuan(yuan(fen)); !ok || got != fen {
			r.Fatalf("%d became %s and %d", fen, yuan(fen), got)
		}
	})
	content, digest, err := BankFile("B1", []Payment{{"71-5", "=HYPERLINK(1)", "123", "农行", 500050, "补贴"}})
	if err != nil || len(digest) != 64 || !bytes.Contains(content, []byte("'=HYPERLINK")) || !bytes.Contains(content, []byte("5000.50")) {
		t.Errorf("%s %v", content, err)
	}
}

func FuzzReadReturn(f *testing.F) {
	f.Add([]byte(answer))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("批次号,流水号,金额（元）,结果\nB1,,--1,失败"))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := ReadReturn("B1", bytes.NewReader(text), int64(len(text)), "x.csv")
		for _, a := range list {
			if err == nil && (a.Fen < 0 || a.Number == "" || !a.Paid && a.Why == "") {
				t.Errorf("%+v", a)
			}
		}
	})
}

func TestInstalmentsAddUpToWhatIsOwed(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		v := Recovery{Parts: rapid.IntRange(1, partsMost).Draw(r, "parts")}
		v.Fen = rapid.Int64Range(int64(v.Parts), 1<<40).Draw(r, "fen")
		sum := int64(0)
		for i, p := range v.Plan(db.On(born)) {
			if p.Part != i+1 || p.Fen <= 0 {
				r.Fatalf("%+v", p)
			}
			sum += p.Fen
		}
		if sum != v.Fen {
			r.Fatal(fmt.Sprint(sum, v.Fen))
		}
	})
}
