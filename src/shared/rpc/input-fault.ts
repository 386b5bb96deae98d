import { z } from 'zod'

/**
 * A sentence for a person about one fault of an input, where the schema has none of its own:
 * "“query.count” cannot be used: expected number, received string."
 */
export const describeFault: z.core.$ZodErrorMap = issue => {
  const where =
    issue.path === undefined || issue.path.length === 0 ? 'The input' : `“${issue.path.join('.')}”`
  const plain = z.config().localeError?.(issue)
  const fault = (typeof plain === 'string' ? plain : (plain?.message ?? 'it is not what was expected'))
    .replace(/^Invalid input: /, '')
    .replace(/\.$/, '')
  return `${where} cannot be used: ${fault.charAt(0).toLowerCase()}${fault.slice(1)}.`
}
