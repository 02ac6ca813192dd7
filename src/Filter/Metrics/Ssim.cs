namespace Realtime.Filter.Metrics;

/// <summary>
/// Structural similarity (Wang et al. 2004, equation 13): 11x11 Gaussian window of deviation 1.5, K1 = 0.01, K2 = 0.03, the mean over every
/// place where the window lies inside the picture, and over the channels. 1 where the pictures are equal.
/// </summary>
public static class Ssim
{
    /// <summary>Edge of the window; smaller pictures have no SSIM.</summary>
    public const int Window = 11;

    private const double Deviation = 1.5;
    private const double C1 = 0.01 * 0.01;
    private const double C2 = 0.03 * 0.03;

    private static readonly double[] Weights = Gaussian();

    /// <summary>Compares two pictures in [0, 1].</summary>
    /// <param name="first">[C, H, W], any number of channels.</param>
    /// <param name="second">[C, H, W].</param>
    /// <param name="width">W, at least 11 pixels.</param>
    /// <param name="height">H, at least 11 pixels.</param>
    public static double Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, Window);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, Window);
        ArgumentOutOfRangeException.ThrowIfZero(first.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        int plane = width * height;
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length % plane, 0, nameof(first));
        double sum = 0;
        for (int at = 0; at < first.Length; at += plane)
            sum += OfPlane(first.Slice(at, plane), second.Slice(at, plane), width, height);
        return sum / (first.Length / plane);
    }

    private static double OfPlane(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, int height)
    {
        int places = (width - Window + 1) * (height - Window + 1);
        double[] x = new double[first.Length], y = new double[first.Length], xx = new double[first.Length], yy = new double[first.Length], xy = new double[first.Length];
        for (int i = 0; i < first.Length; i++)
            (x[i], y[i], xx[i], yy[i], xy[i]) = (first[i], second[i], (double)first[i] * first[i], (double)second[i] * second[i], (double)first[i] * second[i]);

        double[] meanX = Smooth(x, width), meanY = Smooth(y, width), meanXX = Smooth(xx, width), meanYY = Smooth(yy, width), meanXY = Smooth(xy, width);
        double sum = 0;
        for (int i = 0; i < places; i++)
        {
            double squares = (meanX[i] * meanX[i]) + (meanY[i] * meanY[i]), product = meanX[i] * meanY[i];
            double variances = meanXX[i] + meanYY[i] - squares, covariance = meanXY[i] - product;
            sum += ((2 * product) + C1) * ((2 * covariance) + C2) / ((squares + C1) * (variances + C2));
        }

        return sum / places;
    }

    /// <summary>The window's weighted means, rows and then columns: [H - 10, W - 10].</summary>
    private static double[] Smooth(double[] plane, int width)
    {
        int height = plane.Length / width, smallWidth = width - Window + 1, smallHeight = height - Window + 1;
        double[] rows = new double[smallWidth * height], means = new double[smallWidth * smallHeight];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int tap = 0; tap < Window; tap++)
                rows[i] += Weights[tap] * plane[(i / smallWidth * width) + (i % smallWidth) + tap];
        }

        for (int i = 0; i < means.Length; i++)
        {
            for (int tap = 0; tap < Window; tap++)
                means[i] += Weights[tap] * rows[i + (tap * smallWidth)];
        }

        return means;
    }

    private static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(-Window / 2, Window).Select(at => Math.Exp(-at * at / (2 * Deviation * Deviation)))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
