import { pageHeaders } from '../../page-headers.ts'

/** What every answer of the window's scheme says. The engine comes over a message port, which no policy governs. */
export const securityHeaders: Readonly<Record<string, string>> = pageHeaders()
