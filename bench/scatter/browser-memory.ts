import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'

/**
 * The most memory that the page's process and the one that draws ever held, MB (VmHWM; the processes of a browser that
 * draws by software keep the picture there too). NaN where the system does not tell: Linux alone does.
 */
export async function peakMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const drawing = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU')
  return drawing.reduce((sum, { id }) => sum + peakOf(id), 0)
}

function peakOf(pid: number): number {
  try {
    const kB = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return (Number(kB) * 1024) / 1e6
  } catch {
    return Number.NaN // not Linux
  }
}
