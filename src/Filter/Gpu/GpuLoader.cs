using System.Runtime.InteropServices;
using Silk.NET.Core;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.EXT;

namespace Realtime.Filter.Gpu;

/// <summary>Loads Vulkan and makes an instance; says in plain words what is missing.</summary>
internal static unsafe class GpuLoader
{
    private const string ValidationLayer = "VK_LAYER_KHRONOS_validation", LayerSettings = "VK_EXT_layer_settings";

    /// <summary>Loads libvulkan.</summary>
    /// <exception cref="GpuUnavailableException">It is missing.</exception>
    public static Vk Load()
    {
        try
        {
            return Vk.GetApi();
        }
        catch (Exception error) when (error is FileNotFoundException or DllNotFoundException)
        {
            throw new GpuUnavailableException("Vulkan's loader libvulkan.so.1 is not installed (apt-get install libvulkan1 mesa-vulkan-drivers)", error);
        }
    }

    /// <summary>Makes an instance, with the debug extension where there is one.</summary>
    /// <exception cref="GpuUnavailableException">No driver, no such extension, or no validation layer where asked for.</exception>
    public static Instance CreateInstance(Vk api, bool validation, IReadOnlyList<string> extensions, out ExtDebugUtils? utils)
    {
        if (validation && !HasValidationLayer(api))
            throw new GpuUnavailableException($"validation was asked for, but {ValidationLayer} is not installed (apt-get install vulkan-validationlayers)");
        bool hasUtils = api.IsInstanceExtensionPresent(ExtDebugUtils.ExtensionName);
        if (validation && !hasUtils)
            throw new GpuUnavailableException($"validation was asked for, but Vulkan has no {ExtDebugUtils.ExtensionName}");
        if (extensions.FirstOrDefault(extension => !api.IsInstanceExtensionPresent(extension)) is { } missing)
            throw new GpuUnavailableException($"Vulkan has no {missing} here, which windows need");

        bool hasSettings = validation && api.IsInstanceExtensionPresent(LayerSettings, ValidationLayer);
        List<string> names = [.. extensions];
        if (hasUtils)
            names.Add(ExtDebugUtils.ExtensionName);
        if (validation)
            names.Add("VK_EXT_validation_features");
        if (hasSettings)
            names.Add(LayerSettings);
        nint namesInMemory = SilkMarshal.StringArrayToPtr(names);
        Instance instance;
        Result result;
        fixed (byte* name = "realtime"u8, layer = "VK_LAYER_KHRONOS_validation"u8, lookIntoShaders = "syncval_shader_accesses_heuristic"u8)
        {
            byte* layers = layer;
            ValidationFeatureEnableEXT missingBarriers = ValidationFeatureEnableEXT.SynchronizationValidationExt;
            // Younger layers leave what shaders read and write out of that check unless told otherwise; older ones know no such setting.
            Bool32 yes = true;
            LayerSettingEXT setting = new() { PLayerName = layer, PSettingName = lookIntoShaders, Type = LayerSettingTypeEXT.Bool32Ext, ValueCount = 1, PValues = &yes };
            LayerSettingsCreateInfoEXT settings = new() { SType = StructureType.LayerSettingsCreateInfoExt, SettingCount = 1, PSettings = &setting };
            ValidationFeaturesEXT checks = new()
            {
                SType = StructureType.ValidationFeaturesExt,
                PNext = hasSettings ? &settings : null,
                EnabledValidationFeatureCount = 1,
                PEnabledValidationFeatures = &missingBarriers,
            };
            ApplicationInfo application = new() { SType = StructureType.ApplicationInfo, PApplicationName = name, ApiVersion = Vk.Version12 };
            InstanceCreateInfo info = new()
            {
                SType = StructureType.InstanceCreateInfo,
                PNext = validation ? &checks : null,
                PApplicationInfo = &application,
                EnabledLayerCount = validation ? 1u : 0,
                PpEnabledLayerNames = &layers,
                EnabledExtensionCount = (uint)names.Count,
                PpEnabledExtensionNames = (byte**)namesInMemory,
            };
            result = api.CreateInstance(&info, null, &instance);
        }
        SilkMarshal.Free(namesInMemory);
        if (result == Result.ErrorIncompatibleDriver)
            throw NoDriver();
        GpuResult.Check(result, "vkCreateInstance");
        utils = hasUtils && api.TryGetInstanceExtension(instance, out ExtDebugUtils found) ? found : null;
        return instance;
    }

    /// <summary>What to tell when the loader has no driver to offer.</summary>
    public static GpuUnavailableException NoDriver() => new(
        "Vulkan's loader found no driver (ICD). Install the vendor's driver, or mesa-vulkan-drivers (Intel, AMD, or the processor itself). " +
        "NVIDIA without a display: libGLX_nvidia.so.0 fails without X libraries, so install libxext6 or point VK_ICD_FILENAMES to an EGL ICD; " +
        "in a container set NVIDIA_DRIVER_CAPABILITIES=all");

    private static bool HasValidationLayer(Vk api)
    {
        uint count = 0;
        GpuResult.Check(api.EnumerateInstanceLayerProperties(&count, null), "vkEnumerateInstanceLayerProperties");
        LayerProperties[] layers = new LayerProperties[count];
        fixed (LayerProperties* first = layers)
        {
            GpuResult.Check(api.EnumerateInstanceLayerProperties(&count, first), "vkEnumerateInstanceLayerProperties");
            for (int index = 0; index < count; index++)
            {
                if (Marshal.PtrToStringUTF8((nint)first[index].LayerName) == ValidationLayer)
                    return true;
            }
        }
        return false;
    }
}
