using Silk.NET.Core.Contexts;

namespace Silk.NET.Core.Native;

/// <summary>The functions of an extension of <typeparamref name="T"/>.</summary>
public abstract class NativeExtension<T>(INativeContext ctx) : NativeApiContainer(ctx) where T : NativeAPI;
