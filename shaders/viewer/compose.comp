#version 450

// The window's picture: panes over a dark ground, the overlay over the panes. One thread a pixel.

layout(local_size_x = 8, local_size_y = 8) in;

struct Pane { int picture; int x; int y; int width; int height; };     // picture: 0 raw, 1 attacked, 2 purified, 3 difference, 4 wipe

layout(std430, binding = 0) readonly buffer Raw { uint raw[]; };             // [H, W, 3] bytes
layout(std430, binding = 1) readonly buffer Attacked { uint attacked[]; };
layout(std430, binding = 2) readonly buffer Purified { uint purified[]; };
layout(std430, binding = 3) readonly buffer Overlay { uint overlay[]; };     // [height, width] RGBA, premultiplied
layout(std430, binding = 4) readonly buffer View
{
    int width;          // of the window
    int height;
    int sourceWidth;
    int sourceHeight;
    int paneCount;
    int isBgra;
    float zoom;         // 1 fits the pane
    float centreX;      // of the view, 0..1 of the picture
    float centreY;
    float gain;         // of the difference
    float wipeAt;       // 0..1 of the pane
    float pad;
    Pane panes[];
} view;
layout(std430, binding = 5) writeonly buffer Out { uint result[]; };

const vec3 GROUND = vec3(0.055, 0.06, 0.07);
const vec3 FRAME = vec3(0.03, 0.033, 0.04);

uint word(int picture, uint at) { return picture == 0 ? raw[at] : picture == 1 ? attacked[at] : purified[at]; }

vec3 texel(int picture, ivec2 at)
{
    at = clamp(at, ivec2(0), ivec2(view.sourceWidth, view.sourceHeight) - 1);
    uint first = uint(at.y * view.sourceWidth + at.x) * 3;
    uint shift = (first & 3) * 8;
    uint bits = word(picture, first >> 2) >> shift;
    if (shift > 8)
        bits |= word(picture, (first >> 2) + 1) << (32 - shift);
    return vec3(bits & 255u, bits >> 8 & 255u, bits >> 16 & 255u) / 255;
}

// Smooth where the picture is small, but with sharp borders between pixels once they are larger than the screen's: an attack is a
// pattern of pixels, and has to look like one.
vec3 smoothed(int picture, vec2 at, float scale)
{
    if (scale < 1)
    {
        int count = clamp(int(ceil(1 / scale)), 1, 4);
        vec3 sum = vec3(0);
        for (int y = 0; y < count; y++)
            for (int x = 0; x < count; x++)
                sum += texel(picture, ivec2(floor(at + (vec2(x, y) + 0.5) / (float(count) * scale) - 0.5 / scale)));
        return sum / float(count * count);
    }

    vec2 base = floor(at - 0.5);
    vec2 part = clamp((fract(at - 0.5) - 0.5) * max(scale * 0.6, 1) + 0.5, 0, 1);
    ivec2 first = ivec2(base);
    vec3 top = mix(texel(picture, first), texel(picture, first + ivec2(1, 0)), part.x);
    vec3 bottom = mix(texel(picture, first + ivec2(0, 1)), texel(picture, first + ivec2(1, 1)), part.x);
    return mix(top, bottom, part.y);
}

vec3 shown(Pane pane, ivec2 pixel)
{
    vec2 inside = vec2(pixel - ivec2(pane.x, pane.y)) + 0.5;
    vec2 source = vec2(view.sourceWidth, view.sourceHeight);
    float scale = min(pane.width / source.x, pane.height / source.y) * view.zoom;
    vec2 at = (inside - 0.5 * vec2(pane.width, pane.height)) / scale + vec2(view.centreX, view.centreY) * source;
    if (any(lessThan(at, vec2(0))) || any(greaterThanEqual(at, source)))
        return FRAME;
    if (pane.picture == 3)
        return 0.5 + (smoothed(2, at, scale) - smoothed(1, at, scale)) * view.gain;
    if (pane.picture == 4)
        return smoothed(inside.x < view.wipeAt * pane.width ? 1 : 2, at, scale);
    return smoothed(pane.picture, at, scale);
}

void main()
{
    ivec2 pixel = ivec2(gl_GlobalInvocationID.xy);
    if (pixel.x >= view.width || pixel.y >= view.height)
        return;
    vec3 colour = GROUND;
    for (int i = 0; i < view.paneCount; i++)
    {
        Pane pane = view.panes[i];
        if (pixel.x >= pane.x && pixel.y >= pane.y && pixel.x < pane.x + pane.width && pixel.y < pane.y + pane.height)
            colour = shown(pane, pixel);
    }

    int at = pixel.y * view.width + pixel.x;
    vec4 over = unpackUnorm4x8(overlay[at]);
    colour = clamp(colour, 0, 1) * (1 - over.a) + over.rgb;
    result[at] = packUnorm4x8(vec4(view.isBgra == 1 ? colour.bgr : colour, 1));
}
