namespace Silk.NET.Core.Contexts;

/// <summary>Where native functions come from.</summary>
public interface INativeContext : IDisposable
{
    nint GetProcAddress(string proc, int? slot = null);

    bool TryGetProcAddress(string proc, out nint addr, int? slot = null);
}
