import { type ShallowRef, shallowRef, watch } from 'vue'
import { z } from 'zod'
import { type Settings, useSettings } from '../ui/settings.ts'

const kept = z.record(z.string(), z.boolean())
const key = 'search.open'

const readAll = (settings: Settings): Record<string, boolean> => {
  const read = kept.safeParse(settings.get(key))
  return read.success ? read.data : {}
}

/**
 * Whether a part of the panel is open, as it was left the last time.
 * @param name of the part, among all parts of the panel @param initially before anyone has opened or closed it
 */
export function useFold(name: string, initially: boolean): ShallowRef<boolean> {
  const settings = useSettings()
  const open = shallowRef(readAll(settings)[name] ?? initially)
  watch(open, now => settings.set(key, { ...readAll(settings), [name]: now }))
  return open
}
