#version 450
#extension GL_GOOGLE_include_directive : require
#include "../storage.glsl"

// Puts the purified tiles together: [tiles, SIZE, SIZE] cells -> RGB24. The weights of all tiles over a pixel sum to one (TileGrid).
// A thread makes four pixels, which are three whole words.

layout(local_size_x = 64) in;
layout(constant_id = 0) const uint SIZE = 32;

layout(push_constant) uniform Call
{
    uint width;
    uint height;
    uint columns;
    uint rows;
    uint stride;
} call;

layout(std430, binding = 0) readonly buffer Tiles { Cell tiles[]; };
layout(std430, binding = 1) readonly buffer Weights { float weights[]; };   // [columns, SIZE] horizontal, then [rows, SIZE] vertical
layout(std430, binding = 2) writeonly buffer Frame { uint words[]; };

uvec3 blended(uint pixel)
{
    uint y = min(pixel / call.width, call.height - 1);      // beyond the last pixel nobody reads
    uint x = pixel % call.width;
    uint firstRow = y < SIZE ? 0 : (y - SIZE) / call.stride + 1;
    uint lastRow = min(y / call.stride, call.rows - 1);
    uint firstColumn = x < SIZE ? 0 : (x - SIZE) / call.stride + 1;
    uint lastColumn = min(x / call.stride, call.columns - 1);
    vec3 sum = vec3(0);
    for (uint row = firstRow; row <= lastRow; row++)
    {
        uint dy = y - row * call.stride;
        float vertical = weights[(call.columns + row) * SIZE + dy];
        for (uint column = firstColumn; column <= lastColumn; column++)
        {
            uint dx = x - column * call.stride;
            vec4 value = widen(tiles[((row * call.columns + column) * SIZE + dy) * SIZE + dx]);
            sum += clamp(value.rgb, 0, 1) * (weights[column * SIZE + dx] * vertical);
        }
    }
    return uvec3(clamp(sum * 255 + 0.5, 0, 255));
}

void main()
{
    uint at = gl_WorkGroupID.y * 65535 * 64 + gl_GlobalInvocationID.x;
    if (4 * at >= call.width * call.height)
        return;
    uvec3 a = blended(4 * at);
    uvec3 b = blended(4 * at + 1);
    uvec3 c = blended(4 * at + 2);
    uvec3 d = blended(4 * at + 3);
    words[3 * at] = a.x | a.y << 8 | a.z << 16 | b.x << 24;
    words[3 * at + 1] = b.y | b.z << 8 | c.x << 16 | c.y << 24;
    words[3 * at + 2] = c.z | d.x << 8 | d.y << 16 | d.z << 24;
}
