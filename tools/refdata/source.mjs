// Where the installed packages are, and the header line that every file made from one carries.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules')

export const path = (...parts) => join(modules, ...parts)
export const text = (...parts) => readFileSync(path(...parts), 'utf8')
export const json = (...parts) => JSON.parse(text(...parts))

// header says what a file is, which package and version it comes from and under which licence.
export function header (what, name, pinned) {
  const { version, license } = json(name, 'package.json')
  if (version !== pinned) throw new Error(`${name} is ${version}, not ${pinned}: run npm ci`)
  return `# ${what}\n# source: npm package ${name} ${version}, licence ${license}; made by tools/refdata, do not edit\n`
}
