using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Video;

namespace Realtime.Viewer.App;

/// <summary>
/// Records what the window shows, each picture with the time at which it was shown. The encoder works on a thread of its own; pictures
/// that it has no room for are left out (counted), so that drawing never waits for it.
/// </summary>
internal sealed class Recorder : IDisposable
{
    private const int Waiting = 3;

    private readonly FrameFormat format;
    private readonly IFrameSink sink;
    private readonly BoundedQueue<FrameSlot> free = new(Waiting);
    private readonly BoundedQueue<FrameSlot> full = new(Waiting);
    private readonly Thread thread;
    private readonly long begin = Stopwatch.GetTimestamp();
    private Exception? fault;
    private long lastPts = -1;

    /// <summary>Begins a file.</summary>
    /// <param name="path">An MP4 or another video file.</param>
    /// <param name="width">Of the window; it must not change while recording.</param>
    /// <param name="height">Of the window.</param>
    public Recorder(string path, int width, int height)
    {
        Path = path;
        format = new FrameFormat(width, height, new TimeBase(1, 1000), 60, null);
        sink = FrameSinks.Create(path, new ShapeOnly(format));
        for (int i = 0; i < Waiting; i++)
            free.Add(new FrameSlot(format), CancellationToken.None);
        thread = new Thread(Write) { Name = "realtime record", IsBackground = true };
        thread.Start();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Pictures in the file.</summary>
    public long Frames { get; private set; }

    /// <summary>Pictures left out because the encoder was behind.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether a window of this size can go on in this file.</summary>
    public bool Fits(int width, int height) => width == format.Width && height == format.Height;

    /// <summary>Takes a picture, unless the encoder is behind.</summary>
    /// <param name="fill">Fills [H, W, 3]; called at once or not at all.</param>
    public void Add(Action<byte[]> fill)
    {
        if (fault is not null)
            return;     // told at the end
        long pts = (long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        if (free.Count == 0 || pts == lastPts || !free.TryTake(out FrameSlot slot, CancellationToken.None))
        {
            Dropped++;
            return;
        }

        fill(slot.Raw);
        slot.Pts = lastPts = pts;
        full.Add(slot, CancellationToken.None);
        Frames++;
    }

    /// <summary>Finishes the file.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Finish()
    {
        full.Complete();
        thread.Join();
        return fault?.Message ?? (Frames == 0 ? "nothing was shown" : null);
    }

    /// <summary>Gives up what is not finished.</summary>
    public void Dispose()
    {
        full.Complete();
        thread.Join();
        sink.Dispose();
    }

    private void Write()
    {
        try
        {
            while (full.TryTake(out FrameSlot slot, CancellationToken.None))
            {
                sink.Write(slot, slot.Raw, CancellationToken.None);
                free.Add(slot, CancellationToken.None);
            }

            sink.Complete(CancellationToken.None);
        }
        catch (Exception error)
        {
            fault = error;
        }
    }

    /// <summary>Tells a sink the shape of what is to come; gives no frames itself.</summary>
    private sealed class ShapeOnly(FrameFormat shape) : IFrameSource
    {
        public string Name => "window";

        public FrameFormat Format => shape;

        public bool TryRead(FrameSlot slot, CancellationToken cancellation) => false;

        public void Dispose()
        {
        }
    }
}
