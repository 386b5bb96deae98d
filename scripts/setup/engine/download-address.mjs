import { SetupError } from '../failure.mjs'
import { log } from '../log.mjs'

const patienceMs = 5_000
const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']

/**
 * A quick look whether an address answers, so that a machine without network loses seconds and not minutes.
 * @param {string} address
 * @param {string} passedOver how the sentence begins
 * @throws SetupError: it does not
 */
export async function requireAnswer(address, passedOver) {
  // fetch takes no proxy, the install script does: let it try.
  if (proxies.some(name => process.env[name])) return
  const { host } = new URL(address)
  const status = await statusOf(address)
  if (status === undefined) throw new SetupError(`${passedOver}: ${host}, where it lies, cannot be reached.`)
  const refusesOnlyTheQuestion = status === 405 || status === 501
  if (status >= 400 && !refusesOnlyTheQuestion) {
    throw new SetupError(`${passedOver}: ${host}, where it should lie, answers with status ${status}.`)
  }
}

/** @param {string} address */
async function statusOf(address) {
  try {
    const { status } = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(patienceMs) })
    return status
  } catch (error) {
    log(`${address}: ${error}`)
    return undefined
  }
}
