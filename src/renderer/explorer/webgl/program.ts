/** A compiled pair of shaders and where their uniforms are. */
export interface Program {
  readonly program: WebGLProgram
  uniform(name: string): WebGLUniformLocation | null
}

/** @throws Error with the compiler's words; not where the context is lost, in which case nothing is drawn anyway */
export function compile(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const program = gl.createProgram()
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind)
    if (shader === null) break
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
    if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) || gl.isContextLost()) continue
    throw new Error(`A shader does not compile: ${gl.getShaderInfoLog(shader)}`)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`The shaders do not fit together: ${gl.getProgramInfoLog(program)}`)
  const known = new Map<string, WebGLUniformLocation | null>()
  return {
    program,
    uniform: name => {
      if (!known.has(name)) known.set(name, gl.getUniformLocation(program, name))
      return known.get(name) ?? null
    },
  }
}
