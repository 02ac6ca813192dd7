#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "../storage.glsl"

// Every layer with weights: out[M, N] = epilogue(a[M, K] w[K, N] + bias). A 3x3 convolution and the patch embedding are matrix products
// whose rows are pixels or tokens and whose columns k are looked up in the picture while loading; nothing is unfolded in memory.
//
// A workgroup makes BM x BN of the output, a thread ROWS rows of CELLS cells. All widths (K, N, strides) are in cells of four numbers.

layout(local_size_x_id = 0) in;                 // (BM / ROWS) * (BN / CELLS)
layout(constant_id = 1) const uint BM = 64;     // rows of a workgroup
layout(constant_id = 2) const uint BN = 8;      // cells of a workgroup along N
layout(constant_id = 3) const uint BK = 4;      // cells along K that are in shared memory at a time
layout(constant_id = 4) const uint ROWS = 4;
layout(constant_id = 5) const uint CELLS = 1;
#include "product.glsl"

const uint THREADS_N = BN / CELLS;
const uint THREADS = (BM / ROWS) * THREADS_N;

shared float sharedA[BK * 4 * BM];      // [k, row]
shared vec4 sharedW[BK * 4 * BN];       // [k, cell]

void main()
{
    uint thread = gl_LocalInvocationIndex;
    uint firstRow = gl_WorkGroupID.x * BM;
    uint firstCell = gl_WorkGroupID.y * BN;
    uint threadRow = thread / THREADS_N * ROWS;
    uint threadCell = thread % THREADS_N;       // and every THREADS_N-th after it

    vec4 sums[ROWS * CELLS];
    [[unroll]] for (uint i = 0; i < ROWS * CELLS; i++)
        sums[i] = vec4(0);

    for (uint k = 0; k < K; k += BK)
    {
        for (uint i = thread; i < BM * BK; i += THREADS)
        {
            uint row = i / BK;
            uint cell = i % BK;
            vec4 value = loadA(firstRow + row, k + cell);
            sharedA[(cell * 4 + 0) * BM + row] = value.x;
            sharedA[(cell * 4 + 1) * BM + row] = value.y;
            sharedA[(cell * 4 + 2) * BM + row] = value.z;
            sharedA[(cell * 4 + 3) * BM + row] = value.w;
        }

        for (uint i = thread; i < 4 * BK * BN; i += THREADS)
        {
            uint line = 4 * k + i / BN;
            uint cell = firstCell + i % BN;
            sharedW[i] = line < 4 * K && cell < N ? widen(w[line * N + cell]) : vec4(0);
        }

        barrier();
        for (uint line = 0; line < 4 * BK; line++)
        {
            [[unroll]] for (uint c = 0; c < CELLS; c++)
            {
                vec4 weights = sharedW[line * BN + threadCell + c * THREADS_N];
                [[unroll]] for (uint r = 0; r < ROWS; r++)
                    sums[c * ROWS + r] += sharedA[line * BM + threadRow + r] * weights;
            }
        }

        barrier();
    }

    [[unroll]] for (uint c = 0; c < CELLS; c++)
    {
        uint cell = firstCell + threadCell + c * THREADS_N;
        [[unroll]] for (uint r = 0; r < ROWS; r++)
        {
            uint row = firstRow + threadRow + r;
            if (row < call.rows && cell < N)
                store(row, cell, sums[c * ROWS + r]);
        }
    }
}
