// Makes jiuye's reference data files. README.md says how to run it and what comes out.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { areas } from './areas.mjs'
import { boundaries } from './boundaries.mjs'
import { days } from './days.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

// write saves text under the repository's root, gzipped when the name ends in .gz. The gzip header carries no
// time and no system, so the same packages give the same bytes everywhere.
function write (path, text) {
  const file = join(root, path)
  let data = Buffer.from(text)
  if (path.endsWith('.gz')) {
    data = gzipSync(data, { level: 9 })
    data[9] = 255
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, data)
  console.log(`${path}: ${data.length} bytes`)
}

const list = areas('15')
write('internal/register/area/refdata/areas.txt.gz', list.text)
write('internal/register/area/refdata/boundaries.txt.gz', boundaries(list.rows))
write('internal/engine/workday/days.txt', days())
