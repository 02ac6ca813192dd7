using System.Numerics;
using System.Runtime.InteropServices;

namespace Realtime.Filter.Tiles;

/// <summary>
/// Puts tiles together to a frame: the weighted sum where they overlap, in floats, rounded once at the end. Owns its scratch memory; used
/// from one thread; allocates nothing per frame.
/// </summary>
/// <remarks>[N, 3, S, S] floats in [0, 1] -> [H, W, 3] bytes.</remarks>
public sealed class TileBlend
{
    private readonly TileGrid grid;
    private readonly int paddedWidth;
    private readonly float[] band;   // [S, 3, paddedWidth]: sums of the pixel rows under one row of tiles; row y lies at y % S

    /// <summary>Prepares for the frames of one size.</summary>
    public TileBlend(TileGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        this.grid = grid;
        paddedWidth = grid.PaddedWidth;
        band = new float[grid.TileSize * 3 * paddedWidth];
    }

    /// <summary>Fills <paramref name="frame"/> from <paramref name="tiles"/>; values outside [0, 1] are clamped.</summary>
    /// <param name="tiles">[N, 3, S, S].</param>
    /// <param name="frame">[H, W, 3].</param>
    public void Blend(ReadOnlySpan<float> tiles, Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, grid.Width * grid.Height * 3);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiles.Length, grid.Count * grid.TileLength);
        Array.Clear(band);
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int column = 0; column < grid.Columns; column++)
                AddTile(row, column, tiles.Slice(((row * grid.Columns) + column) * grid.TileLength, grid.TileLength));

            // Later tiles begin one stride further down: the rows above are whole.
            int top = row * grid.Stride;
            int bottom = Math.Min(row == grid.Rows - 1 ? grid.Height : top + grid.Stride, grid.Height);
            for (int y = top; y < bottom; y++)
                StoreRow(y, frame.Slice(y * grid.Width * 3, grid.Width * 3));
        }
    }

    private void AddTile(int row, int column, ReadOnlySpan<float> tile)
    {
        int size = grid.TileSize;
        ReadOnlySpan<float> horizontal = grid.ColumnWeights(column);
        ReadOnlySpan<float> vertical = grid.RowWeights(row);
        for (int i = 0; i < size; i++)
        {
            int y = ((row * grid.Stride) + i) % size;
            for (int channel = 0; channel < 3; channel++)
            {
                AddWeighted(
                    band.AsSpan((((y * 3) + channel) * paddedWidth) + (column * grid.Stride), size),
                    tile.Slice(((channel * size) + i) * size, size),
                    horizontal,
                    vertical[i]);
            }
        }
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

    private void StoreRow(int y, Span<byte> row)
    {
        Span<float> sums = band.AsSpan(y % grid.TileSize * 3 * paddedWidth, 3 * paddedWidth);
        PlanarPixels.Pack(sums, sums[paddedWidth..], sums[(2 * paddedWidth)..], row);
        sums.Clear();   // the row of tiles below adds to this memory next
    }
}
