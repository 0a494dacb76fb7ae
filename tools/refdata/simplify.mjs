// Visvalingam: the point whose triangle with its two neighbours is smallest goes first, until all are large enough.

const area = (a, b, c) => Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2

// simplify keeps both ends, and enough inner points that an arc between the same two ends cannot vanish.
export function simplify (arc, least) {
  const points = [...arc]
  const keep = arc[0].join() === arc.at(-1).join() ? 5 : 3
  while (points.length > keep) {
    let best = 1
    let size = Infinity
    for (let i = 1; i < points.length - 1; i++) {
      const s = area(points[i - 1], points[i], points[i + 1])
      if (s < size) [best, size] = [i, s]
    }
    if (size >= least) break
    points.splice(best, 1)
  }
  return points
}

const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))

// crossing returns the numbers (from 0) of arcs that properly cross another or themselves. Segments are compared
// only with those in the same cell of a coarse grid.
export function crossing (arcs, cell = 64) {
  const cells = new Map()
  const bad = new Set()
  arcs.forEach((arc, n) => {
    for (let i = 1; i < arc.length; i++) {
      const [a, b] = [arc[i - 1], arc[i]]
      const [x0, x1] = [a[0], b[0]].sort((p, q) => p - q).map(v => Math.floor(v / cell))
      const [y0, y1] = [a[1], b[1]].sort((p, q) => p - q).map(v => Math.floor(v / cell))
      for (let x = x0; x <= x1; x++) {
        for (let y = y0; y <= y1; y++) {
          const k = `${x},${y}`
          const here = cells.get(k) ?? []
          for (const [c, d, m] of here) {
            if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) bad.add(n).add(m)
          }
          cells.set(k, here)
          here.push([a, b, n])
        }
      }
    }
  })
  return bad
}
