using Realtime.Filter.Errors;

namespace Realtime.Filter.Devices;

/// <summary>The words of <c>--precision</c>.</summary>
public static class PrecisionName
{
    /// <summary>The option's default.</summary>
    public const string Default = "fp32";

    private const string Half = "fp16";

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, Half];

    /// <summary>Reads "fp32" or "fp16", in any case.</summary>
    /// <exception cref="UserErrorException">Anything else (usage).</exception>
    public static Precision Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant() switch
        {
            Default => Precision.Float32,
            Half => Precision.Float16,
            _ => throw new UserErrorException(ExitCode.Usage, $"--precision '{text}' is unknown; there are {string.Join(", ", Names)}."),
        };
    }

    /// <summary>The name of <paramref name="precision"/>, "fp32" or "fp16".</summary>
    public static string Of(Precision precision) => precision == Precision.Float16 ? Half : Default;
}
