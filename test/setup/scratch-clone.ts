import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export const repository = join(import.meta.dirname, '../..')

const paths = (await import(pathToFileURL(join(repository, 'scripts/setup/paths.mjs')).href)) as {
  readonly cacheFolder: () => string
}
/** This machine's own, with the engine that its set-up made. */
export const machineCache = paths.cacheFolder()

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

export interface SetupRun {
  readonly code: number | null
  /** What a person reads: stdout and stderr. */
  readonly text: string
  readonly ms: number
}

export interface EngineRecord {
  readonly rung: string
  readonly tensorflow: string | null
  readonly engine: string | null
  readonly reasons: string[]
}

/**
 * A clone in a temporary folder with a cache of its own. Its packages are links to ours, but TensorFlow's is a copy that
 * set-up may fill. PATH holds only the commands that a test puts there, and nothing outside this machine is asked.
 */
export class ScratchClone {
  readonly folder = mkdtempSync(join(tmpdir(), 'twinlens-setup-'))
  readonly root = join(this.folder, 'clone')
  readonly cache = join(this.folder, 'cache')
  readonly bin = join(this.folder, 'bin')
  readonly package = join(this.root, 'node_modules/@tensorflow/tfjs-node-gpu')
  private readonly calls = join(this.folder, 'calls')

  constructor() {
    mkdirSync(this.bin, { recursive: true })
    for (const name of ['scripts', 'package.json', 'package-lock.json']) {
      cpSync(join(repository, name), join(this.root, name), { recursive: true })
    }
    linkPackages(join(repository, 'node_modules'), join(this.root, 'node_modules'))
    // A window small enough to be built within a second.
    for (const folder of ['src/renderer', 'src/shared', 'src/main'])
      mkdirSync(join(this.root, folder), { recursive: true })
    writeFileSync(join(this.root, 'src/main/index.ts'), "console.log('Twinlens')\n")
    writeFileSync(
      join(this.root, 'vite.desktop.config.ts'),
      "export default { build: { ssr: 'src/main/index.ts', emptyOutDir: false } }\n",
    )
    writeFileSync(join(this.root, 'src/renderer/index.html'), '<!doctype html><title>Twinlens</title>')
    writeFileSync(join(this.root, 'vite.config.ts'), "export default { root: 'src/renderer' }\n")
    const digits = join(this.root, 'resources/digits')
    mkdirSync(digits, { recursive: true })
    for (const name of readdirSync(join(repository, 'resources/digits'))) {
      linkSync(join(repository, 'resources/digits', name), join(digits, name))
    }
  }

  /** A command for PATH; what it is called with is remembered. */
  command(name: string, script = 'exit 1'): void {
    const path = join(this.bin, name)
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> '${this.calls}'\n${script}\n`)
    chmodSync(path, 0o755)
  }

  /** The machine's own command, in this clone's PATH. */
  realCommand(name: string): void {
    this.command(name, `PATH='${process.env['PATH'] ?? ''}' exec ${name} "$@"`)
  }

  /** Every command that was started, with its words. */
  get called(): string[] {
    return existsSync(this.calls) ? readFileSync(this.calls, 'utf8').trim().split('\n') : []
  }

  forgetCalls(): void {
    rmSync(this.calls, { force: true })
  }

  get record(): EngineRecord {
    return JSON.parse(readFileSync(join(this.root, 'build/engine.json'), 'utf8')) as EngineRecord
  }

  setup(words: string[] = [], settings: NodeJS.ProcessEnv = {}): Promise<SetupRun> {
    return this.start(words, settings).finished
  }

  start(words: string[] = [], settings: NodeJS.ProcessEnv = {}) {
    const env = {
      PATH: this.bin,
      HOME: this.folder,
      TWINLENS_CACHE: this.cache,
      // Nothing listens there: the official library cannot be had unless a test serves it.
      TFJS_NODE_CDN_STORAGE: 'http://127.0.0.1:1/',
      ELECTRON_MIRROR: 'http://127.0.0.1:1/',
      // Whoever names an Electron needs none downloaded; a test that wants to see that leaves this empty.
      ELECTRON_OVERRIDE_DIST_PATH: this.folder,
      ...settings,
    }
    const began = Date.now()
    const child = spawn(process.execPath, [join(this.root, 'scripts/setup.mjs'), ...words], { env })
    let text = ''
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString()
    })
    child.stderr.on('data', (part: Buffer) => {
      text += part.toString()
    })
    const finished = new Promise<SetupRun>(done => {
      child.once('exit', code => setImmediate(() => done({ code, text, ms: Date.now() - began })))
    })
    return { child, finished, text: () => text }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Everything under the cache and the TensorFlow package that an interrupted run may leave. */
  get temporary(): string[] {
    return [this.package, join(this.cache, 'downloads'), join(this.cache, 'engines')]
      .filter(existsSync)
      .flatMap(folder => readdirSync(folder))
      .filter(name => name.includes('.tmp-'))
  }

  /** A tiny wheel in place of TensorFlow's; set-up expects exactly it. Its libraries are no libraries. */
  expectFakeWheel(): string {
    const file = 'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl'
    const path = join(this.folder, file)
    const write = [
      'import sys, zipfile',
      'archive = zipfile.ZipFile(sys.argv[1], "w")',
      'for name in ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/tensorflow/c/c_api.h"]:',
      '    archive.writestr("tensorflow/" + name, "not a library")',
      'archive.close()',
    ]
    spawnSync('python3', ['-c', write.join('\n'), path])
    const content = readFileSync(path)
    const list = join(this.root, 'scripts/setup/engine/wheels.json')
    const wheel = {
      name: 'tensorflow-cpu',
      version: '2.21.0',
      file,
      bytes: content.length,
      sha256: sha256(content),
    }
    writeFileSync(list, JSON.stringify({ tensorflow: '2.21.0', cpu: [wheel], cuda: [wheel] }))
    return path
  }

  /** A Python whose pip "downloads" this file; everything else is done by the real one. */
  pythonWithPip(file: string, before = ''): void {
    const copy = `${before}\nwhile [ "$1" != --dest ]; do shift; done\n/bin/cp '${file}' "$2/"`
    const real = `PATH='${process.env['PATH'] ?? ''}' exec python3 "$@"`
    this.command('python3', `if [ "$3" = download ]; then\n${copy}\nelse\n${real}\nfi`)
  }
}

function linkPackages(from: string, to: string): void {
  const ours = ['.twinlens-setup.json', '@tensorflow', '.package-lock.json']
  mkdirSync(join(to, '@tensorflow'), { recursive: true })
  const names = readdirSync(from).filter(name => !ours.includes(name))
  const scoped = readdirSync(join(from, '@tensorflow')).map(name => `@tensorflow/${name}`)
  for (const name of [...names, ...scoped]) {
    if (name !== '@tensorflow/tfjs-node-gpu') symlinkSync(join(from, name), join(to, name))
  }
  copyFileSync(join(from, '.package-lock.json'), join(to, '.package-lock.json'))
  const tensorflow = join(from, '@tensorflow/tfjs-node-gpu')
  for (const name of ['package.json', 'binding.gyp', 'binding', 'scripts', 'dist']) {
    const target = join(to, '@tensorflow/tfjs-node-gpu', name)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(join(tensorflow, name), target, { recursive: true })
  }
}
