// Multiplies numbers by a factor. Compiled by: glslc -O --target-env=vulkan1.2 double.comp -o double.spv
#version 450

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint factor = 1;

layout(set = 0, binding = 0) buffer Source { float source[]; };
layout(set = 0, binding = 1) buffer Target { float target[]; };
layout(push_constant) uniform Push { uint count; };

void main()
{
    uint index = gl_GlobalInvocationID.x;
    if (index < count)
        target[index] = source[index] * float(factor);
}
