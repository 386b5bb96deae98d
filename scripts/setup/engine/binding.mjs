import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupError } from '../failure.mjs'
import { sha256 } from '../files.mjs'
import { logPath, say } from '../log.mjs'
import { modules, tensorflowPackage } from '../paths.mjs'
import { run } from '../run.mjs'
import { findCompiler } from './which.mjs'

export const bindingFile = 'lib/napi-v8/tfjs_binding.node'
const sources = join(tensorflowPackage, 'binding')
const common = ['-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8']

/** The library lies beside the binding (wheel) or where the official layout has it; relative, so that both can move together. */
const linker =
  process.platform === 'darwin'
    ? ['-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path', '-Wl,-rpath,@loader_path/../../deps/lib']
    : ['-Wl,-rpath,$ORIGIN', '-Wl,-rpath,$ORIGIN/../../deps/lib']

const quietSource = join(dirname(fileURLToPath(import.meta.url)), 'quiet_log.cc')

/** Names what a compiled binding depends on besides its library: the package's sources, ours and our flags. */
export function bindingVersion() {
  const contents = [
    ...readdirSync(sources)
      .sort()
      .map(name => join(sources, name)),
    quietSource,
  ].map(path => readFileSync(path))
  return sha256(Buffer.concat([...contents, Buffer.from([...common, ...linker].join(' '))])).slice(0, 12)
}

/** @throws SetupError: there is no C++ compiler. Asked before anything is downloaded. */
export function requireCompiler() {
  const compiler = findCompiler()
  if (compiler !== undefined) return compiler
  throw new SetupError(
    'TensorFlow was passed over: there is no C++ compiler (c++, g++ or clang++) to build its binding with.',
  )
}

/**
 * Compiles the library that silences TensorFlow's greeting, beside its libraries. See quiet_log.cc.
 * @param {string} libraries the folder with TensorFlow's libraries
 * @returns {Promise<string>} a linker word, to come after the others
 */
export async function compileQuietLog(libraries) {
  const name = 'libtwinlens_quiet.so'
  const words = ['-O2', '-shared', '-fPIC', '-std=c++17', quietSource, '-o', join(libraries, name)]
  await compile(words)
  return `-l:${name}`
}

/**
 * Compiles the package's own binding against a TensorFlow library.
 * @param {{ folder: string, include: string, libraries: string, link: string[] }} parts folder: the engine's; link: linker words for the libraries
 */
export async function compileBinding({ folder, include, libraries, link }) {
  say("Compiling TensorFlow's binding ...")
  const output = join(folder, bindingFile)
  mkdirSync(dirname(output), { recursive: true })
  const words = [
    ...common,
    ...[include, join(modules, 'node-api-headers', 'include')].map(path => `-I${path}`),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map(name => join(sources, name)),
    ...['-o', output, `-L${libraries}`, ...link, ...linker],
  ]
  await compile(words)
}

/** @param {string[]} words */
async function compile(words) {
  const compiler = requireCompiler()
  const { ok } = await run(compiler, words)
  if (ok) return
  throw new SetupError(
    `TensorFlow was passed over: the C++ compiler (${compiler}) could not build its binding. Details: ${logPath()}`,
  )
}
