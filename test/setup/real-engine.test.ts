import { spawn, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createGzip } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EngineRecord, machineCache, repository, ScratchClone } from './scratch-clone.ts'

const ours = readRecord()
const engine = join(machineCache, 'engines', ours?.engine ?? 'none')
const libraries = join(engine, 'lib/napi-v8')
const isWheel = ours?.rung === 'wheel' && existsSync(join(libraries, 'libtensorflow_cc.so.2'))

/** These need the engine that this machine's set-up made; on a machine without it there is nothing to check. */
describe.skipIf(!isWheel)('the real TensorFlow', () => {
  let clone: ScratchClone
  beforeEach(() => {
    clone = new ScratchClone()
  })
  afterEach(() => clone.remove())

  test('comes into a new clone from the cache, with nothing downloaded or compiled', async () => {
    fillCache(clone)
    for (const name of ['npm', 'python3', 'c++']) clone.command(name)
    leaveRubbish(clone)
    const { code, text } = await clone.setup()
    expect({ code, called: clone.called }).toEqual({ code: 0, called: [] })
    expect(text).toContain(`TensorFlow ${ours?.tensorflow} is installed.`)
    expect(clone.record).toMatchObject({ rung: 'wheel', tensorflow: ours?.tensorflow })
    expect(clone.temporary).toEqual([])
    const again = await clone.setup()
    expect(again).toMatchObject({ code: 0, text: '' })
    expect(again.ms).toBeLessThan(2000)
  })

  test('that lost its library in the clone is put in again', async () => {
    fillCache(clone)
    await clone.setup()
    rmSync(join(clone.package, 'lib/napi-v8/libtensorflow_framework.so.2'))
    expect((await clone.setup()).text).toContain('is installed')
  })

  test('is never used from a damaged cache', async () => {
    fillCache(clone)
    const binding = join(clone.cache, 'engines', ours?.engine ?? '', 'lib/napi-v8/tfjs_binding.node')
    const content = readFileSync(binding)
    content[5000] = ~(content[5000] ?? 0)
    rmSync(binding)
    writeFileSync(binding, content)
    const { code, text } = await clone.setup()
    expect(code).toBe(0)
    expect(text).toMatch(/The TensorFlow engine in the cache is damaged/)
    expect(clone.record.rung).toBe('wasm')
  })

  test('stays when something better is looked for and nothing can be had any more', async () => {
    fillCache(clone)
    await clone.setup()
    rmSync(clone.cache, { recursive: true })
    // A driver that appears is a reason to look again.
    clone.command('nvidia-smi')
    const { code, text } = await clone.setup()
    expect(code).toBe(0)
    expect(text).toContain('which is installed, stays.')
    expect(clone.record.rung).toBe('wheel')
  })

  test('stays, and still loads, when what was put in its place does not load', async () => {
    fillCache(clone)
    await clone.setup()
    clone.pythonWithPip(clone.expectFakeWheel())
    clone.command('c++', 'while [ "$1" != -o ]; do shift; done; echo no > "$2"')
    clone.command('nvidia-smi')
    const { code, text } = await clone.setup()
    expect(code).toBe(0)
    expect(text.match(/does not run here/g)).toHaveLength(2)
    expect(text).toContain('which is installed, stays.')
    expect(clone.temporary).toEqual([])
    expect((await clone.setup()).text).toBe('')
  })

  test('stays when a forced rung cannot be had, and goes when WebAssembly is asked for', async () => {
    fillCache(clone)
    await clone.setup()
    expect((await clone.setup(['--engine', 'official'])).code).toBe(1)
    expect(clone.record.rung).toBe('wheel')
    expect((await clone.setup()).text).toBe('')
    await clone.setup(['--engine', 'wasm'])
    expect(existsSync(join(clone.package, 'lib'))).toBe(false)
  })

  test('is installed by the official script from the address that it is told, its binding compiled', async () => {
    for (const name of ['sh', 'c++']) clone.realCommand(name)
    const server = await serveOfficialLibrary(clone.folder)
    try {
      const settings = {
        TFJS_NODE_CDN_STORAGE: server.address,
        npm_config_tfjs_binding_binary_host_mirror: server.address,
      }
      const { code, text } = await clone.setup([], settings)
      expect(text).toMatch(/Downloading the official TensorFlow library[\s\S]*TensorFlow [\d.]+ is installed/)
      expect(code).toBe(0)
      expect(clone.record).toMatchObject({ rung: 'official', reasons: [] })
    } finally {
      server.close()
    }
  }, 90_000)
})

function readRecord(): EngineRecord | undefined {
  const path = join(repository, 'build/engine.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as EngineRecord) : undefined
}

/** The engine in the clone's own cache, by links: 850 MB are not copied. */
function fillCache({ cache }: ScratchClone): void {
  const to = join(cache, 'engines', ours?.engine ?? '')
  mkdirSync(join(to, 'lib/napi-v8'), { recursive: true })
  copyFileSync(join(engine, 'manifest.json'), join(to, 'manifest.json'))
  for (const name of readdirSync(libraries)) linkOrCopy(join(libraries, name), join(to, 'lib/napi-v8', name))
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    cpSync(from, to)
  }
}

/** What a run that was killed while it linked leaves in the package. */
function leaveRubbish(clone: ScratchClone): void {
  mkdirSync(join(clone.package, 'lib/napi-v8'), { recursive: true })
  writeFileSync(join(clone.package, 'lib/napi-v8/tfjs_binding.node'), 'half')
  mkdirSync(join(clone.package, 'after.tmp-1-aa'))
}

/** The wheel's library and headers in the official layout, as a tar.gz that is packed while it is sent. */
async function serveOfficialLibrary(folder: string) {
  const tree = join(folder, 'official')
  mkdirSync(join(tree, 'lib'), { recursive: true })
  const names = readdirSync(libraries).filter(name => name.startsWith('libtensorflow'))
  for (const name of names) linkOrCopy(join(libraries, name), join(tree, 'lib', name))
  for (const [alias, name] of [
    ['libtensorflow.so', 'libtensorflow_cc.so.2'],
    ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
  ] as const) {
    spawnSync('ln', ['-s', name, join(tree, 'lib', alias)])
  }
  unpackHeaders(tree)
  const server = createServer((request, response) => {
    if (!request.url?.includes('libtensorflow-')) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200)
    if (request.method === 'HEAD') {
      response.end()
      return
    }
    // Level 0: packing well would take longer than all the rest.
    spawn('tar', ['-c', '-C', tree, 'lib', 'include'])
      .stdout.pipe(createGzip({ level: 0 }))
      .pipe(response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

function unpackHeaders(tree: string): void {
  const downloads = join(machineCache, 'downloads')
  const wheel = readdirSync(downloads)
    .flatMap(folder => readdirSync(join(downloads, folder)).map(name => join(downloads, folder, name)))
    .find(path => /tensorflow(_cpu)?-/.test(path))
  const extract = [
    'import sys, zipfile',
    'sys.path.insert(0, sys.argv[3])',
    'from unpack_wheel import HEADERS',
    'archive = zipfile.ZipFile(sys.argv[1])',
    'archive.extractall(sys.argv[2], [name for name in archive.namelist() if HEADERS.match(name)])',
  ]
  const scripts = join(repository, 'scripts/setup/engine')
  spawnSync('python3', ['-B', '-c', extract.join('\n'), wheel ?? '', tree, scripts])
  cpSync(join(tree, 'tensorflow/include'), join(tree, 'include'), { recursive: true })
}
