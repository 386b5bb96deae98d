/**
 * Does work on many things at once, never more than `most`, and hands the results on in order: what is ahead waits, and
 * nothing is begun that far ahead.
 */
export async function* inOrder<In, Out>(
  things: readonly In[],
  most: number,
  work: (thing: In, index: number) => Promise<Out>,
): AsyncGenerator<Out, void> {
  const under: Promise<Out>[] = []
  const begin = (index: number): void => {
    const promise = work(things[index] as In, index)
    // It is awaited below; until then a failure is nobody's.
    promise.catch(() => undefined)
    under.push(promise)
  }
  for (let next = 0; next < Math.min(most, things.length); next++) begin(next)
  for (let next = under.length; under.length > 0; next++) {
    yield await (under.shift() as Promise<Out>)
    if (next < things.length) begin(next)
  }
}
