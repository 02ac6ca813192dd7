#version 450

// A purified frame, [H, W, 3] bytes as blend.comp leaves them, into the composer's pictures, one word a pixel. A thread takes three words,
// which are four pixels.

layout(local_size_x = 64) in;

layout(push_constant) uniform Call
{
    uint pixels;
    uint first;     // where the picture begins among the composer's
} call;

layout(std430, binding = 0) readonly buffer Packed { uint words[]; };
layout(std430, binding = 1) writeonly buffer Pictures { uint pictures[]; };

void main()
{
    uint at = gl_WorkGroupID.y * 65535 * 64 + gl_GlobalInvocationID.x;
    uint pixel = 4 * at;
    if (pixel >= call.pixels)
        return;
    uint a = words[3 * at];
    uint b = words[3 * at + 1];
    uint c = words[3 * at + 2];
    uvec4 rgb = uvec4(a & 0xFFFFFF, a >> 24 | (b & 0xFFFF) << 8, b >> 16 | (c & 0xFF) << 16, c >> 8);
    for (uint i = 0; i < 4 && pixel + i < call.pixels; i++)
        pictures[call.first + pixel + i] = rgb[i];
}
