using System.Text.Unicode;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.EXT;

namespace Realtime.Filter.Gpu;

/// <summary>Names and labels that show in validation messages and GPU debuggers; does nothing where the extension is missing.</summary>
/// <param name="utils">The extension, or null where it is missing.</param>
internal sealed unsafe class GpuDebug(ExtDebugUtils? utils)
{
    private const int MaxBytes = 256;

    public void Name(Device device, ObjectType type, ulong handle, string name)
    {
        if (utils is null)
            return;
        byte* text = stackalloc byte[MaxBytes];
        Encode(name, text);
        DebugUtilsObjectNameInfoEXT info = new()
        {
            SType = StructureType.DebugUtilsObjectNameInfoExt,
            ObjectType = type,
            ObjectHandle = handle,
            PObjectName = text,
        };
        GpuResult.Check(utils.SetDebugUtilsObjectName(device, &info), "vkSetDebugUtilsObjectNameEXT");
    }

    public void BeginLabel(CommandBuffer commands, string label)
    {
        if (utils is null)
            return;
        byte* text = stackalloc byte[MaxBytes];
        Encode(label, text);
        DebugUtilsLabelEXT info = new() { SType = StructureType.DebugUtilsLabelExt, PLabelName = text };
        utils.CmdBeginDebugUtilsLabel(commands, &info);
    }

    public void EndLabel(CommandBuffer commands) => utils?.CmdEndDebugUtilsLabel(commands);

    private static void Encode(string text, byte* bytes)
    {
        Utf8.FromUtf16(text, new Span<byte>(bytes, MaxBytes - 1), out _, out int used);
        bytes[used] = 0;
    }
}
