using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;
using Semaphore = Silk.NET.Vulkan.Semaphore;

namespace Realtime.Viewer.Windowing;

/// <summary>Binary semaphores, which swapchains ask for.</summary>
internal static unsafe class Semaphores
{
    public static Semaphore Create(GpuDevice device, string name)
    {
        SemaphoreCreateInfo info = new() { SType = StructureType.SemaphoreCreateInfo };
        Semaphore semaphore;
        GpuResult.Check(device.Api.CreateSemaphore(device.Handle, &info, null, &semaphore), "vkCreateSemaphore");
        device.Objects.Made(ObjectType.Semaphore);
        device.SetName(ObjectType.Semaphore, semaphore.Handle, name);
        return semaphore;
    }

    public static void Destroy(GpuDevice device, Semaphore semaphore)
    {
        device.Api.DestroySemaphore(device.Handle, semaphore, null);
        device.Objects.Gone(ObjectType.Semaphore, semaphore.Handle);
    }
}
