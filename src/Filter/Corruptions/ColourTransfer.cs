namespace Realtime.Filter.Corruptions;

/// <summary>
/// Colour transfer (Reinhard et al. 2001, equations 10 to 12): in l-alpha-beta every axis of the picture gets the mean and the standard
/// deviation that it has in the companion.
/// </summary>
public sealed class ColourTransfer : ICorruption
{
    /// <inheritdoc/>
    public string Name => "colour-transfer";

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> picture, ReadOnlySpan<float> companion, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfZero(companion.Length);
        int plane = picture.Length / 3;
        OpponentColour[] colours = Colours(picture);
        (OpponentColour mean, OpponentColour spread) = Statistics(colours);
        (OpponentColour wantedMean, OpponentColour wantedSpread) = Statistics(Colours(companion));
        for (int i = 0; i < plane; i++)
        {
            OpponentColour old = colours[i];
            OpponentColour changed = new(
                Moved(old.Light, mean.Light, spread.Light, wantedMean.Light, wantedSpread.Light),
                Moved(old.YellowBlue, mean.YellowBlue, spread.YellowBlue, wantedMean.YellowBlue, wantedSpread.YellowBlue),
                Moved(old.RedGreen, mean.RedGreen, spread.RedGreen, wantedMean.RedGreen, wantedSpread.RedGreen));
            (result[i], result[plane + i], result[(2 * plane) + i]) = changed.ToRgb();
        }
    }

    // An axis without spread has nothing to be scaled.
    private static double Moved(double value, double mean, double spread, double wantedMean, double wantedSpread) =>
        (spread > 1e-9 ? (value - mean) * wantedSpread / spread : 0) + wantedMean;

    private static OpponentColour[] Colours(ReadOnlySpan<float> picture)
    {
        int plane = picture.Length / 3;
        OpponentColour[] colours = new OpponentColour[plane];
        for (int i = 0; i < plane; i++)
            colours[i] = OpponentColour.FromRgb(picture[i], picture[plane + i], picture[(2 * plane) + i]);
        return colours;
    }

    private static (OpponentColour Mean, OpponentColour Spread) Statistics(OpponentColour[] colours)
    {
        OpponentColour mean = new(colours.Average(c => c.Light), colours.Average(c => c.YellowBlue), colours.Average(c => c.RedGreen));
        return (mean, new OpponentColour(Spread(c => c.Light - mean.Light), Spread(c => c.YellowBlue - mean.YellowBlue), Spread(c => c.RedGreen - mean.RedGreen)));

        double Spread(Func<OpponentColour, double> distance) => Math.Sqrt(colours.Average(c => distance(c) * distance(c)));
    }
}
