import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Of one request, what decides whether it is let in. */
export interface Asked {
  readonly method: string | undefined
  /** As it came, undecoded. */
  readonly url: string | undefined
  readonly headers: {
    readonly host?: string | undefined
    readonly origin?: string | undefined
    readonly cookie?: string | undefined
  }
  /** The port of ours that it came to. */
  readonly port: number
}

/** An answer in place of what was asked for. */
export interface Refusal {
  readonly status: number
  readonly sentence: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Who may talk to the server. It listens on this machine alone, but so may other people's programs and, through the
 * person's browser, any web page: a page elsewhere is kept out by Host (against DNS rebinding), Origin and a cookie that
 * browsers never send for another site; another program by the token, which only the person's terminal shows.
 *
 * Cookies know no ports: another server on this machine that the person's browser visits is sent this one too.
 */
export class Access {
  readonly #token: string

  /** @param token 256 random bits, unless a test brings its own */
  constructor(token: string = randomBytes(32).toString('base64url')) {
    this.#token = token
  }

  /** The address that lets a browser in. */
  address(port: number): string {
    return `http://127.0.0.1:${port}/?token=${this.#token}`
  }

  /** @returns why the request is not let in, or where it is sent with its cookie; undefined lets it in */
  refuse(asked: Asked): Refusal | undefined {
    if (asked.method !== 'GET' && asked.method !== 'HEAD') {
      return refusal(405, 'Twinlens only answers GET and HEAD.', { Allow: 'GET, HEAD' })
    }
    const foreign = this.#refuseForeign(asked)
    if (foreign !== undefined) return foreign
    const [path, query] = split(asked.url)
    const token = path === '/' ? new URLSearchParams(query).get('token') : null
    if (token === null) return this.#refuseStranger(asked)
    if (!same(token, this.#token)) {
      return refusal(
        403,
        'This address is of another Twinlens, or of one that was closed. Open the address that it printed last.',
      )
    }
    // The token does not stay in the address, where a screenshot, a bookmark or the history would keep it.
    const cookie = `${cookieName(asked.port)}=${this.#token}; Path=/; HttpOnly; SameSite=Strict`
    return refusal(303, 'Twinlens is at /.', { Location: '/', 'Set-Cookie': cookie })
  }

  /** The same for a WebSocket, which only /socket has. Browsers always name the origin of one. */
  refuseSocket(asked: Asked): Refusal | undefined {
    if (asked.method !== 'GET') return refusal(405, 'A WebSocket begins with GET.', { Allow: 'GET' })
    if (asked.headers.origin === undefined)
      return refusal(403, 'Twinlens lets in no WebSocket without an origin.')
    const refused = this.#refuseForeign(asked) ?? this.#refuseStranger(asked)
    if (refused !== undefined) return refused
    return split(asked.url)[0] === '/socket' ? undefined : refusal(404, 'There is no such WebSocket.')
  }

  #refuseForeign({ headers: { host, origin }, port }: Asked): Refusal | undefined {
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
    if (port === 80) hosts.push('127.0.0.1', 'localhost') // browsers leave this port out
    const name = host?.toLowerCase()
    if (name === undefined || !hosts.includes(name)) {
      return refusal(403, 'Twinlens only answers to 127.0.0.1 and localhost.')
    }
    if (origin !== undefined && origin !== `http://${name}`) {
      return refusal(403, 'Twinlens does not answer to other pages.')
    }
    return undefined
  }

  #refuseStranger({ headers: { cookie }, port }: Asked): Refusal | undefined {
    const name = `${cookieName(port)}=`
    const known = (cookie ?? '').split(';').some(part => {
      const trimmed = part.trim()
      return trimmed.startsWith(name) && same(trimmed.slice(name.length), this.#token)
    })
    return known
      ? undefined
      : refusal(
          403,
          'Twinlens does not know this browser yet. Open the whole address that it printed when it started.',
        )
  }
}

/** Of its own for each port, so that two hosts on one machine do not replace each other's. */
const cookieName = (port: number): string => `twinlens-${port}`

/** Whether two secrets are the same, in a time that does not tell where they differ. */
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function split(url = ''): [path: string, query: string] {
  const mark = url.indexOf('?')
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}

const refusal = (status: number, sentence: string, headers: Record<string, string> = {}): Refusal => ({
  status,
  sentence,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
})
