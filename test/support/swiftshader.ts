import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { browserPath } from './browser.ts'

/** Where browsers keep SwiftShader, beside the Vulkan loader that goes with it. */
const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']

/**
 * SwiftShader is a graphics card computed by the processor, in full conformance with Vulkan: slow, but right. Chromium
 * brings it, and is installed for it if that is possible.
 * @returns the environment of a process that is to compute on it, or why there is none
 */
export function swiftShader(): { env: Record<string, string> } | { missing: string } {
  if (process.platform !== 'linux') return { missing: 'SwiftShader is only looked for on Linux' }
  try {
    const all = [dirname(realpathSync(browserPath())), ...folders]
    const folder = all.find(one => existsSync(join(one, manifest)) && existsSync(join(one, loader)))
    if (folder === undefined) return { missing: `no browser here brings ${manifest} and ${loader}` }
    return { env: { VK_ICD_FILENAMES: join(folder, manifest), LD_LIBRARY_PATH: folder } }
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
}

const manifest = 'vk_swiftshader_icd.json'
const loader = 'libvulkan.so.1'
