using Realtime.Filter.Frames;
using Realtime.Filter.Live;

namespace Realtime.Filter.Tests.Live;

/// <summary>Reads a live input as the graph would, and keeps what a test asks about.</summary>
internal sealed class Reading
{
    public List<long> Pts { get; } = [];

    public List<byte[]> Pictures { get; } = [];

    public List<string> Log { get; } = [];

    public LiveCounts Counts { get; } = new();

    public FrameFormat? Format { get; private set; }

    /// <summary>Reads to the end, or to <paramref name="frames"/>, without dropping any.</summary>
    public Reading Run(string input, LiveOptions options, int frames = int.MaxValue, TimeProvider? time = null)
    {
        using ReconnectingSource source = new(LiveInput.Parse(input), options with { Policy = LatencyPolicy.Smooth }, Counts, Log.Add, time);
        using CountedSource counted = new(source, Counts, CancellationToken.None);
        Format = source.Format;
        FrameSlot slot = new(source.Format);
        while (Pts.Count < frames && counted.TryRead(slot, CancellationToken.None))
        {
            Pts.Add(slot.Pts);
            Pictures.Add((byte[])slot.Raw.Clone());
        }

        return this;
    }
}
