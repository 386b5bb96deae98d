/** Calls of a canvas context by name; happy-dom has none of its own. */
export type Calls = Record<string, number>

/** A context that draws nothing and counts everything. Install with vi.spyOn(HTMLCanvasElement.prototype, 'getContext'). */
export function recordingContext(canvas: HTMLCanvasElement, calls: Calls): CanvasRenderingContext2D {
  const record = new Proxy(
    { canvas },
    {
      get: (target, name) => {
        if (name === 'canvas') return target.canvas
        // What a browser has before it is given a colour that it knows.
        if (name === 'fillStyle') return '#000000'
        return (...given: unknown[]) => {
          calls[String(name)] = (calls[String(name)] ?? 0) + 1
          if (name === 'measureText') return { width: 10 }
          return name === 'createImageData'
            ? { data: new Uint8ClampedArray(Number(given[0]) * Number(given[1]) * 4) }
            : undefined
        }
      },
      set: () => true,
    },
  )
  return record as unknown as CanvasRenderingContext2D
}
