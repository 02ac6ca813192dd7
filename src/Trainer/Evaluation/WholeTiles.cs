namespace Realtime.Trainer.Evaluation;

/// <summary>Pictures that are a whole number of tiles, without overlap: [N, 3, H, W] to [N * tiles, 3, S, S], row by row of tiles, and back.</summary>
internal static class WholeTiles
{
    /// <summary>Cuts pictures into tiles.</summary>
    /// <param name="pictures">[N, 3, H, W].</param>
    /// <param name="width">W, a multiple of S.</param>
    /// <param name="height">H, a multiple of S.</param>
    /// <param name="size">Edge length S of a tile.</param>
    /// <param name="tiles">At least as long as <paramref name="pictures"/>.</param>
    public static void Cut(ReadOnlySpan<float> pictures, int width, int height, int size, Span<float> tiles)
    {
        for (int row = 0; row < pictures.Length / size; row++)
            pictures.Slice(InPicture(row, width, height, size), size).CopyTo(tiles[(row * size)..]);
    }

    /// <summary>Puts tiles together again; the sizes are those of <see cref="Cut"/>.</summary>
    public static void Join(ReadOnlySpan<float> tiles, int width, int height, int size, Span<float> pictures)
    {
        for (int row = 0; row < pictures.Length / size; row++)
            tiles.Slice(row * size, size).CopyTo(pictures[InPicture(row, width, height, size)..]);
    }

    // Where the row-th run of S pixels among the tiles begins in the pictures.
    private static int InPicture(int row, int width, int height, int size)
    {
        int columns = width / size, tiles = columns * (height / size);
        int tile = row / (3 * size), line = row % (3 * size);
        int n = tile / tiles, y = (tile % tiles / columns * size) + (line % size), x = tile % columns * size;
        return ((((n * 3) + (line / size)) * height) + y) * width + x;
    }
}
