import type { Page } from 'playwright-core'

/** How many hues, of 36, the saturated pixels of the scatter have. Run in the page. */
export const scatterHues = (page: Page): Promise<number> =>
  page.locator('.frame canvas').evaluateAll(canvases => {
    const hues = new Set<number>()
    for (const canvas of canvases as HTMLCanvasElement[]) {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      for (let i = 0; i < data.length; i += 4) {
        const [r, g, b, a] = [data[i]!, data[i + 1]!, data[i + 2]!, data[i + 3]!]
        const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)]
        if (a < 200 || high - low < 60) continue
        const sector =
          high === r
            ? (g - b) / (high - low)
            : high === g
              ? 2 + (b - r) / (high - low)
              : 4 + (r - g) / (high - low)
        hues.add(Math.round(((sector + 6) % 6) * 6))
      }
    }
    return hues.size
  })
