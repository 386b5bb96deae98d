/**
 * A point is a square of the graphics card (gl.POINTS) with its marker's coverage in a texture. Where it lies, its class's
 * colour, and whether it is drawn at all are decided here, so that panning, zooming, turning and hiding upload no points.
 */
export const vertexShader = `#version 300 es
layout(location = 0) in float horizontal;
layout(location = 1) in float vertical;
layout(location = 2) in float depth;
layout(location = 3) in uint label;
layout(location = 4) in uint entry;
layout(location = 5) in uint selected;
layout(location = 6) in uint only;

// Plane coordinates of (horizontal, vertical, depth, 1).
uniform vec4 right;
uniform vec4 up;
// How far off: -1 to 1; nothing where nothing is turned.
uniform vec4 away;
uniform bool turned;
uniform bool strip;
// The middle of the canvas in the data, in two parts: their sum has twice a float's digits, which deep zooms need.
uniform vec2 middle;
uniform vec2 middleRest;
// Clip space per unit of data.
uniform vec2 scale;
uniform float size;
// 0 all, 1 those that are selected, 2 the others.
uniform int points;
// 0: discs alone, 1: a shape a class, 2: a shape an entry.
uniform int shapes;
uniform vec4 context;
// Colours by class, opaque where the class is shown; then those of the entries.
uniform sampler2D classes;
uniform sampler2D entries;

flat out vec4 colour;
flat out float shape;
flat out float strength;

ivec2 placeOf(uint index) { return ivec2(int(index & 255u), int(index >> 8)); }

void main() {
  vec4 features = vec4(horizontal, vertical, depth, 1.0);
  vec2 at = vec2(dot(right, features), dot(up, features));
  // The hash of scene.ts, which spreads a strip's points over their row.
  if (strip) at.y = (float(uint(gl_VertexID) * 2654435761u) / 4294967296.0 - 0.5) * 0.7 - float(label);
  vec4 kind = texelFetch(classes, placeOf(label), 0);
  bool drawn = only == 1u && kind.a > 0.0 && (points == 0 || (points == 1) == (selected == 1u));
  colour = points == 2 ? context : texelFetch(entries, placeOf(entry), 0);
  shape = shapes == 0 ? 0.0 : float((shapes == 2 ? entry : label) % 10u);
  // sizeAt and opacityAt of scene.ts.
  float far = turned ? clamp(dot(away, features) * 0.5 + 0.5, 0.0, 1.0) : 0.0;
  gl_PointSize = turned ? size * (1.2 - 0.5 * far) : size;
  strength = 1.0 - 0.55 * far;
  // Beyond the edge: not drawn.
  gl_Position = drawn ? vec4((at - middle - middleRest) * scale, 0.0, 1.0) : vec4(9.0, 9.0, 9.0, 1.0);
}
`

export const fragmentShader = `#version 300 es
precision mediump float;
precision mediump sampler2DArray;
flat in vec4 colour;
flat in float shape;
flat in float strength;
uniform vec3 surface;
uniform float opacity;
// Red: the marker's coverage; green: that of the same a rim larger.
uniform sampler2DArray markers;
out vec4 drawn;

void main() {
  vec2 coverage = texture(markers, vec3(gl_PointCoord, shape)).rg;
  float whole = coverage.r + coverage.g * (1.0 - coverage.r);
  vec3 mixed = colour.rgb * coverage.r + surface * (whole - coverage.r);
  drawn = vec4(mixed, whole) * (opacity * strength);
}
`
