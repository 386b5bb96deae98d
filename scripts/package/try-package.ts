/**
 * Starts the program that was packaged for this system and looks whether its page reaches its engine, by its log: a release's
 * fuses let no tool look inside. Reads the fuses back, too. Run: node scripts/package/try-package.ts
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { packaging } from './stage.ts'

const limitMs = 60_000
const out = join(packaging, 'out')
const folder = readdirSync(out).find(name => /-unpacked$|^mac/.test(name))
if (folder === undefined) throw new Error('There is no package. "npm run package" makes one.')
const within = {
  darwin: 'Twinlens.app/Contents/MacOS/Twinlens',
  win32: 'Twinlens.exe',
}[process.platform as string]
const program = join(out, folder, within ?? 'twinlens')

const fuses = await getCurrentFuseWire(
  process.platform === 'darwin' ? join(out, folder, 'Twinlens.app') : program,
)
if (fuses[FuseV1Options.RunAsNode] !== '0'.charCodeAt(0)) throw new Error('The fuse for Node is not out.')
console.log('The fuses are set.')

const home = mkdtempSync(join(tmpdir(), 'twinlens-try-'))
const display = process.platform === 'linux' && !process.env['DISPLAY'] ? ['xvfb-run', '-a'] : []
const words = [...display, program, `--user-data-dir=${join(home, 'settings')}`]
// Where containers and build machines forbid Chromium's sandbox, the rest can still be tried.
if (process.platform === 'linux') words.push('--no-sandbox')
const child = spawn(words[0] as string, words.slice(1), {
  env: { ...process.env, HOME: home, TWINLENS_DATA: join(home, 'data') },
  stdio: ['ignore', 'pipe', 'pipe'],
})
let text = ''
for (const stream of [child.stdout, child.stderr]) {
  stream.on('data', (more: Buffer) => {
    text += more.toString('utf8')
  })
}
const connected = await until(() => text.includes('The window is connected to the engine'))
child.kill()
if (existsSync(home)) rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 })
console.log(text)
if (!connected) throw new Error(`The window was not connected to the engine within ${limitMs / 1000} s.`)
console.log('The packaged program starts, and its window is connected to the engine.')
process.exit()

async function until(came: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < limitMs && !came(); waited += 200) {
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  return came()
}
