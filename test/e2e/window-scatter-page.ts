import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type {} from '../fakes/page/scatter/scatter.ts'
import { launchBrowser } from '../support/browser.ts'
import { type BuiltPage, serveBuilt } from '../support/built-page.ts'

/**
 * The scatter alone (test/fakes/page/scatter) in a real browser, built and under the window's policy, for the tests of
 * one file. After them no error may have been told of. @returns the page, once the tests run
 */
export function useScatterPage(): () => Page {
  let browser: Browser
  let built: BuiltPage
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    built = await serveBuilt(join(import.meta.dirname, '../fakes/page/scatter'))
    browser = await launchBrowser()
    page = await browser.newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await page.goto(built.url)
  })
  afterAll(async () => {
    await browser?.close()
    await built?.close()
    expect(faults).toEqual([])
  })
  return () => page
}
