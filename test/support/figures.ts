import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

export interface SavedSvg {
  readonly text: string
  /** Letters of one of its groups, in order. */
  texts(group: string): string[]
  /** Every point's marker in order: by class, then as drawn; px. */
  readonly markers: readonly { readonly x: number; readonly y: number; readonly colour: string }[]
}

/** Opens the figure of what is on the screen, saves it, and closes the dialog. */
export async function saveFigure(
  page: Page,
  kind: 'SVG' | 'PNG',
  change: () => Promise<void> = async () => {},
) {
  await page.getByRole('button', { name: 'Save as a figure' }).click()
  await change()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Save ${kind}` }).click(),
  ])
  const bytes = await readFile(await download.path())
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  return { bytes, name: download.suggestedFilename() }
}

export function readSvg(text: string): SavedSvg {
  const group = (name: string): string => new RegExp(`<g id="${name}".*?</g>`, 's').exec(text)?.[0] ?? ''
  const colours = new Map(
    [...text.matchAll(/<path id="(m\d+)"[^>]* fill="(#[0-9a-f]{6})"/g)].map(([, id, colour]) => [
      id!,
      colour!,
    ]),
  )
  return {
    text,
    texts: name => [...group(name).matchAll(/<text[^>]*>([^<]*)</g)].map(([, letters]) => letters!),
    markers: [...group('points').matchAll(/<use xlink:href="#(m\d+)" x="([-\d.]+)" y="([-\d.]+)"/g)].map(
      ([, look, x, y]) => ({ x: Number(x), y: Number(y), colour: colours.get(look!) ?? '' }),
    ),
  }
}

export const savedSvg = async (page: Page): Promise<SavedSvg> =>
  readSvg((await saveFigure(page, 'SVG')).bytes.toString('utf8'))
