import type { Page } from 'playwright-core'
import { lookInto } from '../../test/support/import-sheet.ts'
import { openView, press } from './hands.ts'
import type { Section } from './state.ts'

/** A folder with a folder for each class is brought in. @param folder on this machine */
export const ownImages = (folder: string): Section => ({
  title: 'Images of one’s own',
  states: [
    {
      name: 'import-preview',
      line: 'What an import would make of a folder, before anything is done.',
      come: async page => {
        await openView(page, 'Training')
        await lookInto(page, folder)
        await toTop(page)
      },
    },
    {
      name: 'import-done',
      line: 'What was brought in, and what was left out and why.',
      come: async page => {
        await press(page, 'Import')
        await page.getByRole('button', { name: 'Done', exact: true }).waitFor()
      },
      leave: page => press(page, 'Done'),
    },
  ],
})

/** A preview is as long as there are classes; its beginning is what one sees first. */
const toTop = (page: Page): Promise<void> =>
  page.locator('.import-sheet').evaluate(sheet => {
    for (const one of [sheet, ...sheet.querySelectorAll('*')]) one.scrollTop = 0
  })
