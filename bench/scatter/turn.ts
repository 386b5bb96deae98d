import { launchBrowser } from '../../test/support/browser.ts'
import { peakMemory } from './browser-memory.ts'
import type { Measured } from './measured.ts'

export interface Turn extends Measured {
  readonly memoryMB: number
}

/** One contender's turn in a browser of its own. @param over see `amongOthers` @throws Error: what the page complained of */
export async function takeTurn(
  url: string,
  count: number,
  leastMs: number,
  over: () => void = () => undefined,
): Promise<Turn> {
  const browser = await launchBrowser()
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    const failed = new Promise<never>((_, reject) => page.on('pageerror', reject))
    await page.goto(url)
    await page.waitForFunction('window.measure !== undefined')
    // In words: the window's types are not this program's.
    const measured = page.evaluate<Measured>(`window.measure(${count}, ${leastMs})`)
    const told = await Promise.race([measured, failed])
    over()
    return { ...told, memoryMB: await peakMemory(browser) }
  } finally {
    await browser.close()
  }
}
