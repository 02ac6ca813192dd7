#version 450
#extension GL_GOOGLE_include_directive : require
#include "../storage.glsl"

// Tells a purified frame from a broken one (TileHealth): one workgroup a tile. Flags: 1 a value is not finite, 2 a tile is textured
// before, 4 a tile is not flat after.

layout(local_size_x = 64) in;
layout(constant_id = 0) const uint SIZE = 32;

layout(std430, binding = 0) readonly buffer Tiles { Cell tiles[]; };
layout(std430, binding = 1) readonly buffer Purified { Cell purified[]; };
layout(std430, binding = 2) buffer Flags { uint flags; };

const float FLAT = 1.0 / 512;
const float TEXTURED = 16.0 / 255;

shared vec3 lowBefore[64], highBefore[64], lowAfter[64], highAfter[64];
shared uint broken;

void main()
{
    uint thread = gl_LocalInvocationIndex;
    uint first = gl_WorkGroupID.x * SIZE * SIZE;
    if (thread == 0)
        broken = 0;
    barrier();

    vec3 low0 = vec3(1e9), high0 = vec3(-1e9), low1 = vec3(1e9), high1 = vec3(-1e9);
    bool finite = true;
    for (uint i = thread; i < SIZE * SIZE; i += 64)
    {
        vec3 before = widen(tiles[first + i]).rgb;
        vec3 after = widen(purified[first + i]).rgb;
        // By the bits: compilers may assume that there are no such values.
        uvec3 exponent = floatBitsToUint(after) & 0x7f800000u;
        finite = finite && all(notEqual(exponent, uvec3(0x7f800000u)));
        after = clamp(after, 0, 1);
        low0 = min(low0, before);
        high0 = max(high0, before);
        low1 = min(low1, after);
        high1 = max(high1, after);
    }

    lowBefore[thread] = low0;
    highBefore[thread] = high0;
    lowAfter[thread] = low1;
    highAfter[thread] = high1;
    if (!finite)
        atomicOr(broken, 1);
    barrier();

    if (thread != 0)
        return;
    for (uint i = 1; i < 64; i++)
    {
        low0 = min(low0, lowBefore[i]);
        high0 = max(high0, highBefore[i]);
        low1 = min(low1, lowAfter[i]);
        high1 = max(high1, highAfter[i]);
    }
    uint found = broken;
    if (any(greaterThan(high0 - low0, vec3(TEXTURED))))
        found |= 2;
    if (any(greaterThan(high1 - low1, vec3(FLAT))))
        found |= 4;
    if (found != 0)
        atomicOr(flags, found);
}
