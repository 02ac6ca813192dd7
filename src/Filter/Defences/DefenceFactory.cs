using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Defences;

/// <summary>Makes the classical baselines from the words of a command line.</summary>
public static class DefenceFactory
{
    /// <summary>What <see cref="Create"/> knows, an example of each.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["jpeg-75", "median-3", "bits-4", "blur-0.6", "resize-pad"];

    /// <summary>Creates a baseline.</summary>
    /// <param name="name">"jpeg-Q" (quality 1..100), "median-W" (odd window 1..31), "bits-B" (1..8), "blur-S" (deviation in pixels, above 0, at most 16) or "resize-pad", in any case.</param>
    /// <exception cref="UserErrorException">An unknown name or a value out of range (usage).</exception>
    public static IDefence Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string lower = name.ToLowerInvariant();
        if (lower == "resize-pad")
            return new ResizePadDefence();
        string[] words = lower.Split('-', 2);
        string value = words.Length == 2 ? words[1] : "";
        return words[0] switch
        {
            "jpeg" => new JpegDefence(Whole(name, value, 1, 100, "a quality from 1 to 100")),
            "median" => new MedianDefence(Odd(name, value, 31)),
            "bits" => new BitDepthDefence(Whole(name, value, 1, 8, "a number of bits from 1 to 8")),
            "blur" => new BlurDefence(Deviation(name, value)),
            _ => throw Usage($"The defence '{name}' is unknown; there are {string.Join(", ", Examples)}, with other numbers too"),
        };
    }

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

    private static double Deviation(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 16
            ? number
            : throw Usage($"The defence '{name}' needs a deviation above 0 and at most 16 pixels after the hyphen");

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message + ".");
}
