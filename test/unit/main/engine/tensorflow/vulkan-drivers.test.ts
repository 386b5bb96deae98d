import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasVulkanDriver } from '../../../../../src/main/engine/tensorflow/vulkan-drivers.ts'
import { temporaryFolder } from '../../../../support/files.ts'

/** A machine on which nothing but what is in `root` counts. */
async function machine() {
  const root = await temporaryFolder()
  const environment = {
    XDG_DATA_DIRS: `${join(root, 'none')}:${join(root, 'share')}`,
    XDG_CONFIG_DIRS: join(root, 'xdg'),
  }
  const asked = (more: Record<string, string> = {}): boolean =>
    hasVulkanDriver({ ...environment, ...more }, join(root, 'home'), [join(root, 'etc')])
  return { root, asked }
}

test.each(['home/.config', 'home/.local/share', 'share', 'xdg', 'etc'])(
  'a driver listed under %s is found; an empty folder is none',
  async where => {
    const { root, asked } = await machine()
    const folder = join(root, where, 'vulkan/icd.d')
    mkdirSync(folder, { recursive: true })
    expect(asked()).toBe(false)
    writeFileSync(join(folder, 'radeon_icd.x86_64.json'), '{}')
    expect(asked()).toBe(true)
  },
)

test.each(['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES'])(
  'a driver named by %s counts',
  async name => {
    const { asked } = await machine()
    expect(asked({ [name]: '/somewhere/driver.json' })).toBe(true)
  },
)
