using Realtime.Trainer.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Evaluation;

/// <summary>Accuracy of a net on a picture set.</summary>
public static class Accuracy
{
    private const int BatchSize = 250;

    /// <summary>Percentage of the first <paramref name="count"/> pictures whose largest logit is the true class.</summary>
    /// <param name="net">[N, 3, S, S] in [0, 1] to logits, in evaluation mode.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="count">How many, from the start of the set.</param>
    public static double Of(nn.Module<Tensor, Tensor> net, IPictureSet set, int count)
    {
        ArgumentNullException.ThrowIfNull(net);
        using IDisposable still = no_grad();
        long right = 0;
        for (int start = 0; start < count; start += BatchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor pictures, Tensor labels) = Batch.Load(set, [.. Enumerable.Range(start, Math.Min(BatchSize, count - start))]);
            right += net.call(pictures).argmax(1).eq(labels).sum().ToInt64();
        }

        return 100.0 * right / count;
    }
}
