#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "../storage.glsl"

// Self-attention of one tile and head for THREADS * QUERIES queries. Keys and values pass through shared memory 64 at a time, and the
// softmax is carried along (its maximum and sum are corrected as better ones are found), so that no score is ever written to memory:
// 64 tokens (patch 4) and 256 (patch 2) run the same way. Online softmax after Milakov and Gimelshein, arXiv 1805.02867.

layout(local_size_x_id = 3) in;
layout(constant_id = 0) const uint TOKENS = 64;     // of a tile
layout(constant_id = 1) const uint HEADS = 3;
layout(constant_id = 2) const uint DEPTH = 8;       // cells of a head
layout(constant_id = 3) const uint THREADS = 64;
layout(constant_id = 4) const uint QUERIES = 1;     // of a thread, THREADS apart; each key is loaded once for all of them
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
    uint thread = gl_LocalInvocationIndex;
    uint firstQuery = gl_WorkGroupID.z * THREADS * QUERIES + thread;

    vec4 q[QUERIES * DEPTH];
    vec4 sums[QUERIES * DEPTH];
    float largest[QUERIES];
    float total[QUERIES];
    [[unroll]] for (uint i = 0; i < QUERIES; i++)
    {
        uint row = (tile * TOKENS + min(firstQuery + i * THREADS, TOKENS - 1)) * 3 * WIDTH + head * DEPTH;
        largest[i] = -3.0e38;
        total[i] = 0;
        [[unroll]] for (uint d = 0; d < DEPTH; d++)
        {
            q[i * DEPTH + d] = widen(qkv[row + d]) * inversesqrt(4.0 * DEPTH);
            sums[i * DEPTH + d] = vec4(0);
        }
    }

    for (uint first = 0; first < TOKENS; first += BLOCK)
    {
        uint count = min(BLOCK, TOKENS - first);
        for (uint i = thread; i < count * DEPTH; i += THREADS)
        {
            uint source = (tile * TOKENS + first + i / DEPTH) * 3 * WIDTH + head * DEPTH + i % DEPTH;
            keys[i] = widen(qkv[source + WIDTH]);
            values[i] = widen(qkv[source + 2 * WIDTH]);
        }

        barrier();
        for (uint j = 0; j < count; j += GROUP)
        {
            float scores[QUERIES * GROUP];
            [[unroll]] for (uint g = 0; g < GROUP; g++)
            {
                vec4 products[QUERIES];
                [[unroll]] for (uint i = 0; i < QUERIES; i++)
                    products[i] = vec4(0);
                [[unroll]] for (uint d = 0; d < DEPTH; d++)
                {
                    vec4 key = keys[min(j + g, count - 1) * DEPTH + d];
                    [[unroll]] for (uint i = 0; i < QUERIES; i++)
                        products[i] += q[i * DEPTH + d] * key;
                }
                [[unroll]] for (uint i = 0; i < QUERIES; i++)
                    scores[i * GROUP + g] = j + g < count ? dot(products[i], vec4(1)) : -3.0e38;
            }

            [[unroll]] for (uint i = 0; i < QUERIES; i++)
            {
                float best = largest[i];
                [[unroll]] for (uint g = 0; g < GROUP; g++)
                    best = max(best, scores[i * GROUP + g]);
                float correction = exp(largest[i] - best);
                largest[i] = best;
                total[i] *= correction;
                [[unroll]] for (uint d = 0; d < DEPTH; d++)
                    sums[i * DEPTH + d] *= correction;
                [[unroll]] for (uint g = 0; g < GROUP; g++)
                {
                    scores[i * GROUP + g] = exp(scores[i * GROUP + g] - best);
                    total[i] += scores[i * GROUP + g];
                }
            }

            [[unroll]] for (uint g = 0; g < GROUP; g++)
            {
                [[unroll]] for (uint d = 0; d < DEPTH; d++)
                {
                    vec4 value = values[min(j + g, count - 1) * DEPTH + d];
                    [[unroll]] for (uint i = 0; i < QUERIES; i++)
                        sums[i * DEPTH + d] += scores[i * GROUP + g] * value;
                }
            }
        }

        barrier();
    }

    [[unroll]] for (uint i = 0; i < QUERIES; i++)
    {
        uint query = firstQuery + i * THREADS;
        if (query < TOKENS)
        {
            uint target = (tile * TOKENS + query) * WIDTH + head * DEPTH;
            [[unroll]] for (uint d = 0; d < DEPTH; d++)
                mixed[target + d] = narrow(sums[i * DEPTH + d] / total[i]);
        }
    }
}
