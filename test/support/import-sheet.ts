import type { Page } from 'playwright-core'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** In the sheet that is open: what an import would make of a folder. */
export async function lookInside(page: Page, folder: string): Promise<void> {
  await page.getByLabel('Folder or file on this machine').fill(folder)
  await press(page, 'Look inside')
  await page.getByRole('list', { name: 'Images of each class' }).waitFor()
}

/** Opens the sheet and looks inside. */
export async function lookInto(page: Page, folder: string): Promise<void> {
  await press(page, 'Import images…')
  await lookInside(page, folder)
}

/** From the sheet to an open data set, as a person does it. */
export async function importFolder(page: Page, folder: string): Promise<void> {
  await lookInto(page, folder)
  await press(page, 'Import')
  await press(page, 'Done')
}
