using Silk.NET.Core.Native;

namespace Silk.NET.Core.Contexts;

/// <summary>Makes Vulkan surfaces of a window.</summary>
public unsafe interface IVkSurface
{
    VkNonDispatchableHandle Create<T>(VkHandle instance, T* allocator) where T : unmanaged;

    /// <summary>Names of the instance extensions that a surface needs; they stay valid as long as the window.</summary>
    byte** GetRequiredExtensions(out uint count);
}
