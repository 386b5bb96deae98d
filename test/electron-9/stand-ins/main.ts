import './node-12.ts'
import '../../../src/main/index.ts'
