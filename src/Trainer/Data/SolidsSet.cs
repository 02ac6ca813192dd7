using Realtime.Filter.Solids;

namespace Realtime.Trainer.Data;

/// <summary>Renders the built-in solids pictures into memory, on all cores.</summary>
public static class SolidsSet
{
    private const int PicturesAChunk = 1000;        // one array of all pictures would pass the 2 GB limit

    /// <summary>Renders <paramref name="count"/> pictures of the sequence <paramref name="seed"/>.</summary>
    public static IPictureSet Render(string name, ulong seed, int count, CancellationToken cancellation = default)
    {
        const int Size = SolidsPictures.Size;
        const int Record = 1 + 3 * Size * Size;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<byte[]> chunks = [];
        for (int start = 0; start < count; start += PicturesAChunk)
            chunks.Add(new byte[Math.Min(PicturesAChunk, count - start) * Record]);

        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, () => new byte[3 * Size * Size], (i, _, packed) =>
        {
            Span<byte> record = chunks[i / PicturesAChunk].AsSpan(i % PicturesAChunk * Record, Record);
            record[0] = (byte)SolidsPictures.Render(seed, i, Size, Size, packed);
            Span<byte> planes = record[1..];
            for (int p = 0; p < Size * Size; p++)
            {
                planes[p] = packed[3 * p];
                planes[Size * Size + p] = packed[3 * p + 1];
                planes[2 * Size * Size + p] = packed[3 * p + 2];
            }

            return packed;
        }, _ => { });
        return new MemoryPictureSet(name, Size, SolidsPictures.Labels, chunks);
    }
}
