using Silk.NET.Core.Contexts;

namespace Silk.NET.Core.Native;

/// <summary>A native API that extensions belong to.</summary>
public abstract class NativeAPI(INativeContext ctx) : NativeApiContainer(ctx)
{
    public new INativeContext Context => base.Context;
}
