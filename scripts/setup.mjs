// Makes a clone ready to run: packages, Node 24, the bundled digits, the builds, Electron, the TensorFlow engine.
// Runs before `npm start` and `npm test`, so it may use nothing but Node's own modules, and Node 20 must do.
import { join } from 'node:path'
import { readArguments } from './setup/arguments.mjs'
import { buildsAreCurrent, makeBuilds } from './setup/builds.mjs'
import { digitsAreCurrent, prepareDigits } from './setup/digits.mjs'
import { electronIsCurrent, installElectron } from './setup/electron.mjs'
import { installEngine } from './setup/engine/ladder.mjs'
import { engineIsCurrent } from './setup/engine/record.mjs'
import { explain } from './setup/failure.mjs'
import { withLock } from './setup/lock.mjs'
import { installNode, nodeIsCurrent } from './setup/node24.mjs'
import { installPackages, packagesAreCurrent } from './setup/packages.mjs'
import { root } from './setup/paths.mjs'
import { stopOnSignals } from './setup/signals.mjs'

try {
  const { engine } = readArguments(process.argv.slice(2))
  if (!everythingIsCurrent(engine)) {
    stopOnSignals()
    await withLock(join(root, 'build', 'setup.lock'), async lock => {
      await installPackages(lock)
      await installNode(lock)
      await prepareDigits()
      await makeBuilds()
      await installElectron()
      await installEngine(engine)
    })
  }
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}

/**
 * What every start but the first pays for: a few stats, no hash of anything large, no network.
 * @param {import('./setup/arguments.mjs').Rung | undefined} engine
 */
function everythingIsCurrent(engine) {
  return (
    packagesAreCurrent() &&
    nodeIsCurrent() &&
    digitsAreCurrent() &&
    buildsAreCurrent() &&
    electronIsCurrent() &&
    engineIsCurrent(engine)
  )
}
