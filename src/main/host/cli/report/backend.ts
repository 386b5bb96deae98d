import type { BackendReport } from '../../../engine/tensorflow/backends.ts'

/** Which backend computes, and a line each on why no better one does. */
export function backendLines({ description, device, passedOver }: BackendReport): string {
  const better = passedOver.map(({ backend, reason }) => `  not ${backend}: ${reason}`)
  return [`Backend: ${description} (${device})`, ...better].join('\n')
}
