namespace Realtime.Filter.Plots;

/// <summary>The rectangle the data is drawn in, and its two scales.</summary>
/// <param name="Left">Left edge, pixels of the chart.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="FirstX">Value at the left edge.</param>
/// <param name="LastX">Value at the right edge.</param>
/// <param name="LeastY">Value at the lower edge.</param>
/// <param name="MostY">Value at the upper edge.</param>
internal sealed record ChartArea(double Left, double Top, double Width, double Height, double FirstX, double LastX, double LeastY, double MostY)
{
    /// <summary>Right edge.</summary>
    public double Right => Left + Width;

    /// <summary>Lower edge.</summary>
    public double Bottom => Top + Height;

    /// <summary>Column of a value.</summary>
    public double X(double value) => Left + ((value - FirstX) / (LastX - FirstX) * Width);

    /// <summary>Row of a value, kept within the rectangle.</summary>
    public double Y(double value) => Bottom - ((Math.Clamp(value, LeastY, MostY) - LeastY) / (MostY - LeastY) * Height);
}
