// Stands in for node-gyp while TensorFlow's install script runs: set-up compiles the binding itself.
console.error('Set-up compiles the binding itself.')
process.exit(1)
