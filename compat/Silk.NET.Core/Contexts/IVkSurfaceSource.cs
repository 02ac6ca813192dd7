namespace Silk.NET.Core.Contexts;

/// <summary>Something that Vulkan can draw on.</summary>
public interface IVkSurfaceSource
{
    IVkSurface? VkSurface { get; }
}
