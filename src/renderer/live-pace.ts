/** A window that is drawn in software takes what it is told at this pace, ms; see `livePace`. */
const softwarePaceMs = 400

/**
 * Time between two updates of what moves while a training runs, ms. 0: as fast as they come, ten a second. Where the page is
 * drawn by the processor it is drawn on the cores that train: ten updates a second took 20% of two cores, these take 5%
 * (bench/measures/app.ts).
 */
export function livePace(cores = navigator.hardwareConcurrency, renderer = graphicsOf()): number {
  return cores <= 4 && isSoftware(renderer) ? softwarePaceMs : 0
}

/** Waits for the next update's turn. All who wait are woken together, so that one picture shows what is new of everything. */
export async function turn(paceMs: number, now = performance.now()): Promise<void> {
  if (paceMs > 0) await new Promise(resolve => setTimeout(resolve, paceMs - (now % paceMs)))
}

/** By what browsers call the drivers that compute on the processor. */
const isSoftware = (renderer: string): boolean =>
  renderer === '' || /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)

/** What draws, in the driver's words; empty where nothing but the page's own canvas does. */
function graphicsOf(): string {
  const context = document.createElement('canvas').getContext('webgl')
  const names = context?.getExtension('WEBGL_debug_renderer_info')
  const name = names == null ? '' : String(context?.getParameter(names.UNMASKED_RENDERER_WEBGL))
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return name
}
