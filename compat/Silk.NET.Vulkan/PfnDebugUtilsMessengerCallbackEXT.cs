using Silk.NET.Core;
using Silk.NET.Core.Native;

namespace Silk.NET.Vulkan;

/// <summary>Hears the messages of layers and drivers.</summary>
public unsafe delegate uint DebugUtilsMessengerCallbackFunctionEXT(DebugUtilsMessageSeverityFlagsEXT messageSeverity,
    DebugUtilsMessageTypeFlagsEXT messageTypes, DebugUtilsMessengerCallbackDataEXT* pCallbackData, void* pUserData);

/// <summary>A pointer to such a function.</summary>
public readonly unsafe struct PfnDebugUtilsMessengerCallbackEXT : IDisposable
{
    private readonly void* handle;

    public PfnDebugUtilsMessengerCallbackEXT(delegate* unmanaged[Cdecl]<DebugUtilsMessageSeverityFlagsEXT, DebugUtilsMessageTypeFlagsEXT, DebugUtilsMessengerCallbackDataEXT*, void*, Bool32> ptr) => handle = ptr;

    public PfnDebugUtilsMessengerCallbackEXT(DebugUtilsMessengerCallbackFunctionEXT func) => handle = (void*)SilkMarshal.DelegateToPtr(func);

    public delegate* unmanaged[Cdecl]<DebugUtilsMessageSeverityFlagsEXT, DebugUtilsMessageTypeFlagsEXT, DebugUtilsMessengerCallbackDataEXT*, void*, Bool32> Handle =>
        (delegate* unmanaged[Cdecl]<DebugUtilsMessageSeverityFlagsEXT, DebugUtilsMessageTypeFlagsEXT, DebugUtilsMessengerCallbackDataEXT*, void*, Bool32>)handle;

    /// <summary>Nothing to free here; the package frees its thunk.</summary>
    public void Dispose() { }

    public static implicit operator nint(PfnDebugUtilsMessengerCallbackEXT pfn) => (nint)pfn.handle;

    public static implicit operator delegate* unmanaged[Cdecl]<DebugUtilsMessageSeverityFlagsEXT, DebugUtilsMessageTypeFlagsEXT, DebugUtilsMessengerCallbackDataEXT*, void*, Bool32>(PfnDebugUtilsMessengerCallbackEXT pfn) => pfn.Handle;

    public static implicit operator PfnDebugUtilsMessengerCallbackEXT(delegate* unmanaged[Cdecl]<DebugUtilsMessageSeverityFlagsEXT, DebugUtilsMessageTypeFlagsEXT, DebugUtilsMessengerCallbackDataEXT*, void*, Bool32> func) => new(func);

    public static implicit operator PfnDebugUtilsMessengerCallbackEXT(DebugUtilsMessengerCallbackFunctionEXT func) => new(func);
}
