/** A window that is drawn in software takes what it is told at this pace, ms; see `livePace`. */
const softwarePaceMs = 800

/**
 * Time between two updates of what moves while a training runs, ms. 0: as fast as they come, ten a second. Where the page is
 * drawn by the processor it is drawn on the cores that train: each update costs about 25 ms of a core
 * (bench/measures/app.ts), and a product that has lost one of its cores for a while waits with the others.
 */
export function livePace(cores = navigator.hardwareConcurrency, renderer = graphicsOf()): number {
  return cores <= 4 && isSoftware(renderer) ? softwarePaceMs : 0
}

/** Shows what is new at its pace: of everything at once, so that the page is drawn once for all of it. */
export class LivePace {
  readonly #paceMs: number
  readonly #waiting = new Map<string, () => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #shown = Promise.withResolvers<void>()

  /** @param paceMs 0 shows everything at once */
  constructor(paceMs: number) {
    this.#paceMs = paceMs
  }

  /**
   * @param what is shown: a newer picture of the same replaces one that waits
   * @returns when it has been shown: who waits for that before it asks for more is sent no more than can be seen
   */
  show(what: string, draw: () => void): Promise<void> {
    this.#waiting.set(what, draw)
    const { promise } = this.#shown
    if (this.#paceMs === 0) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), this.#paceMs)
    return promise
  }

  /** Shows now what waits. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const draws = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const draw of draws) draw()
    this.#shown.resolve()
    this.#shown = Promise.withResolvers()
  }
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
