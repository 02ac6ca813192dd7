using System.Threading.Channels;
using Realtime.Filter.Live;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Events;

/// <summary>
/// Posts events to an address, one a request, in order, on a task of its own: frames never wait for it. What the receiver may take later is tried again after growing
/// waits (<see cref="Backoff"/>); what waits longer than there is room for is lost, and counted. At the end every waiting event gets one try.
/// </summary>
internal sealed class HookEvents : IEventWriter
{
    private const int Capacity = 256;       // ten seconds of frames at 25 a second

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30), Farewell = TimeSpan.FromSeconds(3);

    private readonly Channel<byte[]> waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly HookPost post;
    private readonly TroubleLog trouble;
    private readonly TimeProvider clock;
    private readonly Backoff backoff;
    private readonly Task sender;

    /// <summary>Begins; nothing is sent before the first event.</summary>
    /// <param name="address">Where to post. A user name and password in it become a header.</param>
    /// <param name="warn">Takes a line about what could not be delivered.</param>
    /// <param name="clock">Tells the time; the system's where null.</param>
    public HookEvents(Uri address, Action<string> warn, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        backoff = new Backoff(LongestWait, giveUpAfter: null, this.clock);
        post = new HookPost(address);
        trouble = new TroubleLog(warn, this.clock);
        sender = Task.Run(SendAll);
    }

    public string Name => post.Name;

    public EventCounts Counts { get; } = new();

    public int Waiting => waiting.Reader.Count;

    public void Write(ReadOnlySpan<byte> line)
    {
        if (waiting.Writer.TryWrite(line.ToArray()))
            return;
        Counts.Lose();
        trouble.Report($"events for {Name} are lost: {Capacity} wait already");
    }

    public void Dispose()
    {
        waiting.Writer.TryComplete();
        closing.Cancel();
        abandoned.CancelAfter(Farewell);
        sender.GetAwaiter().GetResult();
        post.Dispose();
        closing.Dispose();
        abandoned.Dispose();
    }

    private async Task SendAll()
    {
        await foreach (byte[] line in waiting.Reader.ReadAllAsync().ConfigureAwait(false))
            await Deliver(line).ConfigureAwait(false);
    }

    private async Task Deliver(byte[] line)
    {
        backoff.Reset();
        while (true)
        {
            HookFailure? failure = await post.Send(line, abandoned.Token).ConfigureAwait(false);
            if (failure is null)
            {
                Counts.Deliver();
                trouble.Over($"events reach {Name} again");
                return;
            }

            Counts.Fail();
            trouble.Report($"an event did not reach {Name}: {failure.Reason}");
            if (!failure.MayPass || closing.IsCancellationRequested)
            {
                Counts.Lose(failure.MayPass ? 1 + LeaveAll() : 1);
                return;
            }

            await Task.Delay(backoff.Next()!.Value, clock, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // At the end the first receiver that is away is the last one tried: who waits for the program to end has no time for more.
    private int LeaveAll()
    {
        int left = 0;
        while (waiting.Reader.TryRead(out _))
            left++;
        return left;
    }
}
