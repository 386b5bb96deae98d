import { pageHeaders } from '../page-headers.ts'

/**
 * What every answer says, a refusal too.
 * @param port that the server listens on. `'self'` covers a WebSocket to it by CSP level 3, but not in every browser.
 */
export const securityHeaders = (port: number): Readonly<Record<string, string>> => ({
  ...pageHeaders(`'self' ws://127.0.0.1:${port} ws://localhost:${port}`),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
})
