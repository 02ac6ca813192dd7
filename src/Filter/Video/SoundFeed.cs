using Realtime.Filter.Frames;
using Realtime.Filter.Video.Nut;

namespace Realtime.Filter.Video;

/// <summary>
/// Hands an encoder the sound that belongs before each picture. Sound that comes a little late is waited for by the muxer, which needs both in order; where none came for
/// a second, silence stands for it, so that pictures are never held back for long.
/// </summary>
internal sealed class SoundFeed
{
    private const int Patience = SoundTrack.Rate;
    private const int Ahead = SoundTrack.Rate / 2;          // pictures come later than their sound: they are purified
    private const int LongestSilence = 10 * SoundTrack.Rate;    // longer ones are a gap in the time stamps

    private readonly SoundTrack track;
    private readonly TimeBase unit;
    private readonly long start;
    private readonly byte[] samples = new byte[SoundTrack.SampleBytes * 1024];
    private long next;

    /// <summary>Leaves out what came before the encoder's first picture.</summary>
    /// <param name="track">Where sound comes from.</param>
    /// <param name="unit">The unit of the time stamps.</param>
    /// <param name="origin">The track's time that the encoder counts from.</param>
    public SoundFeed(SoundTrack track, TimeBase unit, long origin)
    {
        this.track = track;
        this.unit = unit;
        start = next = SoundTrack.PlaceOf(origin, unit);
        track.SkipTo(start);
    }

    /// <summary>Writes the sound up to a picture, and what has come of the time shortly after it.</summary>
    /// <param name="writer">The encoder's.</param>
    /// <param name="pts">The picture's time stamp; the encoder's first one has 0.</param>
    public void WriteTo(NutWriter writer, long pts)
    {
        long picture = start + SoundTrack.PlaceOf(pts, unit);
        while (track.Take(samples, picture + Ahead, out long at) is > 0 and int length)
        {
            writer.WriteSound(at - start, samples.AsSpan(0, length));
            next = at + (length / SoundTrack.SampleBytes);
        }

        if (picture - Math.Max(track.Newest, start) <= Patience || next >= picture)
            return;
        Array.Clear(samples);
        next = Math.Max(next, picture - LongestSilence);
        for (int count; next < picture; next += count)
        {
            count = (int)Math.Min(picture - next, samples.Length / SoundTrack.SampleBytes);
            writer.WriteSound(next - start, samples.AsSpan(0, count * SoundTrack.SampleBytes));
        }

        track.SkipTo(next);
    }
}
