namespace Realtime.Filter.Corruptions;

/// <summary>
/// The decorrelated colours of Ruderman et al. as Reinhard et al. 2001 use them: RGB to cone responses (equation 4), their logarithm, and from
/// there brightness l, yellow to blue alpha and red to green beta (equation 6).
/// </summary>
/// <param name="Light">l.</param>
/// <param name="YellowBlue">alpha.</param>
/// <param name="RedGreen">beta.</param>
internal readonly record struct OpponentColour(double Light, double YellowBlue, double RedGreen)
{
    // A quarter of an 8-bit level: black has no logarithm.
    private const double Darkest = 0.001;

    private static readonly double[] ToCones = [0.3811, 0.5783, 0.0402, 0.1967, 0.7244, 0.0782, 0.0241, 0.1288, 0.8444];

    // The inverse itself; the paper's equation 9 prints it rounded, which would change a picture that takes its own colours.
    private static readonly double[] FromCones = Inverse(ToCones);

    /// <summary>From RGB in [0, 1].</summary>
    public static OpponentColour FromRgb(float red, float green, float blue)
    {
        (double l, double m, double s) = Multiply(ToCones, red, green, blue);
        (l, m, s) = (Math.Log10(Math.Max(l, Darkest)), Math.Log10(Math.Max(m, Darkest)), Math.Log10(Math.Max(s, Darkest)));
        return new OpponentColour((l + m + s) / Math.Sqrt(3), (l + m - (2 * s)) / Math.Sqrt(6), (l - m) / Math.Sqrt(2));
    }

    /// <summary>To RGB, clamped to [0, 1].</summary>
    public (float Red, float Green, float Blue) ToRgb()
    {
        double light = Light / Math.Sqrt(3), yellowBlue = YellowBlue / Math.Sqrt(6), redGreen = RedGreen / Math.Sqrt(2);
        (double red, double green, double blue) = Multiply(
            FromCones, Math.Pow(10, light + yellowBlue + redGreen), Math.Pow(10, light + yellowBlue - redGreen), Math.Pow(10, light - (2 * yellowBlue)));
        return ((float)Math.Clamp(red, 0, 1), (float)Math.Clamp(green, 0, 1), (float)Math.Clamp(blue, 0, 1));
    }

    private static (double X, double Y, double Z) Multiply(double[] m, double x, double y, double z) =>
        ((m[0] * x) + (m[1] * y) + (m[2] * z), (m[3] * x) + (m[4] * y) + (m[5] * z), (m[6] * x) + (m[7] * y) + (m[8] * z));

    private static double[] Inverse(double[] m)
    {
        double Minor(int a, int b, int c, int d) => (m[a] * m[d]) - (m[b] * m[c]);
        double[] adjugate =
        [
            Minor(4, 5, 7, 8), -Minor(1, 2, 7, 8), Minor(1, 2, 4, 5),
            -Minor(3, 5, 6, 8), Minor(0, 2, 6, 8), -Minor(0, 2, 3, 5),
            Minor(3, 4, 6, 7), -Minor(0, 1, 6, 7), Minor(0, 1, 3, 4),
        ];
        double determinant = (m[0] * adjugate[0]) + (m[1] * adjugate[3]) + (m[2] * adjugate[6]);
        return [.. adjugate.Select(value => value / determinant)];
    }
}
