import { config } from 'zod'

/**
 * Zod compiles its checks with `new Function` where it may, and finds out by trying. The Content Security Policy forbids it
 * and would report the attempt. Imported first, for the setting must come before the first check.
 */
config({ jitless: true })
