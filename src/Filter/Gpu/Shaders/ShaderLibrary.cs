namespace Realtime.Filter.Gpu.Shaders;

/// <summary>The compiled shaders (SPIR-V) that are part of this program: shaders/ in the repository.</summary>
public static class ShaderLibrary
{
    private const string Prefix = "Realtime.Filter.Shaders.";

    private static Dictionary<string, byte[]> replaced = [];
    private static int version;

    /// <summary>The names of all shaders, such as "gemm.fp16".</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ShaderLibrary).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".spv".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Counts how often shaders were replaced; who keeps kernels looks at it between frames.</summary>
    public static int Version => Volatile.Read(ref version);

    /// <summary>The code of a shader.</summary>
    /// <param name="name">See <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static byte[] Load(string name)
    {
        if (Volatile.Read(ref replaced).TryGetValue(name, out byte[]? other))
            return other;
        using Stream? stream = typeof(ShaderLibrary).Assembly.GetManifestResourceStream($"{Prefix}{name}.spv");
        if (stream is null)
            throw new ArgumentException($"There is no shader '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        byte[] code = new byte[stream.Length];
        stream.ReadExactly(code);
        return code;
    }

    /// <summary>Puts other code in the place of shaders; an empty list takes that back.</summary>
    internal static void Replace(Dictionary<string, byte[]> shaders)
    {
        Volatile.Write(ref replaced, shaders);
        Interlocked.Increment(ref version);
    }
}
