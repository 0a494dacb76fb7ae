package occupation

// text is a title or a name, cut into pieces, with its class.
type text struct {
	pieces []piece
	class  int32
	origin string
}

// kit is what a classification and the everyday names give before anything is labelled.
type kit struct {
	table  *Table
	names  []text // official names and aliases
	single []text // official names only
	daily  []text // everyday names
	common []float32
	level  []float32
	up     [][3]int32 // the entries above each class at the large, middle and small level, by number
	groups int
	words  *vocabulary // of the definitions
	defs   *near
}

func newKit(list []Class) *kit {
	k := &kit{table: NewTable(list)}
	classes := k.table.Classes()
	k.common = make([]float32, len(classes))
	numbers := map[string]int32{}
	number := func(code string) int32 {
		n, ok := numbers[code]
		if !ok {
			n = int32(len(numbers))
			numbers[code] = n
		}
		return n
	}
	for i, c := range classes {
		class := int32(i)
		k.level = append(k.level, float32(Level(c.Code)))
		k.up = append(k.up, [3]int32{number(Up(c.Code, Large)), number(Up(c.Code, Middle)), number(Up(c.Code, Small))})
		official := text{pieces(c.Name), class, c.Name}
		k.single = append(k.single, official)
		seen := map[string]bool{}
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			if name = bare(name); name != "" && !seen[name] {
				seen[name] = true
				k.names = append(k.names, text{pieces(name), class, name})
			}
		}
	}
	k.groups = len(numbers)
	for _, e := range everydays() {
		i, ok := k.table.at[e.class.Code]
		if !ok || classes[i].Name != e.class.Name { // another classification uses the code for something else
			continue
		}
		k.common[i] = e.common
		for _, name := range e.class.Aliases {
			k.daily = append(k.daily, text{pieces(name), int32(i), name})
		}
	}
	k.define(classes)
	return k
}

// define indexes the definitions.
func (k *kit) define(classes []Class) {
	k.words = &vocabulary{}
	var cut []text
	for i, c := range classes {
		if c.Definition != "" {
			cut = append(cut, text{split(nil, level(c.Definition, 2000), false), int32(i), ""})
			k.words.add(cut[len(cut)-1].pieces)
		}
	}
	k.defs = newNear(k.words.examples(cut, 1), len(k.words.held), nil)
}

// examples are texts as features.
func (v *vocabulary) examples(list []text, weight float32) []example {
	out := make([]example, len(list))
	for i, t := range list {
		out[i] = example{terms: v.terms(t.pieces), class: t.class, weight: weight}
	}
	return out
}
