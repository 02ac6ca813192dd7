using static TorchSharp.torch;

namespace Realtime.Trainer.Nets;

/// <summary>The fixed two-dimensional sine-cosine positions of the MAE paper: half of the width encodes the row, half the column.</summary>
public static class PositionEncoding
{
    /// <summary>Positions of a square grid: [1, edge * edge, width].</summary>
    /// <param name="edge">Patches along one edge.</param>
    /// <param name="width">Token width, a multiple of 4.</param>
    public static Tensor Create(int edge, int width)
    {
        if (width % 4 != 0)
            throw new ArgumentException($"The width {width} must be a multiple of 4: sine and cosine of row and column.", nameof(width));
        int frequencies = width / 4;
        float[] values = new float[edge * edge * width];
        for (int row = 0; row < edge; row++)
        {
            for (int column = 0; column < edge; column++)
            {
                Span<float> token = values.AsSpan((row * edge + column) * width, width);
                for (int f = 0; f < frequencies; f++)
                {
                    double omega = Math.Pow(10000, -(double)f / frequencies);
                    token[f] = (float)Math.Sin(row * omega);
                    token[frequencies + f] = (float)Math.Cos(row * omega);
                    token[2 * frequencies + f] = (float)Math.Sin(column * omega);
                    token[3 * frequencies + f] = (float)Math.Cos(column * omega);
                }
            }
        }

        return tensor(values, [1, edge * edge, width]);
    }
}
