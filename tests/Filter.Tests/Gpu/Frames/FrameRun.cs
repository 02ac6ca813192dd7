using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Graph;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>What came out of a graph that purified frames of waves and noise, each of its own.</summary>
internal sealed record FrameRun(FrameGraphResult Result, string? Failure, IReadOnlyList<FrameRun.Frame> Frames)
{
    public static FrameFormat Format(int width, int height) => new(width, height, new TimeBase(1, 25), 25, null);

    public static FrameRun Of(ITilePurifier purifier, FrameFormat format, int count, int overlap = 4, bool singleThreaded = false)
    {
        using PurifyPipeline pipeline = new(format, purifier, overlap);
        using FakeSource source = new(count, format);
        using FakeStage texture = new("texture", (slot, _) => Texture(slot.Raw, format.Width, (int)slot.Id));
        List<Frame> frames = [];
        using FakeSink sink = new() { OnWrite = (slot, _) => frames.Add(new Frame(slot.Id, [.. slot.Raw], [.. slot.Purified], slot.IsPurified)) };
        FrameGraph graph = new(source, [texture, .. pipeline.Stages], sink, FramePicture.Purified, new FrameGraphOptions(SingleThreaded: singleThreaded));
        return new FrameRun(graph.Run(CancellationToken.None), pipeline.FirstFailure, frames);
    }

    /// <summary>Fills [H, W, 3] with a picture that only frame <paramref name="id"/> has.</summary>
    public static void Texture(Span<byte> frame, int width, int id)
    {
        Random random = new(id);
        double across = 0.1 + (0.2 * random.NextDouble()), down = 0.1 + (0.2 * random.NextDouble());
        for (int i = 0; i < frame.Length; i++)
        {
            int pixel = i / 3;
            double wave = Math.Sin((pixel % width * across) + (pixel / width * down) + (i % 3));
            frame[i] = (byte)Math.Clamp(128 + (100 * wave) + random.Next(-30, 31), 0, 255);
        }
    }

    internal sealed record Frame(long Id, byte[] Raw, byte[] Purified, bool IsPurified);
}
