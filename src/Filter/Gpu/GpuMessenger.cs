using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Silk.NET.Core;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.EXT;

namespace Realtime.Filter.Gpu;

/// <summary>Gathers the warnings and errors of the validation layer.</summary>
internal sealed unsafe class GpuMessenger : IDisposable
{
    private const int MaxMessages = 1000;

    private readonly ExtDebugUtils utils;
    private readonly Instance instance;
    private readonly List<string> messages = [];
    private readonly GCHandle self;
    private DebugUtilsMessengerEXT handle;

    public GpuMessenger(ExtDebugUtils utils, Instance instance)
    {
        this.utils = utils;
        this.instance = instance;
        self = GCHandle.Alloc(this);
        DebugUtilsMessengerCreateInfoEXT info = new()
        {
            SType = StructureType.DebugUtilsMessengerCreateInfoExt,
            MessageSeverity = DebugUtilsMessageSeverityFlagsEXT.WarningBitExt | DebugUtilsMessageSeverityFlagsEXT.ErrorBitExt,
            MessageType = DebugUtilsMessageTypeFlagsEXT.ValidationBitExt | DebugUtilsMessageTypeFlagsEXT.PerformanceBitExt,
            PfnUserCallback = new PfnDebugUtilsMessengerCallbackEXT(&OnMessage),
            PUserData = (void*)GCHandle.ToIntPtr(self),
        };
        DebugUtilsMessengerEXT made;
        Result result = utils.CreateDebugUtilsMessenger(instance, &info, null, &made);
        if (result != Result.Success)
            self.Free();
        GpuResult.Check(result, "vkCreateDebugUtilsMessengerEXT");
        handle = made;
    }

    /// <summary>What was said so far, oldest first; at most 1000.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (messages)
                return messages.ToArray();
        }
    }

    public void Dispose()
    {
        if (handle.Handle == 0)
            return;
        utils.DestroyDebugUtilsMessenger(instance, handle, null);
        handle = default;
        self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static Bool32 OnMessage(
        DebugUtilsMessageSeverityFlagsEXT severity, DebugUtilsMessageTypeFlagsEXT types, DebugUtilsMessengerCallbackDataEXT* data, void* user)
    {
        GpuMessenger messenger = (GpuMessenger)GCHandle.FromIntPtr((nint)user).Target!;
        string text = Marshal.PtrToStringUTF8((nint)data->PMessage) ?? "";
        lock (messenger.messages)
        {
            if (messenger.messages.Count < MaxMessages)
                messenger.messages.Add(text);
        }
        return false;
    }
}
