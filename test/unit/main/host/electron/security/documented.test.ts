import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../../../..')
const sources = join(root, 'src/main/host/electron')
const tests = join(root, 'test/unit/main/host/electron')

/** The table of docs/security.md: item, what does it, what holds it. */
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter(line => /^\| \d+ \|/.test(line))
  .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('\\|', '|')))
  .map(([, number = '', item = '', does = '', holds = '']) => ({ number: Number(number), item, does, holds }))

/** `file`: what it says */
function quotation(cell: string): [file: string, text: string] | undefined {
  const [, file, text] = /^`([^`]+\.(?:ts|yml))`: (.+)$/.exec(cell) ?? []
  return file === undefined || text === undefined ? undefined : [file, text.replace(/^`(.*)`$/, '$1')]
}

test('all twenty items of the list are there', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

test.each(rows.filter(({ does }) => does.endsWith('`') && does.includes(': `')))(
  '$number, $item: the code that is quoted is there',
  ({ does }) => {
    const [file, code] = quotation(does) as [string, string]
    expect(readFileSync(join(sources, file), 'utf8')).toContain(code)
  },
)

test.each(rows.filter(({ holds }) => !holds.startsWith('none')))(
  '$number, $item: the test that is named is there',
  ({ holds }) => {
    const [file, name] = quotation(holds) as [string, string]
    expect(readFileSync(join(tests, file), 'utf8')).toContain(`'${name}'`)
  },
)

test('one file listens to pages, and none answers them', () => {
  const listening = globSync('**/*.ts', { cwd: sources })
    .filter(file =>
      /ipcMain\s*\.\s*(on|once|handle|handleOnce|addListener)\(/.test(
        readFileSync(join(sources, file), 'utf8'),
      ),
    )
    .map(file => file.replaceAll('\\', '/'))
  expect(listening).toEqual(['link/ipc.ts'])
})
