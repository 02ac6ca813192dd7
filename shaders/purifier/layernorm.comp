#version 450
#extension GL_GOOGLE_include_directive : require
#include "../storage.glsl"

// Layer normalisation of token rows. Where a matrix product follows, only the statistics are written, 8 bytes a row: the product
// normalises while loading, and its weights have the norm's scale and shift folded in. Between encoder and decoder the normalised row is
// written, with the positions added.

layout(local_size_x = 64) in;
layout(constant_id = 0) const uint WIDTH = 24;      // cells of a row
layout(constant_id = 1) const uint WHOLE = 0;       // 0 statistics only, 1 the normalised row plus position
layout(constant_id = 2) const uint TOKENS = 64;
const uint LANES = 8;                               // threads that share a row
const uint ROWS = 64 / LANES;

layout(push_constant) uniform Call { uint rows; } call;

layout(std430, binding = 0) buffer X { Cell x[]; };                              // [rows, WIDTH]
layout(std430, binding = 1) writeonly buffer Statistics { vec2 statistics[]; };  // [rows] mean, 1 / deviation
layout(std430, binding = 2) readonly buffer Scale { vec4 scale[]; };             // [2, WIDTH] scale, shift
layout(std430, binding = 3) readonly buffer Positions { Cell positions[]; };     // [TOKENS, WIDTH]

shared float partial[64];

// The sum over the threads of a row. All threads of the group come here together.
float rowSum(float value)
{
    partial[gl_LocalInvocationIndex] = value;
    barrier();
    uint first = gl_LocalInvocationIndex / LANES * LANES;
    float sum = 0;
    for (uint i = 0; i < LANES; i++)
        sum += partial[first + i];
    barrier();
    return sum;
}

void main()
{
    uint lane = gl_LocalInvocationIndex % LANES;
    uint row = gl_WorkGroupID.x * ROWS + gl_LocalInvocationIndex / LANES;
    bool inside = row < call.rows;

    float sum = 0;
    for (uint i = lane; i < WIDTH && inside; i += LANES)
        sum += dot(widen(x[row * WIDTH + i]), vec4(1));
    float mean = rowSum(sum) / (4 * WIDTH);

    // A second look at the row instead of the sum of squares: the difference of two large numbers would lose what it is about.
    float squares = 0;
    for (uint i = lane; i < WIDTH && inside; i += LANES)
    {
        vec4 difference = widen(x[row * WIDTH + i]) - mean;
        squares += dot(difference, difference);
    }
    float inverse = inversesqrt(rowSum(squares) / (4 * WIDTH) + 1e-5);

    if (!inside)
        return;
    if (WHOLE == 0)
    {
        if (lane == 0)
            statistics[row] = vec2(mean, inverse);
        return;
    }
    for (uint i = lane; i < WIDTH; i += LANES)
    {
        vec4 value = (widen(x[row * WIDTH + i]) - mean) * inverse * scale[i] + scale[WIDTH + i];
        x[row * WIDTH + i] = narrow(value + widen(positions[row % TOKENS * WIDTH + i]));
    }
}
