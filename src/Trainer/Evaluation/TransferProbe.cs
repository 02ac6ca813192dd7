using System.Runtime.InteropServices;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// The quick measurement of a purifier: accuracy behind it on clean pictures and on pictures that were attacked beforehand. The attacker
/// knows the classifier and not the purifier, so this is transfer robustness, non-adaptive.
/// </summary>
public sealed class TransferProbe(ResNetClassifier classifier, IPictureSet clean, PairSet attacked)
{
    private const int BatchSize = 50;

    /// <summary>Measures <paramref name="net"/>, which must be in evaluation mode, on every attacked picture and its clean partner.</summary>
    public Result Measure(PurifierNet net)
    {
        ArgumentNullException.ThrowIfNull(net);
        using IDisposable still = no_grad();
        long cleanRight = 0;
        long attackedRight = 0;
        double squares = 0;
        for (int start = 0; start < attacked.Count; start += BatchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            int[] indices = [.. Enumerable.Range(start, Math.Min(BatchSize, attacked.Count - start))];
            (Tensor x, Tensor labels) = Batch.Load(clean, indices);
            Tensor purified = Quantized(net.Purify(Batch.Load(attacked, indices).Pictures));
            cleanRight += Right(Quantized(net.Purify(x)), labels);
            attackedRight += Right(purified, labels);
            squares += (purified - x).pow(2).mean().ToDouble() * indices.Length;
        }

        int n = attacked.Count;
        return new Result(100.0 * cleanRight / n, 100.0 * attackedRight / n, 10 * Math.Log10(n / squares));
    }

    /// <summary>What the classifier is really shown: clamped to [0, 1] and rounded to 8 bits.</summary>
    internal static Tensor Quantized(Tensor purified)
    {
        Tensor result = purified.detach().clamp(0f, 1f).contiguous();
        foreach (ref float value in MemoryMarshal.Cast<byte, float>(result.bytes))
            value = MathF.Round(value * 255f) / 255f;
        return result;
    }

    private long Right(Tensor pictures, Tensor labels) => classifier.call(pictures).argmax(1).eq(labels).sum().ToInt64();

    /// <summary>What was measured.</summary>
    /// <param name="Clean">Accuracy on clean pictures through the purifier, per cent.</param>
    /// <param name="Transfer">Accuracy on attacked pictures through the purifier, per cent.</param>
    /// <param name="Psnr">PSNR of the purified attacked picture against the clean one, dB.</param>
    public sealed record Result(double Clean, double Transfer, double Psnr)
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"clean {Clean:0.0} %  transfer {Transfer:0.0} %  PSNR {Psnr:0.00} dB");
    }
}
