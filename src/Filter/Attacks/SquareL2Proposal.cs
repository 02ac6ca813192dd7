using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Square attack in L2 (Andriushchenko et al. 2020, algorithm 3): the change of one window is given up, and its length and what is left of
/// the budget go into another window, shaped as two opposite pyramids of nested squares.
/// </summary>
internal sealed class SquareL2Proposal(float epsilon, int width, int height) : ISquareProposal
{
    private const int Channels = 3;
    private const int StartTiles = 5;

    private readonly float[] delta = new float[Channels * width * height];

    public void Start(ReadOnlySpan<float> clean, Span<float> candidate, Random random)
    {
        int side = Math.Max(1, Math.Min(width, height) / StartTiles), each = delta.Length;
        float[] shape = new float[side * side];
        for (int at = 0; at < clean.Length; at += each)
        {
            Array.Clear(delta);
            for (int top = (height % side) / 2; top + side <= height; top += side)
            {
                for (int left = (width % side) / 2; left + side <= width; left += side)
                {
                    for (int channel = 0; channel < Channels; channel++)
                    {
                        SquarePyramids.Fill(shape, side, random);
                        float sign = Sign(random);
                        for (int y = 0; y < side; y++)
                            TensorPrimitives.Multiply(shape.AsSpan(y * side, side), sign, delta.AsSpan(Row(channel, top + y, left), side));
                    }
                }
            }

            Finish(clean.Slice(at, each), candidate.Slice(at, each));
        }
    }

    public void Propose(ReadOnlySpan<float> clean, ReadOnlySpan<float> best, Span<float> candidate, double share, Random random)
    {
        int side = SquareSchedule.Side(share, width, height, least: Math.Min(3, Math.Min(width, height))), each = delta.Length;
        if (side % 2 == 0 && side < Math.Min(width, height))
            side++;
        (int top, int left) = (Place(height - side, random), Place(width - side, random));
        (int oldTop, int oldLeft) = (Place(height - side, random), Place(width - side, random));
        float[] shape = new float[side * side];
        for (int at = 0; at < clean.Length; at += each)
        {
            TensorPrimitives.Subtract(best.Slice(at, each), clean.Slice(at, each), delta);
            double unused = Math.Max(0, ((double)epsilon * epsilon) - SumOfSquares(delta)) / Channels;
            for (int channel = 0; channel < Channels; channel++)
            {
                SquarePyramids.Fill(shape, side, random);
                float sign = Sign(random);
                double now = WindowSquares(channel, top, left, side), both = now + WindowSquares(channel, oldTop, oldLeft, side) - Shared(channel, top, left, oldTop, oldLeft, side);
                float scale = (float)(1 / (1e-12 + Math.Sqrt(now)));
                for (int y = 0; y < side; y++)
                {
                    Span<float> row = shape.AsSpan(y * side, side);
                    TensorPrimitives.Multiply(row, sign, row);
                    TensorPrimitives.MultiplyAdd(delta.AsSpan(Row(channel, top + y, left), side), scale, row, row);
                }

                float length = (float)(Math.Sqrt(unused + both) / (1e-12 + Math.Sqrt(SumOfSquares(shape))));
                for (int y = 0; y < side; y++)
                    delta.AsSpan(Row(channel, oldTop + y, oldLeft), side).Clear();
                for (int y = 0; y < side; y++)
                    TensorPrimitives.Multiply(shape.AsSpan(y * side, side), length, delta.AsSpan(Row(channel, top + y, left), side));
            }

            Finish(clean.Slice(at, each), candidate.Slice(at, each));
        }
    }

    private static float Sign(Random random) => random.Next(2) == 0 ? -1 : 1;

    private static int Place(int room, Random random) => (int)(random.NextDouble() * room);

    private static double SumOfSquares(ReadOnlySpan<float> values) => TensorPrimitives.SumOfSquares(values);

    private int Row(int channel, int y, int x) => (((channel * height) + y) * width) + x;

    private double WindowSquares(int channel, int top, int left, int side) => Squares(channel, top, left, side, side);

    private double Shared(int channel, int top, int left, int oldTop, int oldLeft, int side)
    {
        int rows = side - Math.Abs(top - oldTop), columns = side - Math.Abs(left - oldLeft);
        return rows <= 0 || columns <= 0 ? 0 : Squares(channel, Math.Max(top, oldTop), Math.Max(left, oldLeft), columns, rows);
    }

    private double Squares(int channel, int top, int left, int columns, int rows)
    {
        double sum = 0;
        for (int y = top; y < top + rows; y++)
            sum += SumOfSquares(delta.AsSpan(Row(channel, y, left), columns));
        return sum;
    }

    /// <summary>candidate = clip(clean + epsilon * delta / |delta|).</summary>
    private void Finish(ReadOnlySpan<float> clean, Span<float> candidate)
    {
        float norm = TensorPrimitives.Norm<float>(delta);
        TensorPrimitives.MultiplyAdd(delta, norm > 0 ? epsilon / norm : 0, clean, candidate);
        TensorPrimitives.Max(candidate, 0f, candidate);
        TensorPrimitives.Min(candidate, 1f, candidate);
    }
}
