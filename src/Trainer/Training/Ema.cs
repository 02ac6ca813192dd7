using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>An exponential moving average of weights; it, not the last step, is what is evaluated and exported.</summary>
public sealed class Ema : IDisposable
{
    private readonly (string Name, Tensor Live, Tensor Average)[] items;
    private readonly double decay;

    /// <summary>Starts the average at the current weights.</summary>
    /// <param name="tensors">Parameters and buffers by name.</param>
    /// <param name="decay">Share of the old average kept at each step.</param>
    public Ema(IEnumerable<(string Name, Tensor Tensor)> tensors, double decay)
    {
        using IDisposable still = no_grad();
        items = [.. tensors.Select(t => (t.Name, t.Tensor, t.Tensor.detach().clone().DetachFromDisposeScope()))];
        this.decay = decay;
    }

    /// <summary>The averaged tensors by name.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State => items.Select(i => ($"ema.{i.Name}", i.Average));

    /// <summary>Takes the live weights in. Early in a run the average follows faster, so that it forgets the random start.</summary>
    public void Update(long step)
    {
        using IDisposable still = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double keep = Math.Min(decay, (1.0 + step) / (10.0 + step));
        foreach ((_, Tensor live, Tensor average) in items)
            average.add_(live - average, 1 - keep);         // by the difference: what is not trained stays bit for bit
    }

    /// <summary>Exchanges live and averaged weights; called twice it changes nothing.</summary>
    public void Swap()
    {
        using IDisposable still = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((_, Tensor live, Tensor average) in items)
        {
            Tensor held = live.clone();
            live.copy_(average);
            average.copy_(held);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Tensor average) in items)
            average.Dispose();
    }
}
