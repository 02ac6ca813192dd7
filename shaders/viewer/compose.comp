#version 450

// The window's picture: panes over a dark ground, the overlay over the panes. One thread a pixel. Written for software devices too, which
// run both sides of every branch: there is one path for all panes, and loops end where no pixel needs another turn.

layout(local_size_x = 8, local_size_y = 8) in;

struct Pane { int picture; int x; int y; int width; int height; };     // picture: 0 raw, 1 attacked, 2 purified, 3 difference, 4 wipe

layout(push_constant) uniform View
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
    Pane panes[4];
    int firstRow;       // of this dispatch: only rows that changed are made again
} view;

layout(std430, binding = 0) readonly buffer Pictures { uint pictures[]; };   // [3, H, W] RGBA: raw, attacked, purified
layout(std430, binding = 1) readonly buffer Overlay { uint overlay[]; };     // [height, width] RGBA, premultiplied
layout(std430, binding = 2) writeonly buffer Out { uint result[]; };

const vec3 GROUND = vec3(0.055, 0.06, 0.07);
const vec3 FRAME = vec3(0.03, 0.033, 0.04);

// Smooth where the picture is small, but with sharp borders between pixels once they are larger than the screen's: an attack is a
// pattern of pixels, and has to look like one.
vec3 smoothed(int picture, vec2 at, float scale)
{
    int count = scale < 1 ? clamp(int(ceil(1 / scale)), 1, 4) : 2;      // along an edge
    ivec2 first = ivec2(floor(at - (scale < 1 ? 0.5 / scale : 0.5)));
    vec2 apart = vec2(scale < 1 ? 1 / (float(count) * scale) : 1);
    vec2 part = clamp((fract(at - 0.5) - 0.5) * max(scale * 0.6, 1) + 0.5, 0, 1);
    ivec2 last = ivec2(view.sourceWidth, view.sourceHeight) - 1;
    vec3 sum = vec3(0);
    for (int i = 0; i < count * count; i++)
    {
        ivec2 step_ = ivec2(i % count, i / count);
        vec2 weights = mix(1 - part, part, vec2(step_));
        float weight = scale < 1 ? 1 / float(count * count) : weights.x * weights.y;
        ivec2 from = clamp(first + ivec2(vec2(step_) * apart), ivec2(0), last);
        sum += weight * unpackUnorm4x8(pictures[(picture * view.sourceHeight + from.y) * view.sourceWidth + from.x]).rgb;
    }
    return sum;
}

void main()
{
    ivec2 pixel = ivec2(gl_GlobalInvocationID.xy) + ivec2(0, view.firstRow);
    if (pixel.x >= view.width || pixel.y >= view.height)
        return;

    Pane pane = Pane(-1, 0, 0, 1, 1);
    for (int i = 0; i < view.paneCount; i++)
    {
        Pane other = view.panes[i];
        if (pixel.x >= other.x && pixel.y >= other.y && pixel.x < other.x + other.width && pixel.y < other.y + other.height)
            pane = other;
    }

    vec2 inside = vec2(pixel - ivec2(pane.x, pane.y)) + 0.5;
    vec2 source = vec2(view.sourceWidth, view.sourceHeight);
    float scale = min(pane.width / source.x, pane.height / source.y) * view.zoom;
    vec2 at = (inside - 0.5 * vec2(pane.width, pane.height)) / scale + vec2(view.centreX, view.centreY) * source;
    bool isPicture = pane.picture >= 0 && all(greaterThanEqual(at, vec2(0))) && all(lessThan(at, source));

    // A difference takes two pictures, all else one.
    int picture = pane.picture == 4 ? (inside.x < view.wipeAt * pane.width ? 1 : 2) : pane.picture == 3 ? 2 : pane.picture;
    int layers = isPicture ? (pane.picture == 3 ? 2 : 1) : 0;
    vec3 colour = pane.picture < 0 ? GROUND : isPicture ? vec3(pane.picture == 3 ? 0.5 : 0) : FRAME;
    for (int i = 0; i < layers; i++)
    {
        float factor = pane.picture == 3 ? (i == 0 ? view.gain : -view.gain) : 1;
        colour += factor * smoothed(i == 0 ? picture : 1, at, scale);
    }

    int target = pixel.y * view.width + pixel.x;
    vec4 over = unpackUnorm4x8(overlay[target]);
    colour = clamp(colour, 0, 1) * (1 - over.a) + over.rgb;
    result[target] = packUnorm4x8(vec4(view.isBgra == 1 ? colour.bgr : colour, 1));
}
