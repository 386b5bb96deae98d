import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Stands in for @mapbox/node-pre-gyp where the engine is built into one file (vite.desktop.config.ts): of that package,
 * TensorFlow.js needs the path of its binding only, and the rest would bring fifty packages along.
 * @returns where set-up puts the binding, in a clone as in an installed app
 */
export function find(): string {
  const packageFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json')
  return join(dirname(packageFile), 'lib/napi-v8/tfjs_binding.node')
}
