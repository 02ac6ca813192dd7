#version 450
#extension GL_GOOGLE_include_directive : require
#include "../storage.glsl"

// Cuts the frame into overlapping tiles: [H, W] pixels -> [tiles, SIZE, SIZE] cells (R, G, B, 0) in [0, 1]. Beyond its edge the frame
// is mirrored without repeating the edge pixel, again and again where it is smaller than a tile (TileGrid.Reflect).

layout(local_size_x = 64) in;
layout(constant_id = 0) const uint SIZE = 32;

layout(push_constant) uniform Call
{
    uint width;
    uint height;
    uint columns;
    uint stride;
} call;

layout(std430, binding = 0) readonly buffer Pixels { uint pixels[]; };
layout(std430, binding = 1) writeonly buffer Tiles { Cell tiles[]; };

uint reflected(uint at, uint length)
{
    if (length == 1)
        return 0;
    uint period = 2 * (length - 1);
    uint phase = at % period;
    return phase < length ? phase : period - phase;
}

void main()
{
    uint tile = gl_WorkGroupID.y;
    uint at = gl_GlobalInvocationID.x;      // within the tile
    uint y = reflected(tile / call.columns * call.stride + at / SIZE, call.height);
    uint x = reflected(tile % call.columns * call.stride + at % SIZE, call.width);
    uint pixel = pixels[y * call.width + x];
    vec3 levels = vec3(pixel & 255u, pixel >> 8 & 255u, pixel >> 16 & 255u);
    tiles[tile * SIZE * SIZE + at] = narrow(vec4(levels / 255, 0));
}
