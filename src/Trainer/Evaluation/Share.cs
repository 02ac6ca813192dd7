using System.Globalization;
using System.Text.Json.Serialization;

namespace Realtime.Trainer.Evaluation;

/// <summary>A share of pictures with its 95 % confidence interval (Wilson 1927).</summary>
/// <param name="Right">How many; a mean over draws need not be whole.</param>
/// <param name="Count">Of how many, at least 1.</param>
public readonly record struct Share(double Right, int Count)
{
    private const double Z = 1.959964;

    /// <summary>Per cent.</summary>
    public double Percent => 100.0 * Right / Count;

    /// <summary>The interval's lower end in per cent.</summary>
    public double Low => Interval.Low;

    /// <summary>The interval's upper end in per cent.</summary>
    public double High => Interval.High;

    /// <summary>The interval's ends in per cent.</summary>
    [JsonIgnore]
    public (double Low, double High) Interval
    {
        get
        {
            double p = Right / Count;
            double centre = p + Z * Z / (2 * Count);
            double reach = Z * Math.Sqrt(p * (1 - p) / Count + Z * Z / (4.0 * Count * Count));
            double scale = 100 / (1 + Z * Z / Count);
            return ((centre - reach) * scale, (centre + reach) * scale);
        }
    }

    /// <summary>Per cent and interval without the count, for the cells of a table.</summary>
    [JsonIgnore]
    public string Cell => string.Create(CultureInfo.InvariantCulture, $"{Percent:0.00} [{Interval.Low:0.0}, {Interval.High:0.0}]");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent:0.00} % [{Interval.Low:0.0}, {Interval.High:0.0}] of {Count:N0}");
}
