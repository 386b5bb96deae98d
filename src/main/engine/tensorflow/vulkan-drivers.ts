import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Names drivers by themselves, without a folder (the Vulkan loader's own variables). */
const overrides = ['VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES', 'VK_ICD_FILENAMES']

/** Where the system lists drivers whatever the environment says: NixOS's folder and that inside Flatpak too. */
const systemFolders = ['/etc', '/run/opengl-driver/share', '/usr/lib/x86_64-linux-gnu/GL']

/**
 * Whether any Vulkan driver is installed on this Linux: asked first, because it costs less than a millisecond and because
 * Dawn prints a warning where there is no Vulkan at all. Where drivers are listed: "Driver discovery" in the Vulkan
 * loader's LoaderDriverInterface.md.
 */
export function hasVulkanDriver(
  environment: NodeJS.ProcessEnv = process.env,
  home = homedir(),
  system: readonly string[] = systemFolders,
): boolean {
  if (overrides.some(name => environment[name])) return true
  const paths = (name: string, fallback: string): string[] => (environment[name] || fallback).split(':')
  const folders = [
    ...paths('XDG_CONFIG_HOME', join(home, '.config')),
    ...paths('XDG_CONFIG_DIRS', '/etc/xdg'),
    ...paths('XDG_DATA_HOME', join(home, '.local/share')),
    ...paths('XDG_DATA_DIRS', '/usr/local/share:/usr/share'),
    ...system,
  ]
  return folders.some(folder => holdsManifest(join(folder, 'vulkan/icd.d')))
}

function holdsManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some(name => name.endsWith('.json'))
  } catch {
    return false // most of them are not there
  }
}
