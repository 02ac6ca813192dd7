using System.Runtime.InteropServices;
using Silk.NET.Core.Loader;

namespace Silk.NET.Core.Contexts;

/// <summary>The exports of a native library, the first of the given names that the system can load.</summary>
public class DefaultNativeContext : INativeContext
{
    private readonly nint library;

    public DefaultNativeContext(string name) : this([name]) { }

    public DefaultNativeContext(string[] names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out library)) { return; }
        }
        throw new FileNotFoundException($"Could not load from any of the possible library names: {string.Join(", ", names)}", names.FirstOrDefault());
    }

    public nint GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out nint addr) ? addr : throw new SymbolLoadingException(proc);

    public bool TryGetProcAddress(string proc, out nint addr, int? slot = null) => NativeLibrary.TryGetExport(library, proc, out addr);

    public void Dispose()
    {
        NativeLibrary.Free(library);
        GC.SuppressFinalize(this);
    }
}
