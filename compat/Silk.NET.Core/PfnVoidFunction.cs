namespace Silk.NET.Core;

/// <summary>A function pointer whose signature is not known yet.</summary>
public readonly unsafe struct PfnVoidFunction(delegate* unmanaged[Cdecl]<void> ptr)
{
    private readonly void* handle = ptr;

    public delegate* unmanaged[Cdecl]<void> Handle => (delegate* unmanaged[Cdecl]<void>)handle;

    public static implicit operator nint(PfnVoidFunction pfn) => (nint)pfn.handle;

    public static implicit operator delegate* unmanaged[Cdecl]<void>(PfnVoidFunction pfn) => pfn.Handle;

    public static implicit operator PfnVoidFunction(delegate* unmanaged[Cdecl]<void> func) => new(func);
}
