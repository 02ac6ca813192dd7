#version 450

// A decoded frame -> [H, W] pixels of 8-bit full-range RGB (one uint each: R lowest), which is what purifier and classifier see.

layout(local_size_x = 64) in;
layout(constant_id = 0) const uint FORMAT = 0;      // 0 RGB24, 1 YUV420P, 2 NV12

layout(push_constant) uniform Call
{
    uint width;
    uint height;
    float kr;           // luma weights of red and blue: BT.601 0.299, 0.114; BT.709 0.2126, 0.0722; BT.2020 0.2627, 0.0593
    float kb;
    uint limited;       // 1: luma 16..235, chroma 16..240; 0: 0..255
} call;

layout(std430, binding = 0) readonly buffer Frame { uint bytes[]; };    // planes one after the other, rows without padding
layout(std430, binding = 1) writeonly buffer Pixels { uint pixels[]; };

float byteAt(uint at) { return float(bitfieldExtract(bytes[at >> 2], int(at & 3) * 8, 8)); }

// Chroma at a pixel: samples lie on even columns and between two rows (the MPEG-2 siting), linear between them.
vec2 chroma(uint x, uint y)
{
    uint width = (call.width + 1) / 2;
    uint height = (call.height + 1) / 2;
    uint start = call.width * call.height;
    uvec2 left = uvec2(x / 2, min(x / 2 + (x & 1), width - 1));
    uint row = y / 2;
    uint other = (y & 1) == 0 ? (row == 0 ? 0 : row - 1) : min(row + 1, height - 1);
    vec2 value = vec2(0);
    for (uint r = 0; r < 2; r++)
    {
        for (uint c = 0; c < 2; c++)
        {
            uint at = (r == 0 ? row : other) * width + left[c];
            vec2 sample_ = FORMAT == 1
                ? vec2(byteAt(start + at), byteAt(start + width * height + at))
                : vec2(byteAt(start + 2 * at), byteAt(start + 2 * at + 1));
            value += sample_ * (r == 0 ? 0.75 : 0.25) * 0.5;
        }
    }
    return value;
}

void main()
{
    uint at = gl_WorkGroupID.y * 65535 * 64 + gl_GlobalInvocationID.x;
    if (at >= call.width * call.height)
        return;

    vec3 rgb;
    if (FORMAT == 0)
        rgb = vec3(byteAt(3 * at), byteAt(3 * at + 1), byteAt(3 * at + 2));
    else
    {
        vec2 c = chroma(at % call.width, at / call.width) - 128;
        float y = byteAt(at);
        if (call.limited == 1)
        {
            y = (y - 16) * (255.0 / 219);
            c *= 255.0 / 224;
        }
        float kg = 1 - call.kr - call.kb;
        float red = y + 2 * (1 - call.kr) * c.y;
        float blue = y + 2 * (1 - call.kb) * c.x;
        float green = (y - call.kr * red - call.kb * blue) / kg;
        rgb = vec3(red, green, blue);
    }

    uvec3 levels = uvec3(clamp(rgb, 0, 255) + 0.5);
    pixels[at] = levels.x | levels.y << 8 | levels.z << 16 | 0xff000000u;
}
