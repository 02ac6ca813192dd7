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
layout(constant_id = 6) const uint K = 24;      // cells
layout(constant_id = 7) const uint N = 24;      // cells
layout(constant_id = 8) const uint A_FROM = 0;  // 0 rows, 1 the 3x3 neighbourhood of a pixel, 2 the pixels of a patch
layout(constant_id = 9) const uint A_STRIDE = 24;    // cells from row to row, or from pixel to pixel
layout(constant_id = 10) const uint A_PREPARE = 0;   // 0 as it is, 1 2a - 1 (a picture), 2 (a - mean) / deviation of its row (layer norm)
layout(constant_id = 11) const uint OUT_TO = 0;      // 0 rows, 1 the pixels of a patch
layout(constant_id = 12) const uint OUT_STRIDE = 24;
layout(constant_id = 13) const uint OUT_OFFSET = 0;  // first cell within a row or pixel
layout(constant_id = 14) const uint ACTIVATION = 0;  // 0 none, 1 ReLU, 2 GELU
layout(constant_id = 15) const uint ADD = 0;         // 0 nothing, 1 the same place of 'added', 2 the row of the same token (positions)
layout(constant_id = 16) const uint ADD_STRIDE = 24;
layout(constant_id = 17) const uint SIZE = 32;       // edge of a tile in pixels
layout(constant_id = 18) const uint PATCH = 4;       // edge of a patch in pixels
layout(constant_id = 19) const uint PIXEL_CELLS = 8; // cells of a pixel along K (A_FROM 1 and 2) or along N (OUT_TO 1)

layout(push_constant) uniform Call
{
    uint rows;          // M
    uint firstTile;     // of a buffer that holds all tiles of the frame, see frameBuffers
    uint frameBuffers;  // bit 0: a, bit 1: added, bit 2: out is such a buffer
} call;

layout(std430, binding = 0) readonly buffer A { Cell a[]; };
layout(std430, binding = 1) readonly buffer W { Cell w[]; };            // [4 K, N]: one cell holds four neighbouring columns
layout(std430, binding = 2) readonly buffer Bias { vec4 bias[]; };      // [N]
layout(std430, binding = 3) readonly buffer Added { Cell added[]; };
layout(std430, binding = 4) readonly buffer Statistics { vec2 statistics[]; };  // mean and 1 / deviation of each row
layout(std430, binding = 5) buffer Out { Cell result[]; };

const uint EDGE = SIZE / PATCH;
const uint TOKENS = EDGE * EDGE;
const uint PIXELS = SIZE * SIZE;
const uint THREADS_N = BN / CELLS;
const uint THREADS = (BM / ROWS) * THREADS_N;

shared float sharedA[BK * 4 * BM];      // [k, row]
shared vec4 sharedW[BK * 4 * BN];       // [k, cell]

// The pixel that is (py, px) within the patch of a token, counted over all tiles.
uint patchPixel(uint token, uint py, uint px)
{
    uint tile = token / TOKENS;
    uint at = token % TOKENS;
    return (tile * SIZE + (at / EDGE) * PATCH + py) * SIZE + (at % EDGE) * PATCH + px;
}

// The first pixel of this call in a buffer that holds the pixels of all tiles of the frame.
uint frameStart(uint bit) { return (call.frameBuffers & bit) != 0 ? call.firstTile * PIXELS : 0; }

vec4 prepare(vec4 value, uint row)
{
    if (A_PREPARE == 1)
        return 2 * value - 1;
    if (A_PREPARE == 2)
    {
        vec2 s = statistics[row];
        return (value - s.x) * s.y;
    }
    return value;
}

vec4 loadA(uint row, uint k)
{
    if (row >= call.rows || k >= K)
        return vec4(0);
    if (A_FROM == 0)
        return prepare(widen(a[row * A_STRIDE + k]), row);
    uint at = k / PIXEL_CELLS;
    uint cell = k % PIXEL_CELLS;
    if (A_FROM == 2)
    {
        uint pixel = patchPixel(row, at / PATCH, at % PATCH);
        return prepare(widen(a[(frameStart(1) + pixel) * A_STRIDE + cell]), row);
    }
    uint tile = row / PIXELS;
    int y = int((row / SIZE) % SIZE) + int(at / 3) - 1;
    int x = int(row % SIZE) + int(at % 3) - 1;
    if (uint(y) >= SIZE || uint(x) >= SIZE)
        return vec4(0);     // the convolution's zero padding, after the picture was prepared
    uint pixel = (tile * SIZE + uint(y)) * SIZE + uint(x);
    return prepare(widen(a[(frameStart(1) + pixel) * A_STRIDE + cell]), row);
}

// Abramowitz and Stegun 7.1.26: within 1.5e-7 of erf, far below what float32 sums lose.
vec4 erf(vec4 x)
{
    vec4 t = 1 / (1 + 0.3275911 * abs(x));
    vec4 series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
    return sign(x) * (1 - series * exp(-x * x));
}

// By the bits, -0 to -infinity: max() makes 0 of NaN, and so a wrong picture that looks right of a broken one that health.comp finds.
vec4 relu(vec4 x) { return mix(x, vec4(0), lessThanEqual(floatBitsToUint(x) - 0x80000000u, uvec4(0x7f800000u))); }

vec4 activate(vec4 x)
{
    if (ACTIVATION == 1)
        return relu(x);
    if (ACTIVATION == 2)
        return 0.5 * x * (1 + erf(x * 0.70710678118));
    return x;
}

void store(uint row, uint cell, vec4 sum)
{
    uint place = OUT_TO == 0 ? row : patchPixel(row, cell / PIXEL_CELLS / PATCH, cell / PIXEL_CELLS % PATCH);
    uint within = OUT_TO == 0 ? cell : cell % PIXEL_CELLS;
    vec4 value = activate(sum + bias[cell]);
    if (ADD == 1)
        value += widen(added[(frameStart(2) + place) * ADD_STRIDE + within]);
    if (ADD == 2)
        value += widen(added[row % TOKENS * ADD_STRIDE + cell]);
    result[(frameStart(4) + place) * OUT_STRIDE + OUT_OFFSET + within] = narrow(value);
}

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
