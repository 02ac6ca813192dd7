using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Graph;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Purifiers;

/// <summary>Takes given pictures through a pipeline.</summary>
internal sealed record PurifiedStream(List<byte[]> Pictures, List<bool> IsPurified, TileCounts Tiles)
{
    /// <summary>Purifies <paramref name="frames"/>, each [height, width, 3].</summary>
    public static PurifiedStream Of(ITilePurifier purifier, IReadOnlyList<byte[]> frames, int width, int height, int overlap, int? tolerance, bool singleThreaded = false)
    {
        FrameFormat format = new(width, height, new TimeBase(1, 25), 25, frames.Count);
        using PurifyPipeline pipeline = new(format, purifier, overlap, tolerance);
        using FakeSource source = new(frames.Count, format);
        using FakeStage picture = new("picture", (slot, _) => frames[(int)slot.Id].CopyTo(slot.Raw, 0));
        List<byte[]> pictures = [];
        List<bool> isPurified = [];
        using FakeSink sink = new()
        {
            OnWrite = (slot, _) =>
            {
                pictures.Add([.. slot.Purified]);
                isPurified.Add(slot.IsPurified);
            },
        };
        new FrameGraph(source, [picture, .. pipeline.Stages], sink, FramePicture.Purified, new FrameGraphOptions(SingleThreaded: singleThreaded)).Run(CancellationToken.None);
        return new PurifiedStream(pictures, isPurified, pipeline.Tiles!.Value);
    }

    /// <summary>A scene that moves, stands still, changes in small places, jumps back and stands still again.</summary>
    public static byte[][] Scene(int width, int height)
    {
        Random random = new(7);
        byte[] world = new byte[(width + 64) * height * 3];
        random.NextBytes(world);
        List<byte[]> frames = [];
        for (int shift = 0; shift < 4; shift++)
            frames.Add(Crop(shift * 3));
        for (int i = 0; i < 3; i++)
            frames.Add(frames[^1]);
        for (int i = 0; i < 8; i++)
        {
            byte[] next = [.. frames[^1]];
            int x = random.Next(width), y = random.Next(height);
            for (int row = y; row < Math.Min(height, y + 3); row++)
                random.NextBytes(next.AsSpan(((row * width) + x) * 3, 3 * Math.Min(width - x, 5)));
            frames.Add(next);
        }

        frames.Add(frames[1]);
        frames.Add(frames[1]);
        return [.. frames];

        byte[] Crop(int shift)
        {
            byte[] frame = new byte[width * height * 3];
            for (int y = 0; y < height; y++)
                world.AsSpan(((y * (width + 64)) + shift) * 3, width * 3).CopyTo(frame.AsSpan(y * width * 3));
            return frame;
        }
    }
}
