import type { Page } from 'playwright-core'
import { field, openMore, trainRun } from '../../test/support/window.ts'
import { openTab, openView, press, putPointerAway, scatter } from './hands.ts'
import type { Section } from './state.ts'

/** A second training, of more features than can be drawn. */
async function trainEight(page: Page): Promise<void> {
  await openView(page, 'Training')
  await openMore(page)
  const values = { Iterations: 150, 'Embedding size': 8, 'Training images': 2000, 'Test images': 2000 }
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(String(value))
  await trainRun(page, 300_000)
}

export const projection: Section = {
  title: 'More than two dimensions',
  states: [
    {
      name: 'projection',
      line: 'Eight features in three dimensions by PCA, turned; UMAP is beside it.',
      come: async page => {
        await trainEight(page)
        await openView(page, 'Explorer')
        await openTab(page, /^Selection/)
        await press(page, 'PCA')
        await press(page, '3 dimensions')
        await page.getByText(/^These 3 components hold/).waitFor()
        await scatter(page).focus()
        await page.keyboard.press('t')
        for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown'])
          await page.keyboard.press(key)
        await putPointerAway(page)
      },
    },
  ],
}
