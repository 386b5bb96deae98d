import type { Page } from 'playwright-core'

/** Drops files on the page as a person does: over it, then let go. */
export async function dropFiles(
  page: Page,
  files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[],
): Promise<void> {
  const transfer = await page.evaluateHandle(
    contents => {
      const data = new DataTransfer()
      for (const { name, type, base64 } of contents) {
        const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
        data.items.add(new File([bytes], name, { type }))
      }
      return data
    },
    files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') })),
  )
  const target = page.locator('main')
  for (const event of ['dragenter', 'dragover', 'drop'])
    await target.dispatchEvent(event, { dataTransfer: transfer })
}
