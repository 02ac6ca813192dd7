using Silk.NET.Core.Loader;

namespace Silk.NET.Core.Contexts;

/// <summary>Several contexts, asked in order.</summary>
public class MultiNativeContext(params INativeContext?[] contexts) : INativeContext
{
    public INativeContext?[] Contexts { get; } = contexts;

    public nint GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out nint addr) ? addr : throw new SymbolLoadingException(proc);

    public bool TryGetProcAddress(string proc, out nint addr, int? slot = null)
    {
        foreach (INativeContext? context in Contexts)
        {
            if (context is not null && context.TryGetProcAddress(proc, out addr)) { return true; }
        }
        addr = 0;
        return false;
    }

    public void Dispose()
    {
        foreach (INativeContext? context in Contexts) { context?.Dispose(); }
        GC.SuppressFinalize(this);
    }
}
