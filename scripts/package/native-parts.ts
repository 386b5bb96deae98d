import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

const modules = join(import.meta.dirname, '../../node_modules')

/** A file to be copied into the packaged program's node_modules. */
export interface Part {
  /** A real file, no link. */
  readonly from: string
  /** Below node_modules. */
  readonly to: string
}

const tensorflow = '@tensorflow/tfjs-node-gpu'
/** Under these names the binding looks for its libraries; the others that lie beside are links to them. */
const loadedName = /(\.so\.2|\.2\.dylib|\.dll|libtwinlens_quiet\.so)$/

/** Everything native for this machine: TensorFlow's binding and libraries, the decoder of pictures, the GPU's. */
export const nativeParts = (): Part[] => [...tensorflowParts(), ...pictureParts(), ...webgpuParts()]

/** @throws Error where set-up found no TensorFlow: a package without it would be several times slower */
export function tensorflowParts(home = join(modules, tensorflow)): Part[] {
  const binding = 'lib/napi-v8/tfjs_binding.node'
  if (!existsSync(join(home, binding))) {
    throw new Error('TensorFlow is not installed here, so it cannot be packaged. "npm run setup" says why.')
  }
  const libraries = ['lib/napi-v8', 'deps/lib'].flatMap(folder =>
    existsSync(join(home, folder))
      ? readdirSync(join(home, folder))
          .filter(name => loadedName.test(name))
          .map(name => join(folder, name))
      : [],
  )
  return ['package.json', binding, ...libraries].map(name => part(home, tensorflow, name))
}

/** The package's own loader picks the binary that is there. */
function pictureParts(): Part[] {
  const scope = join(modules, '@napi-rs')
  return readdirSync(scope)
    .filter(name => name === 'image' || name.startsWith('image-'))
    .flatMap(name =>
      readdirSync(join(scope, name))
        .filter(file => /\.(js|node)$|^package\.json$|^LICENSE$/.test(file))
        .map(file => part(join(scope, name), `@napi-rs/${name}`, file)),
    )
}

/** Of the binaries for five kinds of machine, this one's, with what lies beside it. */
function webgpuParts(): Part[] {
  const home = join(modules, 'webgpu')
  const own = join(
    'dist',
    `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`,
  )
  if (!existsSync(join(home, own))) return []
  const binaries = readdirSync(join(home, own)).map(name => join(own, name))
  return ['package.json', 'index.js', 'LICENSE.md', ...binaries].map(name => part(home, 'webgpu', name))
}

const part = (home: string, name: string, file: string): Part => ({
  from: realpathSync(join(home, file)),
  to: join(name, file),
})
