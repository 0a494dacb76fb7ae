// Borders as arcs: a border between two neighbours is one arc, so simplifying it once changes both alike.
// Points are [x, y] integers on the source's grid; a ring repeats its first point at its end.

const key = ([x, y]) => `${x},${y}`
const same = (a, b) => a[0] === b[0] && a[1] === b[1]

// clean drops repeated points and spikes (a, b, a) left by the source's rounding. Null when nothing remains.
export function clean (ring) {
  const out = []
  for (const p of ring) {
    if (out.length && same(out.at(-1), p)) continue
    if (out.length > 1 && same(out.at(-2), p)) out.pop()
    else out.push(p)
  }
  while (out.length > 3 && same(out[1], out.at(-2))) {
    out.shift()
    out.pop()
  }
  return out.length > 3 ? out : null
}

// nodes are the points where borders meet: a segment more or fewer than two, or different users on each side.
function nodes (rings) {
  const segments = new Map()
  const points = new Map()
  rings.forEach((ring, id) => {
    for (let i = 1; i < ring.length; i++) {
      const a = key(ring[i - 1])
      const b = key(ring[i])
      const k = a < b ? `${a} ${b}` : `${b} ${a}`
      segments.set(k, (segments.get(k) ?? '') + ` ${id}`)
      for (const p of [a, b]) points.set(p, (points.get(p) ?? new Set()).add(k))
    }
  })
  return new Set([...points].filter(([, ks]) =>
    ks.size !== 2 || new Set([...ks].map(k => segments.get(k))).size !== 1).map(([p]) => p))
}

// cut splits a ring at the nodes; a ring without any begins at its least point, so that two equal rings agree.
function cut (ring, isNode) {
  const open = ring.slice(0, -1)
  let start = open.findIndex(p => isNode.has(key(p)))
  if (start < 0) start = open.reduce((best, p, i) => key(p) < key(open[best]) ? i : best, 0)
  const turned = [...open.slice(start), ...open.slice(0, start), open[start]]
  const pieces = [[turned[0]]]
  for (let i = 1; i < turned.length; i++) {
    pieces.at(-1).push(turned[i])
    if (i < turned.length - 1 && isNode.has(key(turned[i]))) pieces.push([turned[i]])
  }
  return pieces
}

// topology returns the distinct arcs and, for each ring, its arcs by number from 1, negative when walked backwards.
export function topology (rings) {
  const isNode = nodes(rings)
  const numbers = new Map()
  const arcs = []
  const walks = rings.map(ring => cut(ring, isNode).map(piece => {
    const there = piece.map(key).join(' ')
    const back = piece.toReversed().map(key).join(' ')
    if (numbers.has(there)) return numbers.get(there)
    if (numbers.has(back)) return -numbers.get(back)
    numbers.set(there, arcs.push(piece))
    return arcs.length
  }))
  return { arcs, walks }
}

// join walks arcs back into a ring.
export function join (arcs, walk) {
  const ring = walk.flatMap(n => (n > 0 ? arcs[n - 1] : arcs[-n - 1].toReversed()).slice(1))
  return [ring.at(-1), ...ring]
}
