using Silk.NET.Core.Contexts;
using Silk.NET.Core.Native;
using Silk.NET.GLFW;

namespace Silk.NET.Windowing.Glfw;

/// <summary>Vulkan surfaces of a GLFW window.</summary>
internal sealed unsafe class GlfwSurface(nint window) : IVkSurface
{
    public VkNonDispatchableHandle Create<T>(VkHandle instance, T* allocator) where T : unmanaged
    {
        int result = GlfwNative.CreateWindowSurface(instance.Handle, window, allocator, out ulong surface);
        return result == 0 ? new VkNonDispatchableHandle(surface) : throw new GlfwException($"glfwCreateWindowSurface failed: {GlfwLibrary.LastError()} ({result})");
    }

    public byte** GetRequiredExtensions(out uint count)
    {
        byte** names = GlfwNative.GetRequiredInstanceExtensions(out count);
        return names is not null ? names : throw new PlatformNotSupportedException(GlfwLibrary.LastError());
    }
}
