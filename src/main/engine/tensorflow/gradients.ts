/**
 * Registers the gradient of every op. In Node they come with no smaller package: tfjs-core's own bundle leaves them
 * out, and its separate module cannot be imported (its imports name no file endings).
 * This also registers the plain JavaScript backend.
 */
import '@tensorflow/tfjs'
