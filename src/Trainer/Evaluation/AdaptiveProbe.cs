using System.Globalization;
using System.Runtime.InteropServices;
using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// The quick measurement of a hardened purifier: accuracy behind it on clean pictures and under PGD by the full gradient through purifier and
/// classifier. A probe for training, not a result: one attack, few pictures, the training's number format.
/// </summary>
/// <param name="classifier">The classifier to defend.</param>
/// <param name="test">Test pictures.</param>
/// <param name="count">How many of them, from the first.</param>
/// <param name="attack">The attack.</param>
public sealed class AdaptiveProbe(ResNetClassifier classifier, IPictureSet test, int count, IAttack attack)
{
    private const int BatchSize = 50;

    /// <summary>What stands before the purifier, drawn anew for each picture and step; null for none. The attack follows single draws.</summary>
    public RandomTransform? Transform { get; init; }

    /// <summary>Measures <paramref name="net"/>, which must be in evaluation mode.</summary>
    public Result Measure(PurifierNet net)
    {
        ArgumentNullException.ThrowIfNull(net);
        Random random = new(0), draws = new(1);
        Tensor Purify(Tensor x) => net.PurifyBehind(Transform, x, draws);
        TorchGradient victim = new(x => classifier.call(Purify(x)), test.Size, test.Labels.Count);
        long cleanRight = 0, robust = 0;
        double squares = 0;
        for (int start = 0; start < count; start += BatchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            int[] indices = [.. Enumerable.Range(start, Math.Min(BatchSize, count - start))];
            (Tensor x, Tensor labels) = Batch.Load(test, indices);
            Tensor attacked = empty(x.shape);
            using (enable_grad())
                attack.Perturb(victim, Floats(x), MemoryMarshal.Cast<byte, long>(labels.bytes), Floats(attacked), random);
            using IDisposable still = no_grad();
            Tensor purified = TransferProbe.Quantized(Purify(x));
            cleanRight += Right(purified, labels);
            robust += Right(TransferProbe.Quantized(Purify(TransferProbe.Quantized(attacked))), labels);
            squares += (purified - x).pow(2).mean().ToDouble() * indices.Length;
        }

        return new Result(100.0 * cleanRight / count, 100.0 * robust / count, attack.Name + (Transform is null ? "" : $" behind {Transform.Name}"), 10 * Math.Log10(count / squares));
    }

    private long Right(Tensor pictures, Tensor labels) => classifier.call(pictures).argmax(1).eq(labels).sum().ToInt64();

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>What was measured.</summary>
    /// <param name="Clean">Accuracy on clean pictures through the purifier, per cent.</param>
    /// <param name="Robust">Accuracy under the attack, per cent.</param>
    /// <param name="Attack">The attack's name.</param>
    /// <param name="Psnr">PSNR of the purified clean picture against the clean one, dB.</param>
    public sealed record Result(double Clean, double Robust, string Attack, double Psnr)
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"clean {Clean:0.0} %  full gradient {Attack} {Robust:0.0} %  PSNR of clean {Psnr:0.00} dB");
    }
}
