// Statutory holidays and adjusted working days (调休), one holiday of one year a line.
import { header, json } from './source.mjs'

// What the package lacks: the notice 国办发明电〔2005〕35号 makes this Saturday a working day.
const missing = { workdays: { '2005-12-31': "New Year's Day,元旦,1" } }

const fullName = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' }
const next = day => new Date(Date.parse(day) + 86400e3).toISOString().slice(0, 10)

// days writes "2025 国庆节 休 10-01~10-05 10-07~10-08 班 09-28 10-11": days off as runs, then Saturdays and
// Sundays worked instead. A day stands on the line of its own year, whichever year its holiday belongs to.
export function days () {
  const { holidays, workdays } = json('chinese-days', 'dist', 'chinese-days.json')
  const lines = new Map()
  const line = (day, value) => {
    const name = value.split(',')[1]
    const key = `${day.slice(0, 4)} ${fullName[name] ?? name}`
    if (!lines.has(key)) lines.set(key, { off: [], work: [], first: day })
    return lines.get(key)
  }
  for (const [day, value] of Object.entries(holidays).sort()) {
    const { off } = line(day, value)
    const run = off.at(-1)
    if (run && next(run.to) === day) run.to = day
    else off.push({ from: day, to: day })
  }
  for (const [day, value] of Object.entries({ ...workdays, ...missing.workdays }).sort()) line(day, value).work.push(day)

  const short = day => day.slice(5)
  const rows = [...lines].sort(([, a], [, b]) => a.first < b.first ? -1 : 1).map(([key, { off, work }]) => [key,
    ...(off.length ? ['休', ...off.map(r => r.from === r.to ? short(r.from) : `${short(r.from)}~${short(r.to)}`)] : []),
    ...(work.length ? ['班', ...work.map(short)] : [])].join(' '))
  return header('statutory holidays of the State Council 2004-2026: year, holiday, 休 days off, 班 weekend days worked',
    'chinese-days', '1.5.7') + rows.join('\n') + '\n'
}
