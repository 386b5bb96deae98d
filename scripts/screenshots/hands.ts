import type { Locator, Page } from 'playwright-core'

/** What a person does in the window, by what it is called there. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()

export const openView = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true }).click()

export const openTab = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('tab', { name }).first().click()

export const panel = (page: Page): Locator => page.getByRole('region', { name: 'Search and compare' })

export const scatter = (page: Page): Locator =>
  page.getByRole('application', { name: /feature representation/ }).first()

export const colourBy = (page: Page, what: string): Promise<string[]> =>
  page.getByRole('combobox', { name: 'Colour by' }).selectOption(what)

/** Opens or closes a part of the panel. */
export async function fold(page: Page, name: string, open: boolean): Promise<void> {
  const head = panel(page)
    .getByRole('region', { name, exact: true })
    .getByRole('heading')
    .getByRole('button')
    .first()
  if ((await head.count()) === 0) return
  if (((await head.getAttribute('aria-expanded')) === 'true') !== open) await head.click()
}

/** Brings pictures of one's own to the panel. */
export async function bring(
  page: Page,
  files: readonly { readonly name: string; readonly png: Buffer }[],
): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    panel(page).getByRole('button', { name: 'Open picture…' }).click(),
  ])
  await chooser.setFiles(files.map(({ name, png }) => ({ name, mimeType: 'image/png', buffer: png })))
}

/** Drags along corners, given as shares of an element's width and height. */
export async function drag(
  page: Page,
  over: Locator,
  corners: readonly (readonly [x: number, y: number])[],
): Promise<void> {
  const box = await over.boundingBox()
  if (box === null) throw new Error('What is to be drawn in is not in sight.')
  const [first, ...others] = corners.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const)
  if (first === undefined) return
  await page.mouse.move(...first)
  await page.mouse.down()
  for (const corner of others) await page.mouse.move(...corner, { steps: 6 })
  await page.mouse.up()
}

/** Off everything that shows something under the pointer. */
export const putPointerAway = (page: Page): Promise<void> => page.mouse.move(2, 2)
