#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "../storage.glsl"

// Self-attention of one tile and head for 64 queries, one thread each. Keys and values pass through shared memory 64 at a time, and the
// softmax is carried along (its maximum and sum are corrected as better ones are found), so that no score is ever written to memory:
// 64 tokens (patch 4) and 256 (patch 2) run the same way. Online softmax after Milakov and Gimelshein, arXiv 1805.02867.

layout(local_size_x = 64) in;
layout(constant_id = 0) const uint TOKENS = 64;     // of a tile
layout(constant_id = 1) const uint HEADS = 3;
layout(constant_id = 2) const uint DEPTH = 8;       // cells of a head
const uint BLOCK = 64;
const uint GROUP = 16;                              // scores that are exponentiated together
const uint WIDTH = HEADS * DEPTH;

layout(std430, binding = 0) readonly buffer Qkv { Cell qkv[]; };        // [tiles * TOKENS, 3 * WIDTH]
layout(std430, binding = 1) writeonly buffer Out { Cell mixed[]; };     // [tiles * TOKENS, WIDTH]

shared vec4 keys[BLOCK * DEPTH];
shared vec4 values[BLOCK * DEPTH];

void main()
{
    uint tile = gl_WorkGroupID.x;
    uint head = gl_WorkGroupID.y;
    uint query = gl_WorkGroupID.z * BLOCK + gl_LocalInvocationIndex;
    bool inside = query < TOKENS;
    uint row = (tile * TOKENS + min(query, TOKENS - 1)) * 3 * WIDTH + head * DEPTH;

    vec4 q[DEPTH];
    vec4 sums[DEPTH];
    [[unroll]] for (uint d = 0; d < DEPTH; d++)
    {
        q[d] = widen(qkv[row + d]) * inversesqrt(4.0 * DEPTH);
        sums[d] = vec4(0);
    }

    float largest = -3.0e38;
    float total = 0;
    for (uint first = 0; first < TOKENS; first += BLOCK)
    {
        uint count = min(BLOCK, TOKENS - first);
        for (uint i = gl_LocalInvocationIndex; i < count * DEPTH; i += BLOCK)
        {
            uint source = (tile * TOKENS + first + i / DEPTH) * 3 * WIDTH + head * DEPTH + i % DEPTH;
            keys[i] = widen(qkv[source + WIDTH]);
            values[i] = widen(qkv[source + 2 * WIDTH]);
        }

        barrier();
        for (uint j = 0; j < count; j += GROUP)
        {
            float scores[GROUP];
            float best = largest;
            [[unroll]] for (uint g = 0; g < GROUP; g++)
            {
                vec4 product = vec4(0);
                [[unroll]] for (uint d = 0; d < DEPTH; d++)
                    product += q[d] * keys[min(j + g, count - 1) * DEPTH + d];
                scores[g] = j + g < count ? dot(product, vec4(1)) : -3.0e38;
                best = max(best, scores[g]);
            }

            float correction = exp(largest - best);
            largest = best;
            total *= correction;
            [[unroll]] for (uint d = 0; d < DEPTH; d++)
                sums[d] *= correction;
            [[unroll]] for (uint g = 0; g < GROUP; g++)
            {
                float weight = exp(scores[g] - best);
                total += weight;
                [[unroll]] for (uint d = 0; d < DEPTH; d++)
                    sums[d] += weight * values[min(j + g, count - 1) * DEPTH + d];
            }
        }

        barrier();
    }

    if (inside)
    {
        uint target = (tile * TOKENS + query) * WIDTH + head * DEPTH;
        [[unroll]] for (uint d = 0; d < DEPTH; d++)
            mixed[target + d] = narrow(sums[d] / total);
    }
}
