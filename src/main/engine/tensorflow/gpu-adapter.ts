import { hasVulkanDriver } from './vulkan-drivers.ts'

/** A graphics card as WebGPU sees it. */
export interface Gpu {
  readonly adapter: GPUAdapter
  /** For a person: "NVIDIA GeForce RTX 4070". */
  readonly name: string
  /** Computed by the processor in truth (SwiftShader, llvmpipe, WARP): right, but slow. */
  readonly software: boolean
}

/** What Dawn says of an adapter. */
export type AdapterInfo = Pick<
  GPUAdapterInfo,
  'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'
>

/**
 * The fastest graphics card here.
 * @param patient asks even where no driver seems to be installed
 * @throws Error with a sentence why there is none
 */
export async function findGpu(patient: boolean): Promise<Gpu> {
  if (!patient && process.platform === 'linux' && !hasVulkanDriver()) {
    throw new Error('No Vulkan driver is installed.')
  }
  const adapter = await (await dawn()).requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) throw new Error('No graphics card was found that WebGPU can use.')
  return { adapter, name: nameOf(adapter.info), software: isSoftware(adapter.info) }
}

/** Dawn marks processors as fallback adapters; the names are for drivers that say they are a card. */
export function isSoftware({ isFallbackAdapter, ...names }: AdapterInfo): boolean {
  const words = Object.values(names).join(' ')
  return (
    isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|softpipe|software|basic.render|\bwarp\b/i.test(words)
  )
}

/** The first that says something, for drivers fill in different ones. Dawn writes "nvidia-geforce-rtx-4070". */
export function nameOf({ device, description, vendor, architecture }: AdapterInfo): string {
  const named = [device, description, `${vendor} ${architecture}`].map(text =>
    text.replaceAll('-', ' ').trim(),
  )
  return named.find(text => text !== '') ?? 'the graphics card'
}

let opened: Promise<GPU> | undefined

/** Dawn for Node, loaded once: its objects must come from one instance. */
function dawn(): Promise<GPU> {
  opened ??= load()
  return opened
}

async function load(): Promise<GPU> {
  const { create, globals } = await import('webgpu').catch((cause: unknown) => {
    throw new Error('The WebGPU library is not installed or cannot be loaded here.', { cause })
  })
  // GPUBufferUsage and the like, which TensorFlow.js looks for where a browser has them.
  Object.assign(globalThis, globals)
  return create([])
}

/** Shows TensorFlow.js the GPU where a browser has it. */
export async function exposeGpu(): Promise<void> {
  const holder = globalThis as { navigator?: object }
  holder.navigator ??= {}
  Object.defineProperty(holder.navigator, 'gpu', { value: await dawn(), configurable: true })
}
