/** Every backend, best first. */
export const backendNames = ['cuda', 'webgpu', 'native', 'wasm', 'cpu'] as const

export type BackendName = (typeof backendNames)[number]
