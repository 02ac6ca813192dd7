using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>The shape eta of the Square attack in L2 (Andriushchenko et al. 2020, equation 2): two halves, each a pyramid of nested rectangles, with opposite signs, of length 1.</summary>
internal static class SquarePyramids
{
    /// <summary>Fills a square, upright or on its side by chance.</summary>
    /// <param name="shape">[side, side].</param>
    /// <param name="side">At least 1.</param>
    /// <param name="random">The source of chance.</param>
    public static void Fill(Span<float> shape, int side, Random random)
    {
        shape.Clear();
        bool onItsSide = random.Next(2) == 1;
        int half = side / 2;
        Pyramid(shape, 0, half, side, 1, onItsSide);
        Pyramid(shape, half, side - half, side, -1, onItsSide);
        TensorPrimitives.Divide(shape, TensorPrimitives.Norm<float>(shape), shape);
    }

    /// <summary>Adds 1 / (m + 1)^2 over the rectangle that reaches m pixels around the middle, for every m, and makes the half's length 1.</summary>
    private static void Pyramid(Span<float> shape, int first, int rows, int columns, float sign, bool onItsSide)
    {
        if (rows == 0)
            return;
        int middleRow = rows / 2, middleColumn = columns / 2;
        double squares = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int y = 0; y < rows; y++)
            {
                for (int x = 0; x < columns; x++)
                {
                    ref float value = ref shape[onItsSide ? (x * columns) + first + y : ((first + y) * columns) + x];
                    if (pass == 1)
                    {
                        value *= sign / (float)Math.Sqrt(squares);
                        continue;
                    }

                    int reach = Math.Max(rows, columns) / 2;
                    for (int m = Math.Max(Math.Abs(y - middleRow), Math.Abs(x - middleColumn)); m <= reach; m++)
                        value += 1f / ((m + 1) * (m + 1));
                    squares += (double)value * value;
                }
            }
        }
    }
}
