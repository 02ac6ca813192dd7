using System.IO.Pipes;
using Realtime.Filter.Graph;
using Realtime.Filter.Video;
using Realtime.Filter.Video.Nut;

namespace Realtime.Filter.Live;

/// <summary>
/// The sound of one connection. The child that decodes pictures writes it into a second pipe, which a thread of its own always empties: pictures never wait for sound.
/// What has come is moved to its place in the pictures' time whenever a picture comes, because that alone tells how the source's clock is to be read.
/// </summary>
internal sealed class SoundPipe : IDisposable
{
    private const int ChunkSamples = 1024;
    private const int Waiting = 256;                            // chunks, five seconds
    private const int LongestSkew = 10 * SoundTrack.Rate;       // farther from the newest picture, its time stamp cannot be true

    private readonly AnonymousPipeServerStream pipe = new(PipeDirection.In, HandleInheritability.None);
    private readonly BoundedQueue<Chunk> waiting = new(Waiting);
    private readonly BoundedQueue<Chunk> free = new(Waiting + 2);
    private readonly SoundTrack track;
    private readonly Thread thread;

    /// <summary>Waits for sound.</summary>
    /// <param name="track">Where it goes.</param>
    public SoundPipe(SoundTrack track)
    {
        this.track = track;
        for (int i = 0; i < free.Capacity; i++)
            free.Add(new Chunk(), CancellationToken.None);
        thread = new Thread(Run) { Name = "realtime sound", IsBackground = true };
        thread.Start();
    }

    /// <summary>Why sound came to an end, where ffmpeg sent what cannot be.</summary>
    public string? Failure { get; private set; }

    /// <summary>The child's second output.</summary>
    /// <param name="index">The sound's stream.</param>
    // The child opens our end of the pipe by its name, so that no other child inherits it.
    public string Arguments(int index) =>
        $"-map 0:{index} -af aresample={SoundTrack.Rate},aformat=sample_fmts=s16:channel_layouts=stereo,asetnsamples=n={ChunkSamples}:p=0 -c:a pcm_s16le -flush_packets 1 -f nut "
        + $"/proc/{Environment.ProcessId}/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";

    /// <summary>Moves what has come to the track.</summary>
    /// <param name="source">The newest picture's time stamp, as the source has it.</param>
    /// <param name="pts">Its time stamp in the run.</param>
    public void Move(long source, long pts)
    {
        long from = SoundTrack.PlaceOf(source, LiveConnection.Unit), to = SoundTrack.PlaceOf(pts, LiveConnection.Unit);
        while (waiting.Count > 0 && waiting.TryTake(out Chunk chunk, CancellationToken.None))
        {
            if (Math.Abs(chunk.At - from) <= LongestSkew)
                track.Write(chunk.At - from + to, chunk.Samples.AsSpan(0, chunk.Length));
            else
                track.Lose(chunk.Length / SoundTrack.SampleBytes);
            free.Add(chunk, CancellationToken.None);
        }
    }

    /// <summary>Waits for the last sound of a child that has ended.</summary>
    public void Finish()
    {
        pipe.DisposeLocalCopyOfClientHandle();
        thread.Join();
    }

    /// <summary>Ends; the child must have been ended before.</summary>
    public void Dispose()
    {
        Finish();
        pipe.Dispose();
    }

    private void Run()
    {
        try
        {
            NutReader reader = new(pipe);
            while (free.TryTake(out Chunk chunk, CancellationToken.None))
            {
                chunk.Length = reader.TryReadSome(chunk.Samples, out long pts);
                if (chunk.Length == 0)
                    break;
                chunk.At = SoundTrack.PlaceOf(pts, reader.TimeBase);
                if (!waiting.Push(chunk, out Chunk oldest))
                    continue;
                track.Lose(oldest.Length / SoundTrack.SampleBytes);
                free.Add(oldest, CancellationToken.None);
            }
        }
        catch (EndOfStreamException)
        {
            // The child has ended, perhaps within a chunk.
        }
        catch (InvalidDataException error)
        {
            Failure = error.Message;
            pipe.CopyTo(Stream.Null);       // the pictures' child must not wait for us
        }
    }

    private sealed class Chunk
    {
        public byte[] Samples { get; } = new byte[ChunkSamples * SoundTrack.SampleBytes];

        public int Length { get; set; }

        public long At { get; set; }
    }
}
