namespace Silk.NET.Vulkan;

/// <summary>Allocates for the driver; nothing here makes one, allocators are null.</summary>
public readonly unsafe struct PfnAllocationFunction(delegate* unmanaged[Cdecl]<void*, nuint, nuint, SystemAllocationScope, void*> ptr)
{
    private readonly void* handle = ptr;

    public delegate* unmanaged[Cdecl]<void*, nuint, nuint, SystemAllocationScope, void*> Handle =>
        (delegate* unmanaged[Cdecl]<void*, nuint, nuint, SystemAllocationScope, void*>)handle;
}

/// <summary>Moves an allocation.</summary>
public readonly unsafe struct PfnReallocationFunction(delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint, SystemAllocationScope, void*> ptr)
{
    private readonly void* handle = ptr;

    public delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint, SystemAllocationScope, void*> Handle =>
        (delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint, SystemAllocationScope, void*>)handle;
}

/// <summary>Frees an allocation.</summary>
public readonly unsafe struct PfnFreeFunction(delegate* unmanaged[Cdecl]<void*, void*, void> ptr)
{
    private readonly void* handle = ptr;

    public delegate* unmanaged[Cdecl]<void*, void*, void> Handle => (delegate* unmanaged[Cdecl]<void*, void*, void>)handle;
}

/// <summary>Hears of an allocation that the driver made itself.</summary>
public readonly unsafe struct PfnInternalAllocationNotification(delegate* unmanaged[Cdecl]<void*, nuint, InternalAllocationType, SystemAllocationScope, void> ptr)
{
    private readonly void* handle = ptr;

    public delegate* unmanaged[Cdecl]<void*, nuint, InternalAllocationType, SystemAllocationScope, void> Handle =>
        (delegate* unmanaged[Cdecl]<void*, nuint, InternalAllocationType, SystemAllocationScope, void>)handle;
}

/// <summary>Hears of an allocation that the driver freed itself.</summary>
public readonly unsafe struct PfnInternalFreeNotification(delegate* unmanaged[Cdecl]<void*, nuint, InternalAllocationType, SystemAllocationScope, void> ptr)
{
    private readonly void* handle = ptr;

    public delegate* unmanaged[Cdecl]<void*, nuint, InternalAllocationType, SystemAllocationScope, void> Handle =>
        (delegate* unmanaged[Cdecl]<void*, nuint, InternalAllocationType, SystemAllocationScope, void>)handle;
}
