using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Defences;

/// <summary>Makes the defences that need no model from the words of a command line: classical baselines and random transforms.</summary>
public static class DefenceFactory
{
    /// <summary>What <see cref="Create"/> knows, an example of each.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["jpeg-75", "median-3", "bits-4", "blur-0.6", "resize-pad", "noise-8", "mask-0.25", "rt1", "rt2"];

    /// <summary>Creates a defence.</summary>
    /// <param name="name">
    /// In any case: "jpeg-Q" (quality 1..100), "median-W" (odd window 1..31), "bits-B" (1..8), "blur-S" (deviation in pixels, above 0, at most 16),
    /// "resize-pad", "noise-S" (deviation in 8-bit levels, above 0, at most 255), "mask-R" (missing share of 8x8 blocks, 0.01..0.99), "rt1" or "rt2".
    /// </param>
    /// <exception cref="UserErrorException">An unknown name or a value out of range (usage).</exception>
    public static IDefence Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string lower = name.ToLowerInvariant();
        string[] words = lower.Split('-', 2);
        string value = words.Length == 2 ? words[1] : "";
        return lower switch
        {
            "resize-pad" => new ResizePadDefence(),
            "rt1" => new TransformDefence(RandomTransform.Rt1),
            "rt2" => new TransformDefence(RandomTransform.Rt2),
            "rt3" => throw Usage($"The defence '{name}' joins what a purifier makes of four copies; write one behind it, as rt3+maep-patch4"),
            _ => WithValue(name, words[0], value),
        };
    }

    private static IDefence WithValue(string name, string word, string value) => word switch
    {
        "jpeg" => new JpegDefence(Whole(name, value, 1, 100, "a quality from 1 to 100")),
        "median" => new MedianDefence(Odd(name, value, 31)),
        "bits" => new BitDepthDefence(Whole(name, value, 1, 8, "a number of bits from 1 to 8")),
        "blur" => new BlurDefence(Number(name, value, double.Epsilon, 16, "a deviation above 0 and at most 16 pixels")),
        "noise" => new TransformDefence(RandomTransform.Of(Number(name, value, double.Epsilon, RandomTransform.MostNoise, "a deviation above 0 and at most 255 levels"), 0)),
        "mask" => new TransformDefence(RandomTransform.Of(0, Number(name, value, RandomTransform.LeastMissing, RandomTransform.MostMissing, "a share of missing blocks from 0.01 to 0.99"))),
        _ => throw Usage($"The defence '{name}' is unknown; there are {string.Join(", ", Examples)}, with other numbers too"),
    };

    private static int Whole(string name, string value, int least, int most, string what) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Usage($"The defence '{name}' needs {what} after the hyphen");

    private static int Odd(string name, string value, int most)
    {
        string what = $"an odd window from 1 to {most}";
        int number = Whole(name, value, 1, most, what);
        return number % 2 == 1 ? number : throw Usage($"The defence '{name}' needs {what} after the hyphen");
    }

    private static double Number(string name, string value, double least, double most, string what) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most
            ? number
            : throw Usage($"The defence '{name}' needs {what} after the hyphen");

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message + ".");
}
