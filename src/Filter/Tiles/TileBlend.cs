using System.Numerics;
using System.Runtime.InteropServices;

namespace Realtime.Filter.Tiles;

/// <summary>
/// Puts tiles together to a frame: the weighted sum where they overlap, in floats, rounded once at the end. Works pixel row by pixel row, and
/// always adds the tiles over a pixel in the same order, so that a part blended again equals the whole blended at once. Owns its scratch memory;
/// used from one thread; allocates nothing per frame.
/// </summary>
/// <remarks>[N, 3, S, S] floats in [0, 1] -> [H, W, 3] bytes.</remarks>
public sealed class TileBlend
{
    private readonly TileGrid grid;
    private readonly int paddedWidth;
    private readonly float[] sums;                      // [3, paddedWidth]: one pixel row
    private readonly (int Left, int Right)[] changed;   // [Rows] the pixels from the first to behind the last new tile of a row of tiles
    private readonly int[] everyTile;

    /// <summary>Prepares for the frames of one size.</summary>
    public TileBlend(TileGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        this.grid = grid;
        paddedWidth = grid.PaddedWidth;
        sums = new float[3 * paddedWidth];
        changed = new (int, int)[grid.Rows];
        everyTile = [.. Enumerable.Range(0, grid.Count)];
    }

    /// <summary>Fills <paramref name="frame"/> from <paramref name="tiles"/>; values outside [0, 1] are clamped.</summary>
    /// <param name="tiles">[N, 3, S, S].</param>
    /// <param name="frame">[H, W, 3].</param>
    public void Blend(ReadOnlySpan<float> tiles, Span<byte> frame) => Blend(tiles, everyTile, frame);

    /// <summary>Brings <paramref name="frame"/> up to date where some tiles are new.</summary>
    /// <param name="tiles">[N, 3, S, S], all of them.</param>
    /// <param name="positions">The numbers of those that changed since <paramref name="frame"/> was filled, ascending.</param>
    /// <param name="frame">[H, W, 3].</param>
    public void Blend(ReadOnlySpan<float> tiles, ReadOnlySpan<int> positions, Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, grid.Width * grid.Height * 3);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiles.Length, grid.Count * grid.TileLength);
        if (positions.IsEmpty)
            return;
        Mark(positions);
        for (int y = 0; y < grid.Height; y++)
        {
            int lowest = Math.Min(grid.Rows - 1, y / grid.Stride), highest = FirstOver(y);
            int left = paddedWidth, right = 0;
            for (int row = highest; row <= lowest; row++)
                (left, right) = (Math.Min(left, changed[row].Left), Math.Max(right, changed[row].Right));
            if (left < Math.Min(right, grid.Width))
                BlendRow(tiles, y, (highest, lowest), (left, Math.Min(right, grid.Width)), frame.Slice(y * grid.Width * 3, grid.Width * 3));
        }
    }

    private void Mark(ReadOnlySpan<int> positions)
    {
        Array.Fill(changed, (paddedWidth, 0));
        foreach (int tile in positions)
        {
            int row = tile / grid.Columns, x = tile % grid.Columns * grid.Stride;
            changed[row] = (Math.Min(changed[row].Left, x), Math.Max(changed[row].Right, x + grid.TileSize));
        }
    }

    // The first row (column) of tiles that reaches over pixel row (column) `at`.
    private int FirstOver(int at) => Math.Max(0, (at - grid.TileSize + grid.Stride) / grid.Stride);

    private void BlendRow(ReadOnlySpan<float> tiles, int y, (int First, int Last) rows, (int Left, int Right) span, Span<byte> target)
    {
        int first = FirstOver(span.Left), last = Math.Min(grid.Columns - 1, (span.Right - 1) / grid.Stride);
        int size = grid.TileSize, begin = first * grid.Stride, length = (last * grid.Stride) + size - begin;
        Span<float> red = sums.AsSpan(begin, length), green = sums.AsSpan(paddedWidth + begin, length), blue = sums.AsSpan((2 * paddedWidth) + begin, length);
        red.Clear();
        green.Clear();
        blue.Clear();
        for (int row = rows.First; row <= rows.Last; row++)
        {
            int i = y - (row * grid.Stride);
            float weight = grid.RowWeights(row)[i];
            int at = (((row * grid.Columns) + first) * grid.TileLength) + (i * size);
            for (int column = first; column <= last; column++, at += grid.TileLength)
            {
                ReadOnlySpan<float> weights = grid.ColumnWeights(column);
                int x = (column * grid.Stride) - begin;
                AddWeighted(red.Slice(x, size), tiles.Slice(at, size), weights, weight);
                AddWeighted(green.Slice(x, size), tiles.Slice(at + (size * size), size), weights, weight);
                AddWeighted(blue.Slice(x, size), tiles.Slice(at + (2 * size * size), size), weights, weight);
            }
        }

        int skip = span.Left - begin;
        PlanarPixels.Pack(red[skip..], green[skip..], blue[skip..], target[(span.Left * 3)..(span.Right * 3)]);
    }

    private static void AddWeighted(Span<float> sum, ReadOnlySpan<float> values, ReadOnlySpan<float> weights, float weight)
    {
        int at = 0;
        ref float target = ref MemoryMarshal.GetReference(sum);
        ref float value = ref MemoryMarshal.GetReference(values);
        ref float window = ref MemoryMarshal.GetReference(weights);
        for (; at <= sum.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector<float> weighted = Vector.LoadUnsafe(ref value, (nuint)at) * (Vector.LoadUnsafe(ref window, (nuint)at) * weight);
            (Vector.LoadUnsafe(ref target, (nuint)at) + weighted).StoreUnsafe(ref target, (nuint)at);
        }

        for (; at < sum.Length; at++)
            sum[at] += values[at] * weights[at] * weight;
    }
}
