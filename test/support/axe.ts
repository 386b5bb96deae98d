import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Serious and critical faults by axe in light and in dark, each with where it is. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // Colours that still fade would be measured half-way.
    await page.waitForTimeout(400)
    const { violations } = await new AxeBuilder({ page }).analyze()
    found.push(
      ...violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(node => `${colorScheme}: ${id}: ${node.target.join(' ')}`)),
    )
  }
  await page.emulateMedia({ colorScheme: null })
  return found
}
