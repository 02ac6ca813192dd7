namespace Realtime.Filter.Gpu.Shaders;

/// <summary>The compiled shaders (SPIR-V) that are part of this program: shaders/ in the repository.</summary>
public static class ShaderLibrary
{
    private const string Prefix = "Realtime.Filter.Shaders.";

    /// <summary>The names of all shaders, such as "gemm.fp16".</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ShaderLibrary).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".spv".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The code of a shader.</summary>
    /// <param name="name">See <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static byte[] Load(string name)
    {
        using Stream? stream = typeof(ShaderLibrary).Assembly.GetManifestResourceStream($"{Prefix}{name}.spv");
        if (stream is null)
            throw new ArgumentException($"There is no shader '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        byte[] code = new byte[stream.Length];
        stream.ReadExactly(code);
        return code;
    }
}
