namespace Silk.NET.Core.Native;

/// <summary>A dispatchable Vulkan object, such as an instance.</summary>
public struct VkHandle(nint handle)
{
    public nint Handle = handle;
}
