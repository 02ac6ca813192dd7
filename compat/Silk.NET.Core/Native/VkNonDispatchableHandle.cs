namespace Silk.NET.Core.Native;

/// <summary>A Vulkan object that is no dispatchable one, such as a surface.</summary>
public struct VkNonDispatchableHandle(ulong handle)
{
    public ulong Handle = handle;
}
