namespace Realtime.Filter.Serve;

/// <summary>
/// Splits the room of a batch among streams: each gets the same, and what one does not need goes to the others (max-min fairness: D. Bertsekas, R. Gallager, Data
/// Networks, section 6.5.2). All tiles cost the same, so that shares of tiles are shares of time.
/// </summary>
internal static class FairShares
{
    /// <summary>Tiles of the next batch: as few batches as <paramref name="most"/> allows, all of about one size.</summary>
    /// <param name="waiting">Tiles that wait, at least 1.</param>
    /// <param name="most">The most tiles of a batch, at least 1.</param>
    public static int BatchOf(int waiting, int most)
    {
        int batches = (waiting + most - 1) / most;
        return (waiting + batches - 1) / batches;
    }

    /// <summary>Splits.</summary>
    /// <param name="waiting">[streams] tiles that wait.</param>
    /// <param name="shares">[streams] gets the tiles of each in the batch, never more than wait.</param>
    /// <param name="room">Tiles of the batch.</param>
    /// <param name="first">The stream that comes first where room does not split evenly; to be another one each time.</param>
    public static void Split(ReadOnlySpan<int> waiting, Span<int> shares, int room, int first)
    {
        shares.Clear();
        int open = waiting.Length - waiting.Count(0);
        while (room > 0 && open > 0)
        {
            int each = Math.Max(1, room / open);
            open = 0;
            for (int i = 0; i < waiting.Length; i++)
            {
                int stream = (first + i) % waiting.Length;
                int taken = Math.Min(room, Math.Min(each, waiting[stream] - shares[stream]));
                shares[stream] += taken;
                room -= taken;
                if (shares[stream] < waiting[stream])
                    open++;
            }
        }
    }
}
