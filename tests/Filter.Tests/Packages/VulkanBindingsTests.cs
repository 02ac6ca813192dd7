using System.Runtime.InteropServices;
using Silk.NET.Core;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Tests.Packages;

/// <summary>The Vulkan package, or what stands in for it, against the loader of this machine.</summary>
public sealed unsafe class VulkanBindingsTests
{
    [SkippableFact]
    public void An_instance_lists_its_devices_by_name()
    {
        Vk vk = Loader();
        uint version = 0;
        Assert.Equal(Result.Success, vk.EnumerateInstanceVersion(ref version));
        Skip.If(version < Vk.Version12, $"This loader is of version {(Version)(Version32)version}.");

        var application = new ApplicationInfo(apiVersion: Vk.Version12);
        var creation = new InstanceCreateInfo(pApplicationInfo: &application);
        Assert.Equal(Result.Success, vk.CreateInstance(in creation, null, out Instance instance));
        try
        {
            uint count = 0;
            Assert.Equal(Result.Success, vk.EnumeratePhysicalDevices(instance, ref count, null));
            Skip.If(count == 0, "This machine has no Vulkan driver.");
            var devices = new PhysicalDevice[count];
            Assert.Equal(Result.Success, vk.EnumeratePhysicalDevices(instance, &count, devices.AsSpan()));

            foreach (PhysicalDevice device in devices)
            {
                vk.GetPhysicalDeviceProperties(device, out PhysicalDeviceProperties properties);
                Assert.False(string.IsNullOrEmpty(Marshal.PtrToStringUTF8((nint)properties.DeviceName)));
                Assert.True(properties.ApiVersion >= Vk.Version10);
                // The last of the limits: a field at the wrong place would not be a power of two.
                Assert.True(ulong.IsPow2(properties.Limits.NonCoherentAtomSize));

                vk.GetPhysicalDeviceMemoryProperties(device, out PhysicalDeviceMemoryProperties memory);
                Assert.InRange(memory.MemoryTypes[0].HeapIndex, 0u, memory.MemoryHeapCount - 1);
                Assert.Throws<ArgumentOutOfRangeException>(() => memory.MemoryTypes[(int)Vk.MaxMemoryTypes]);
            }
        }
        finally { vk.DestroyInstance(instance, null); }
    }

    [SkippableFact]
    public void An_extension_that_no_loader_has_is_absent()
    {
        Assert.False(Loader().IsInstanceExtensionPresent("VK_REALTIME_nothing"));
    }

    [Fact]
    public void Structures_are_as_long_as_in_C()
    {
        Assert.Equal(824, sizeof(PhysicalDeviceProperties));
        Assert.Equal(504, sizeof(PhysicalDeviceLimits));
        Assert.Equal(520, sizeof(PhysicalDeviceMemoryProperties));
        Assert.Equal(72, sizeof(SubmitInfo));
        Assert.Equal(64, sizeof(WriteDescriptorSet));
        Assert.Equal(96, sizeof(ComputePipelineCreateInfo));
    }

    [Fact]
    public void A_structure_made_with_an_argument_knows_its_type()
    {
        Assert.Equal(StructureType.BufferCreateInfo, new BufferCreateInfo(size: 4).SType);
        Assert.Equal(default, new BufferCreateInfo().SType);
    }

    private static Vk Loader()
    {
        try { return Vk.GetApi(); }
        catch (FileNotFoundException) { throw new SkipException("This machine has no Vulkan loader (libvulkan.so.1)."); }
    }
}
