import { join } from 'node:path'

/** The bundled digits as set-up prepared them: four gzipped IDX files that peers read too. */
export const digitsFolder = process.env['TWINLENS_DIGITS'] ?? join(import.meta.dirname, '../resources/digits')
