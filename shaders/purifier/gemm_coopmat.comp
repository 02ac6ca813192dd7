#version 450
#pragma use_vulkan_memory_model
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#extension GL_EXT_shader_explicit_arithmetic_types_float16 : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_memory_scope_semantics : require
#extension GL_KHR_cooperative_matrix : require
#include "../storage.glsl"

// gemm.comp for devices with matrix units, float16 alone: products of halves, sums in float32. A workgroup brings its inputs into shared
// memory as halves, whatever their lookup; then each subgroup multiplies ROWS x COLUMNS fragments of the shape that the device offers.
// VK_KHR_cooperative_matrix; which thread holds which number of a fragment is the device's own, so that sums go through shared memory too
// before they are written.

layout(local_size_x_id = 0) in;                     // SUBGROUPS times the device's subgroup size
layout(constant_id = 1) const uint FM = 16;         // a fragment: FM x FK times FK x FN numbers; multiples of 8
layout(constant_id = 2) const uint FN = 16;
layout(constant_id = 3) const uint FK = 16;
layout(constant_id = 4) const uint ROWS = 2;        // fragments of a subgroup along M
layout(constant_id = 5) const uint COLUMNS = 4;     // and along N, for all subgroups the same ones
#include "product.glsl"

const uint SUBGROUPS = 4;
const uint DEPTH = 32;                              // numbers along K that are in shared memory at a time
const uint BM = SUBGROUPS * ROWS * FM;              // numbers of a workgroup
const uint BN = COLUMNS * FN;
const uint PADDING = 1;                             // so that neighbouring rows begin in other banks
const uint LINE_A = DEPTH / 8 + PADDING;            // words of eight halves; fragments must begin at multiples of 16 bytes
const uint LINE_W = BN / 8 + PADDING;

shared uvec4 sharedA[BM * LINE_A];                  // [row, k]
shared uvec4 sharedW[DEPTH * LINE_W];               // [k, column]
shared vec4 sharedSums[SUBGROUPS * FM * FN / 4];    // a fragment of each subgroup

uvec4 eightOfA(uint row, uint k) { return uvec4(narrow(loadA(row, k)), narrow(loadA(row, k + 1))); }

uvec2 fourOfW(uint line, uint cell) { return line < 4 * K && cell < N ? w[line * N + cell] : uvec2(0); }

void main()
{
    uint thread = gl_LocalInvocationIndex;
    uint threads = gl_WorkGroupSize.x;
    uint firstRow = gl_WorkGroupID.x * BM;
    uint firstCell = gl_WorkGroupID.y * BN / 4;
    uint ownRow = gl_SubgroupID * ROWS * FM;

    coopmat<float, gl_ScopeSubgroup, FM, FN, gl_MatrixUseAccumulator> sums[ROWS * COLUMNS];
    [[unroll]] for (uint i = 0; i < ROWS * COLUMNS; i++)
        sums[i] = coopmat<float, gl_ScopeSubgroup, FM, FN, gl_MatrixUseAccumulator>(0);

    for (uint k = 0; k < K; k += DEPTH / 4)
    {
        for (uint i = thread; i < BM * DEPTH / 8; i += threads)
        {
            uint row = i / (DEPTH / 8);
            uint eight = i % (DEPTH / 8);
            sharedA[row * LINE_A + eight] = eightOfA(firstRow + row, k + 2 * eight);
        }

        for (uint i = thread; i < DEPTH * BN / 8; i += threads)
        {
            uint line = i / (BN / 8);
            uint eight = i % (BN / 8);
            uint cell = firstCell + 2 * eight;
            sharedW[line * LINE_W + eight] = uvec4(fourOfW(4 * k + line, cell), fourOfW(4 * k + line, cell + 1));
        }

        barrier();
        for (uint step = 0; step < DEPTH; step += FK)
        {
            coopmat<float16_t, gl_ScopeSubgroup, FM, FK, gl_MatrixUseA> rows[ROWS];
            [[unroll]] for (uint r = 0; r < ROWS; r++)
                coopMatLoad(rows[r], sharedA, (ownRow + r * FM) * LINE_A + step / 8, LINE_A, gl_CooperativeMatrixLayoutRowMajor);
            [[unroll]] for (uint c = 0; c < COLUMNS; c++)
            {
                coopmat<float16_t, gl_ScopeSubgroup, FK, FN, gl_MatrixUseB> columns;
                coopMatLoad(columns, sharedW, step * LINE_W + c * FN / 8, LINE_W, gl_CooperativeMatrixLayoutRowMajor);
                [[unroll]] for (uint r = 0; r < ROWS; r++)
                    sums[c * ROWS + r] = coopMatMulAdd(rows[r], columns, sums[c * ROWS + r]);
            }
        }

        barrier();
    }

    uint ownSums = gl_SubgroupID * FM * FN / 4;
    [[unroll]] for (uint c = 0; c < COLUMNS; c++)
    {
        [[unroll]] for (uint r = 0; r < ROWS; r++)
        {
            coopMatStore(sums[c * ROWS + r], sharedSums, ownSums, FN / 4, gl_CooperativeMatrixLayoutRowMajor);
            subgroupBarrier();
            for (uint i = gl_SubgroupInvocationID; i < FM * FN / 4; i += gl_SubgroupSize)
            {
                uint row = firstRow + ownRow + r * FM + i / (FN / 4);
                uint cell = firstCell + c * FN / 4 + i % (FN / 4);
                if (row < call.rows && cell < N)
                    store(row, cell, sharedSums[ownSums + i]);
            }

            subgroupBarrier();
        }
    }
}
