const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, letter => escapes[letter] as string)

/** A hundredth of a CSS px is finer than any printer. */
export const short = (value: number): string => String(Math.round(value * 100) / 100)
