using Realtime.Filter.Errors;

namespace Realtime.Filter.Corruptions;

/// <summary>Makes corruptions from the words of a command line.</summary>
public static class CorruptionFactory
{
    /// <summary>What <see cref="Create"/> knows, an example of each.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["brightness-3", "contrast-3", "saturate-3", "hue-3", "colour-transfer"];

    /// <summary>Creates a corruption.</summary>
    /// <param name="name">One of <see cref="Examples"/>, with a severity from 1 to 5, in any case.</param>
    /// <exception cref="UserErrorException">An unknown name or severity (usage).</exception>
    public static ICorruption Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string lower = name.ToLowerInvariant();
        if (lower == "colour-transfer")
            return new ColourTransfer();
        int severity = lower.Length > 2 && lower[^2] == '-' && lower[^1] is >= '1' and <= '5' ? lower[^1] - '0' : 0;
        return (severity == 0 ? "" : lower[..^2]) switch
        {
            "brightness" => new Brightness(severity),
            "contrast" => new Contrast(severity),
            "saturate" => new Saturation(severity),
            "hue" => new Hue(severity),
            _ => throw new UserErrorException(ExitCode.Usage, $"The corruption '{name}' is unknown; there are {string.Join(", ", Examples)}, each number from 1 to 5."),
        };
    }
}
