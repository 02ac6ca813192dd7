namespace Realtime.Filter.Video;

/// <summary>
/// The sound of a live run, between the thread that brings it and the one that writes it: 16-bit stereo at 48 kHz, every sample at its place in the time of
/// the pictures. It holds ten seconds; what nobody takes is overwritten and counted, so that neither side waits for the other. Where nothing came is silence.
/// </summary>
public sealed class SoundTrack
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 48000;

    /// <summary>Left and right.</summary>
    public const int Channels = 2;

    /// <summary>Bytes of one sample of all channels.</summary>
    public const int SampleBytes = Channels * sizeof(short);

    private const int Capacity = 10 * Rate;
    private const int Tolerance = Rate / 25;    // 40 ms, which nobody sees or hears: time stamps are rounded, and a gap of one sample is a click

    private readonly object gate = new();
    private readonly byte[] ring = new byte[Capacity * SampleBytes];
    private long start;         // the samples from start to end have been written and not taken
    private long end;
    private long newest;
    private long lost;

    /// <summary>Behind the last sample that came; silence does not count.</summary>
    public long Newest
    {
        get
        {
            lock (gate)
                return newest;
        }
    }

    /// <summary>Sound that came and went nowhere: the output was away, or it came too late.</summary>
    public TimeSpan Lost => TimeSpan.FromSeconds((double)Interlocked.Read(ref lost) / Rate);

    /// <summary>The place of the sample at a time.</summary>
    /// <param name="pts">Time stamp.</param>
    /// <param name="unit">Its unit.</param>
    internal static long PlaceOf(long pts, Frames.TimeBase unit) => (long)((Int128)pts * unit.Numerator * Rate / unit.Denominator);

    /// <summary>Appends sound.</summary>
    /// <param name="at">Place of its first sample; 0 is at the first picture of the run.</param>
    /// <param name="samples">Left and right in turn, little-endian.</param>
    public void Write(long at, ReadOnlySpan<byte> samples)
    {
        lock (gate)
        {
            if (Math.Abs(at - end) <= Tolerance)
                at = end;
            int late = (int)Math.Clamp(end - at, 0, samples.Length / SampleBytes);
            if (at >= 0)
                Lose(late);
            at += late;
            samples = samples[(late * SampleBytes)..];
            if (samples.IsEmpty)
                return;
            newest = at + (samples.Length / SampleBytes);
            Forget(newest - Capacity);
            for (long silent = end; silent < at; silent++)
                Place(silent).Clear();
            for (end = at; end < newest; end++, samples = samples[SampleBytes..])
                samples[..SampleBytes].CopyTo(Place(end));
        }
    }

    /// <summary>Takes the oldest sound.</summary>
    /// <param name="samples">Receives as much as it holds.</param>
    /// <param name="limit">The place to stop at.</param>
    /// <param name="at">Place of the first sample.</param>
    /// <returns>Bytes; 0 where there is none yet.</returns>
    public int Take(Span<byte> samples, long limit, out long at)
    {
        lock (gate)
        {
            at = start;
            int length = 0;
            for (; start < Math.Min(end, limit) && length + SampleBytes <= samples.Length; start++, length += SampleBytes)
                Place(start).CopyTo(samples[length..]);
            return length;
        }
    }

    /// <summary>Leaves out all that lies before a place, whether or not it has come.</summary>
    public void SkipTo(long place)
    {
        lock (gate)
            Forget(place);
    }

    /// <summary>Counts samples that found no place.</summary>
    public void Lose(long samples) => Interlocked.Add(ref lost, samples);

    private void Forget(long before)
    {
        if (before <= start)
            return;
        Lose(Math.Min(before, end) - start);
        start = before;
        end = Math.Max(end, start);
    }

    private Span<byte> Place(long sample) => ring.AsSpan((int)(sample % Capacity) * SampleBytes, SampleBytes);
}
