using Realtime.VulkanGenerator;

namespace Realtime.Filter.Tests.Packages;

/// <summary>The generated files of compat/Silk.NET.Vulkan are what the generator makes of the registry they name.</summary>
public class GeneratedBindingsTests
{
    private const string RegistryFile = "/usr/share/vulkan/registry/vk.xml";

    private static string Compat => Path.Combine(Launcher.Repository.Root, "compat");

    private static string Roots => Path.Combine(Compat, "Silk.NET.Vulkan", "roots.txt");

    [SkippableFact]
    public void The_committed_files_are_the_ones_that_the_generator_makes()
    {
        string header = File.ReadLines(Path.Combine(Compat, "Silk.NET.Vulkan", "Vk.g.cs")).First();
        string version = Installed().Version;
        Skip.IfNot(header.Contains($"version {version},", StringComparison.Ordinal), $"The registry of this machine, {version}, is not the one of the files: {header}");

        foreach (GeneratedFile file in Generation.Run(RegistryFile, Path.Combine(Compat, "Silk.NET.Vulkan")))
        {
            bool same = File.ReadAllText(Path.Combine(Compat, file.Path)) == file.Text;
            Assert.True(same, $"compat/{file.Path} is not what the generator makes of roots.txt; run it: compat/Silk.NET.Vulkan/README.md");
        }
    }

    [SkippableTheory]
    [InlineData("VkBufferUsageFlagBits", "VK_BUFFER_USAGE_STORAGE_BUFFER_BIT", "StorageBufferBit")]
    [InlineData("VkQueryResultFlagBits", "VK_QUERY_RESULT_WAIT_BIT", "ResultWaitBit")]
    [InlineData("VkImageViewType", "VK_IMAGE_VIEW_TYPE_CUBE", "TypeCube")]
    [InlineData("VkImageViewType", "VK_IMAGE_VIEW_TYPE_2D", "Type2D")]
    [InlineData("VkPipelineCreateFlagBits", "VK_PIPELINE_CREATE_DISABLE_OPTIMIZATION_BIT", "CreateDisableOptimizationBit")]
    [InlineData("VkPipelineCacheCreateFlagBits", "VK_PIPELINE_CACHE_CREATE_EXTERNALLY_SYNCHRONIZED_BIT", "ExternallySynchronizedBit")]
    [InlineData("VkFormat", "VK_FORMAT_R8G8B8A8_SNORM", "R8G8B8A8SNorm")]
    [InlineData("VkResult", "VK_ERROR_DEVICE_LOST", "ErrorDeviceLost")]
    [InlineData("VkColorSpaceKHR", "VK_COLOR_SPACE_SRGB_NONLINEAR_KHR", "SpaceSrgbNonlinearKhr")]
    [InlineData("VkStructureType", "VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES", "PhysicalDeviceVulkan12Features")]
    [InlineData("VkStructureType", "VK_STRUCTURE_TYPE_IMPORT_FENCE_FD_INFO_KHR", "ImportFenceFDInfoKhr")]
    [InlineData("VkPipelineStageFlagBits2", "VK_PIPELINE_STAGE_2_COPY_BIT", "CopyBit")]
    public void Values_are_spelt_as_in_the_package(string type, string name, string spelt)
    {
        Assert.Equal(spelt, Naming.Values(Installed().Enums[type])[name]);
    }

    [Fact]
    public void Every_root_stands_there_once()
    {
        string[] names = [.. File.ReadLines(Roots).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];

        Assert.Equal(names.Distinct(), names);
    }

    private static Registry Installed()
    {
        Skip.IfNot(File.Exists(RegistryFile), "This machine has no Vulkan registry (Debian: libvulkan-dev).");
        return Registry.Load(RegistryFile);
    }
}
