import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { losslessCompressPng, pngQuantize } from '@napi-rs/image'
import type { Page } from 'playwright-core'
import { fileOf, type Section, schemes } from './state.ts'

const size = { width: 1280, height: 800 }
const large = { width: 1920, height: 1080 }
/** Colours that fade and points that glide have come to rest by then, ms. */
const rest = 600

/** Where pictures go: those of the documentation, and others for the eyes of whoever takes them. */
export interface Albums {
  readonly folder: string
  /** 1920 x 1080, as the browser gave them. Null: none. */
  readonly largeFolder: string | null
}

/** Walks through the states of a window and takes each one light and dark. @throws Error that names the state */
export async function shootAll(page: Page, sections: readonly Section[], albums: Albums): Promise<void> {
  for (const { title, states } of sections)
    for (const { come, leave, name } of states) {
      console.log(`${title}: ${name}`)
      try {
        await come(page)
        await shoot(page, name, albums)
        await leave?.(page)
      } catch (error) {
        throw new Error(`The state ${name} was not reached.`, { cause: error })
      }
    }
}

/** The colour scheme is changed under the page: it is one and the same state, light and dark. */
async function shoot(page: Page, name: string, { folder, largeFolder }: Albums): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    if (largeFolder !== null) {
      await mkdir(largeFolder, { recursive: true })
      await page.setViewportSize(large)
      await page.waitForTimeout(rest)
      await page.screenshot({ path: join(largeFolder, fileOf(name, colorScheme)) })
      await page.setViewportSize(size)
    }
    await page.waitForTimeout(rest)
    await expectWhole(page)
    await writeFile(join(folder, fileOf(name, colorScheme)), await small(await page.screenshot()))
  }
}

/** @throws Error where the page is larger than the window: its lower end would come up as one goes through it by Tab */
async function expectWhole(page: Page): Promise<void> {
  const [width, height] = await page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement
    return [scrollWidth - innerWidth, scrollHeight - innerHeight]
  })
  if (width > 0 || height > 0)
    throw new Error(`The page is ${width} px wider and ${height} px higher than the window.`)
}

/** A palette of 256 colours: a third of the bytes, and no difference that one sees. */
async function small(png: Buffer): Promise<Buffer> {
  const quantized = await pngQuantize(png, { minQuality: 50, maxQuality: 95, speed: 1 })
  return losslessCompressPng(quantized)
}
