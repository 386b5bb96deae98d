/** Stands in for node:crypto: what the fakes take from the engine is arithmetic, and never comes to this. */
export function createHash(): never {
  throw new Error('A page over a fake engine has no Node.')
}
