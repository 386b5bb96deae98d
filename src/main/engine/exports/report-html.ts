const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What a class or data set is called is text and nothing else. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, c => entities[c] as string)

export const section = (heading: string, content: string): string =>
  `<section><h2>${heading}</h2>${content}</section>`

/** Rows of a heading and what it has, both already HTML. */
export const table = (rows: readonly (readonly [string, string])[]): string =>
  `<table class="pairs">${rows.map(([head, cell]) => `<tr><th scope="row">${head}</th><td>${cell}</td></tr>`).join('')}</table>`

/** A wide table moves within its own width, by the keyboard too. */
export const wide = (label: string, content: string): string =>
  `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(label)}">${content}</div>`

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
