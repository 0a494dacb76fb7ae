// The visual centre of an area: the inner point farthest from its border, where a label fits best.

// contains is the even-odd test over all rings.
export function contains (rings, [x, y]) {
  let inside = false
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]]
      if (y0 > y !== y1 > y && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0) inside = !inside
    }
  }
  return inside
}

// depth is the squared distance to the border, negative outside; degrees east are shortened by cos(latitude).
function depth (rings, p) {
  const k = Math.cos(p[1] * Math.PI / 180)
  let least = Infinity
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = [(ring[i - 1][0] - p[0]) * k, ring[i - 1][1] - p[1]]
      const [dx, dy] = [(ring[i][0] - p[0]) * k - ax, ring[i][1] - p[1] - ay]
      const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)))
      least = Math.min(least, (ax + t * dx) ** 2 + (ay + t * dy) ** 2)
    }
  }
  return contains(rings, p) ? least : -least
}

// centre searches a grid over the area, then finer ones around the best point so far.
export function centre (rings) {
  const xs = rings.flat().map(p => p[0])
  const ys = rings.flat().map(p => p[1])
  const [x0, x1] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))]
  const [y0, y1] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))]
  let best = [(x0 + x1) / 2, (y0 + y1) / 2]
  let [w, h] = [(x1 - x0) / 2, (y1 - y0) / 2]
  for (let steps = 12; w > 1e-3; [w, h, steps] = [w / 4, h / 4, 5]) {
    const from = best
    let most = depth(rings, best)
    for (let i = -steps; i <= steps; i++) {
      for (let j = -steps; j <= steps; j++) {
        const p = [from[0] + w * i / steps, from[1] + h * j / steps]
        const d = depth(rings, p)
        if (d > most) [best, most] = [p, d]
      }
    }
  }
  return best
}
