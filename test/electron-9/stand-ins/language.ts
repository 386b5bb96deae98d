/** What the engines of Electron 9 lack of today's language, beyond its syntax. */
import 'core-js/stable/index.js'

Promise.withResolvers ??= <T>() => {
  let resolve: PromiseWithResolvers<T>['resolve'] = () => {}
  let reject: PromiseWithResolvers<T>['reject'] = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
if (!('canParse' in URL)) {
  Object.assign(URL, {
    canParse: (text: string) => {
      try {
        return new URL(text) instanceof URL
      } catch {
        return false
      }
    },
  })
}
