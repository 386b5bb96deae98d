/**
 * Rule 1 of the design: dependencies point one way, shared <- engine <- hosts and shared <- renderer.
 * Each rule names the layer, what it may not reach, and so fails with a sentence that says why.
 */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'A cycle cannot be read top to bottom (types, which are gone at run time, do not count).',
    ),
    forbid(
      'no-orphan-imports',
      {},
      { couldNotResolve: true },
      'An import that resolves to nothing fails at run time.',
    ),
    forbid(
      'shared-stands-alone',
      { path: '^src/shared' },
      {
        path: '^(src/main|src/renderer)|^node:|node_modules/(@tensorflow|electron|vue)',
        pathNot: '^src/shared',
      },
      'src/shared runs everywhere: no Node, no DOM, no Electron, no TensorFlow.',
    ),
    forbid(
      'shared-no-node',
      { path: '^src/shared' },
      { dependencyTypes: ['core'] },
      'src/shared runs in a window too: no Node modules.',
    ),
    forbid(
      'engine-knows-no-host',
      { path: '^src/main/engine' },
      { path: '^src/(main/host|main/index|renderer)' },
      'The engine knows no host; hosts know the engine.',
    ),
    forbid(
      'electron-only-in-its-host',
      { path: '^src', pathNot: '^src/main/(host/electron|index)' },
      { path: '(^|/)electron(-store|-log|-updater)?($|/)' },
      'Importing electron in plain Node starts a download and throws: only src/main/host/electron may.',
    ),
    forbid(
      'tensorflow-only-in-the-engine',
      { path: '^src', pathNot: '^src/main/engine' },
      { path: 'node_modules/@tensorflow' },
      'TensorFlow.js belongs to the engine.',
    ),
    forbid(
      'backends-load-in-one-folder',
      { path: '^src/main/engine', pathNot: '^src/main/engine/tensorflow' },
      { path: 'node_modules/@tensorflow/tfjs(/|-node|-backend)' },
      'Only src/main/engine/tensorflow loads a backend.',
    ),
    forbid(
      'renderer-is-a-page',
      { path: '^src/renderer' },
      { path: '^src/main' },
      'The window reaches the engine by the contract alone.',
    ),
    forbid(
      'renderer-no-node',
      { path: '^src/renderer' },
      { dependencyTypes: ['core'] },
      'The window has no Node.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.vue'],
    },
  },
}
