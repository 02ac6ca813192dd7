// How activations and weights lie in memory: cells of four numbers, as float32 or, with HALF_STORAGE, as float16.
// Arithmetic is float32 in both. Packing by hand needs no 16-bit feature of the device.

#ifdef HALF_STORAGE
#define Cell uvec2
vec4 widen(uvec2 cell) { return vec4(unpackHalf2x16(cell.x), unpackHalf2x16(cell.y)); }
uvec2 narrow(vec4 value) { return uvec2(packHalf2x16(value.xy), packHalf2x16(value.zw)); }
#else
#define Cell vec4
vec4 widen(vec4 cell) { return cell; }
vec4 narrow(vec4 value) { return value; }
#endif
