import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { PeerName } from '../figure.ts'

const requirements = join(import.meta.dirname, 'requirements.txt')
const scripts = (name: string): string =>
  pathToFileURL(join(import.meta.dirname, '../../scripts/setup', name)).href

// Set-up's scripts are JavaScript, which types do not follow.
const { cacheFolder } = (await import(scripts('paths.mjs'))) as { cacheFolder(): string }
const { findPython } = (await import(scripts('engine/which.mjs'))) as { findPython(): string | undefined }

interface Peer {
  /** The module whose import proves that it works. */
  readonly module: string
  readonly packages: readonly string[]
  /** Taken without what they ask for; `packages` names what of that is needed. */
  readonly alone?: readonly string[]
}

const tensorflow = process.platform === 'darwin' ? 'tensorflow' : 'tensorflow-cpu'

/**
 * PyTorch's package for Linux asks for NVIDIA's libraries, two gigabytes that a comparison on the processor does not need: where
 * it works without them it stays without.
 */
const peers: Readonly<Record<PeerName, Peer>> = {
  pytorch: {
    module: 'torch',
    packages: [
      'typing_extensions',
      'sympy',
      'networkx',
      'jinja2',
      'fsspec',
      'filelock',
      'setuptools',
      'numpy',
    ],
    alone: ['torch'],
  },
  'pytorch-metric-learning': {
    module: 'pytorch_metric_learning',
    packages: ['scikit-learn', 'scipy', 'tqdm'],
    alone: ['pytorch-metric-learning'],
  },
  keras: { module: 'keras', packages: [tensorflow, 'keras', 'numpy'] },
  'scikit-learn': { module: 'sklearn', packages: ['scikit-learn', 'scipy', 'numpy'] },
  faiss: { module: 'faiss', packages: ['faiss-cpu', 'numpy'] },
}

/** The peers' own Python, in the project's cache: made once for these versions, each peer installed when first asked for. */
export class PeerEnvironment {
  readonly #say: (sentence: string) => void
  readonly #asked = new Map<PeerName, Promise<string>>()

  constructor(say: (sentence: string) => void) {
    this.#say = say
  }

  /** The Python that has this peer. @throws Error, whose message is a sentence: it cannot be installed */
  python(peer: PeerName): Promise<string> {
    // One after the other: two pips at once would overwrite each other's files.
    const before = [...this.#asked.values()].at(-1) ?? Promise.resolve('')
    const asked =
      this.#asked.get(peer) ?? before.catch(() => '').then(() => install(peer, environment(), this.#say))
    this.#asked.set(peer, asked)
    return asked
  }

  /** Versions of what was asked for and could be installed, by package. */
  async versions(): Promise<Record<string, string>> {
    const pythons = await Promise.allSettled(this.#asked.values())
    const python = pythons.find(({ status }) => status === 'fulfilled')
    if (python?.status !== 'fulfilled') return {}
    const { stdout } = spawnSync(python.value, ['-m', 'pip', 'list', '--format=json'], { encoding: 'utf8' })
    const installed = JSON.parse(stdout) as readonly { name: string; version: string }[]
    const told = /^(torch|pytorch-metric-learning|tensorflow([-_]cpu)?|keras|scikit-learn|faiss-cpu|numpy)$/
    return Object.fromEntries(
      installed.flatMap(({ name, version }) => (told.test(name) ? [[`Python's ${name}`, version]] : [])),
    )
  }
}

interface Environment {
  readonly folder: string
  readonly python: string
}

/** @throws Error: no Python 3, or one that cannot make virtual environments */
function environment(): Environment {
  const system = findPython()
  if (system === undefined) throw new Error('There is no Python 3 on this machine.')
  const version = spawnSync(system, ['--version'], { encoding: 'utf8' }).stdout.trim()
  const hash = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex')
  const folder = join(cacheFolder(), 'bench', `peers-${hash.slice(0, 12)}`)
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  // Python's file is there before pip is: what was interrupted is made again.
  const stamp = join(folder, 'environment.made')
  if (!existsSync(stamp)) {
    mkdirSync(folder, { recursive: true })
    const { status } = spawnSync(system, ['-m', 'venv', folder], { stdio: 'ignore' })
    if (status !== 0) throw new Error(`${version} here cannot make virtual environments (its module venv).`)
    writeFileSync(stamp, '')
  }
  return { folder, python }
}

async function install(
  name: PeerName,
  { folder, python }: Environment,
  say: (sentence: string) => void,
): Promise<string> {
  const stamp = join(folder, `${name}.installed`)
  if (existsSync(stamp)) return python
  const { module, packages, alone = [] } = peers[name]
  say(`Installing ${name} into the bench's own Python; later runs find it there.`)
  const pip = (...words: string[]): Promise<string> =>
    tryTo(python, ['-m', 'pip', 'install', '--no-input', '-c', requirements, ...words])
  const worksNow = async (): Promise<boolean> => (await tryTo(python, ['-c', `import ${module}`])) === ''
  let trouble = alone.length === 0 ? '' : await pip('--no-deps', ...alone)
  trouble ||= await pip(...packages)
  if (trouble === '' && !(await worksNow())) trouble = await pip(...alone, ...packages)
  if (trouble !== '' || !(await worksNow())) {
    throw new Error(`${name} could not be installed: ${trouble || `its module ${module} cannot be loaded`}`)
  }
  writeFileSync(stamp, '')
  return python
}

const execute = promisify(execFile)

/** @returns '' or the line of its complaint that says what is wrong */
async function tryTo(command: string, words: readonly string[]): Promise<string> {
  try {
    await execute(command, words, { maxBuffer: 1 << 26 })
    return ''
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string }
    const lines = (stderr.trim() || message).split('\n')
    // pip's first error is the cause; Python's own is its last line.
    const first = lines.find(line => line.startsWith('ERROR: '))
    return first?.slice('ERROR: '.length) ?? lines.at(-1) ?? message
  }
}
