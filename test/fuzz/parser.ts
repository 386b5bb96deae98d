/** A parser of the program, with real files of its format. */
export interface FuzzedParser {
  readonly name: string
  /** Real files, as the program or another tool writes them. */
  readonly seeds: readonly Uint8Array[]
  /**
   * Reads the bytes the way the program does. It may throw a TwinlensError and nothing else.
   * @param folder of its own, kept from case to case
   */
  parse(bytes: Uint8Array, folder: string): Promise<void>
}
