/**
 * Memory that several share: whoever wants some waits until it is free, in turn. What alone is more than all of it gets
 * it when nobody else has any.
 */
export class Room {
  readonly #all: number
  readonly #waiting: { readonly bytes: number; readonly enter: () => void }[] = []
  #taken = 0

  constructor(bytes: number) {
    this.#all = bytes
  }

  async within<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    await this.#enter(bytes)
    try {
      return await work()
    } finally {
      this.#taken -= bytes
      this.#admit()
    }
  }

  #enter(bytes: number): Promise<void> {
    return new Promise(enter => {
      this.#waiting.push({ bytes, enter })
      this.#admit()
    })
  }

  #admit(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (this.#taken > 0 && this.#taken + first.bytes > this.#all) return
      this.#waiting.shift()
      this.#taken += first.bytes
      first.enter()
    }
  }
}
