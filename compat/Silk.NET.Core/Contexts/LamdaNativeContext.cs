using Silk.NET.Core.Loader;

namespace Silk.NET.Core.Contexts;

/// <summary>Native functions that a delegate finds. (The name is spelt as in the package.)</summary>
public class LamdaNativeContext(Func<string, nint> getProcAddress) : INativeContext
{
    public nint GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out nint addr) ? addr : throw new SymbolLoadingException(proc);

    public bool TryGetProcAddress(string proc, out nint addr, int? slot = null)
    {
        addr = getProcAddress(proc);
        return addr != 0;
    }

    public void Dispose() => GC.SuppressFinalize(this);
}
