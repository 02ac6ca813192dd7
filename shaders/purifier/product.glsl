// What every kernel of a layer with weights shares: what the layer looks like, where a row of its input is found, and what becomes of a sum
// before it is written. Stands behind storage.glsl and the constants 0 to 5, which are the kernel's own.

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
