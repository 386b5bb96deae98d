import { Transformer } from '@napi-rs/image'
import type { Page } from 'playwright-core'

/**
 * The pixels of the thumbnail that a report shows, grey, [height * width], as the page's stylesheet and script place its
 * sprite: read from the sprite itself, at the place that is in sight.
 */
export async function shownThumbnail(page: Page): Promise<number[]> {
  const style = (await page.evaluate(`(() => {
    const element = document.querySelector('.thumb')
    const { backgroundImage, backgroundPositionX, backgroundPositionY, backgroundSize, width } = getComputedStyle(element)
    return { backgroundImage, backgroundPositionX, backgroundPositionY, backgroundSize, width }
  })()`)) as Record<string, string>
  const data = /base64,([^")]+)/.exec(style['backgroundImage'] ?? '')?.[1] ?? ''
  const sprite = new Transformer(Buffer.from(data, 'base64'))
  const { width } = await sprite.metadata()
  const factor = Number.parseFloat(style['backgroundSize'] ?? '') / width
  const pixels = (text: string | undefined): number =>
    Math.round(Math.abs(Number.parseFloat(text ?? '')) / factor)
  const side = pixels(style['width'])
  const [left, top] = [pixels(style['backgroundPositionX']), pixels(style['backgroundPositionY'])]
  const raw = await sprite.crop(left, top, side, side).rawPixels()
  const each = raw.length / side ** 2
  return Array.from({ length: side ** 2 }, (_, i) => raw[i * each] as number)
}
