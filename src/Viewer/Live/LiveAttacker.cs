using System.Diagnostics;
using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Viewer.Live;

/// <summary>
/// The attacker, on a thread of its own: takes the newest raw frame, works on it for as long as the attack takes, and leaves a perturbation
/// that is added to every frame until the next one is ready. Nobody waits for it.
/// </summary>
internal sealed class LiveAttacker : IDisposable
{
    private readonly ViewState state;
    private readonly OnnxGradient victim;
    private readonly PerturbationMaker maker;
    private readonly object gate = new();
    private readonly Thread? thread;
    private readonly byte[] offered;
    private readonly byte[] taken;
    private short[] fresh;      // being made
    private short[] ready;      // the newest whole one
    private int label;
    private bool isOffered;
    private bool isEnding;
    private long number;
    private long madeAt;
    private Exception? fault;

    /// <summary>Opens the classifier with its gradient and starts the thread.</summary>
    /// <param name="state">Says which attack.</param>
    /// <param name="classifier">Name or path of the classifier.</param>
    /// <param name="width">Of the frames.</param>
    /// <param name="height">Of the frames.</param>
    /// <param name="truthOf">The true class of a frame of the source, or -1.</param>
    /// <param name="isLive">False works on every frame before it goes on: for headless runs and tests, which must not depend on time.</param>
    public LiveAttacker(ViewState state, string classifier, int width, int height, Func<FrameSlot, int> truthOf, bool isLive)
    {
        this.state = state;
        victim = OnnxGradient.Open(classifier, threads: 1);
        maker = new PerturbationMaker(state, new ResizedGradient(victim, new BilinearResize(width, height, victim.Width, victim.Height)), truthOf);
        int length = width * height * 3;
        offered = new byte[length];
        taken = new byte[length];
        fresh = new short[length];
        ready = new short[length];
        if (!isLive)
            return;
        thread = new Thread(Work) { Name = "realtime attack", IsBackground = true };
        thread.Start();
    }

    /// <summary>Perturbations a second, over the last few.</summary>
    public double Rate { get; private set; }

    /// <summary>What the last one took, milliseconds.</summary>
    public double Milliseconds { get; private set; }

    /// <summary>Milliseconds since the perturbation in use was made; 0 before the first.</summary>
    public double Age => Volatile.Read(ref madeAt) is long at and not 0 ? Stopwatch.GetElapsedTime(at).TotalMilliseconds : 0;

    /// <summary>Offers a frame to the attacker (it takes the newest when it is free) and adds the perturbation that it has.</summary>
    /// <param name="raw">[H, W, 3].</param>
    /// <param name="trueLabel">What to lead away from.</param>
    /// <param name="result">[H, W, 3]; never further than eps from <paramref name="raw"/>.</param>
    public void Apply(ReadOnlySpan<byte> raw, int trueLabel, Span<byte> result)
    {
        if (thread is null)
        {
            raw.CopyTo(taken);
            do
                MakeTimed(trueLabel);
            while (maker.HasWork);
        }

        lock (gate)
        {
            if (fault is UserErrorException known)
                throw new UserErrorException(known.ExitCode, "the attack failed: " + known.Message, known);
            if (fault is not null)
                throw new InvalidOperationException("the attack failed: " + fault.Message, fault);
            raw.CopyTo(offered);
            label = trueLabel;
            isOffered = true;
            Monitor.PulseAll(gate);
            int bound = state.Eps;      // lowered meanwhile: the old perturbation must obey too
            for (int i = 0; i < raw.Length; i++)
                result[i] = (byte)Math.Clamp(raw[i] + Math.Clamp((int)ready[i], -bound, bound), 0, 255);
        }
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }

        thread?.Join();
        maker.Dispose();
        victim.Dispose();
    }

    private void Work()
    {
        try
        {
            while (Take(out int from))
                MakeTimed(from);
        }
        catch (Exception error)
        {
            lock (gate)
                fault = error;      // told where frames are attacked next
        }
    }

    private bool Take(out int from)
    {
        lock (gate)
        {
            while (!isOffered && !isEnding && !maker.HasWork)
                Monitor.Wait(gate);
            if (isOffered)
                offered.CopyTo(taken, 0);
            isOffered = false;
            from = label;
            return !isEnding;
        }
    }

    private void MakeTimed(int from)
    {
        long begin = Stopwatch.GetTimestamp();
        Make(from);
        number++;
        Milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        Rate = Rate == 0 ? 1000 / Milliseconds : (0.9 * Rate) + (0.1 * (1000 / Math.Max(0.01, Milliseconds)));
    }

    private void Make(int from)
    {
        maker.Make(number, taken, from, fresh);
        lock (gate)
            (fresh, ready) = (ready, fresh);
        Volatile.Write(ref madeAt, Stopwatch.GetTimestamp());
    }
}
