using System.Diagnostics;
using System.Runtime.InteropServices;
using Realtime.Filter.Attacks;
using Realtime.Trainer.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Evaluation;

/// <summary>Attacks pictures, rounds them to 8 bits, purifies them, rounds again, and lets the classifier decide: what a deployed filter would see.</summary>
/// <param name="set">The test pictures.</param>
/// <param name="classifier">[N, 3, S, S] -> logits.</param>
/// <param name="progress">Called with pictures done, pictures in all and what is being done.</param>
/// <param name="cancellation">Stops between two batches.</param>
public sealed class Evaluator(IPictureSet set, Func<Tensor, Tensor> classifier, Action<int, int, string> progress, CancellationToken cancellation)
{
    private const int BatchSize = 100;

    /// <summary>Measures one row over the first <paramref name="count"/> pictures for several defences at once: an attack that does not know them is made once.</summary>
    /// <param name="count">Pictures.</param>
    /// <param name="attack">The attack, or null for clean pictures.</param>
    /// <param name="victim">What the attacker's gradients go through.</param>
    /// <param name="knows">The same in words, for the table.</param>
    /// <param name="defences">Name and purifier (null for none) of each row.</param>
    /// <param name="seed">Seed of the random starts.</param>
    public IReadOnlyList<EvaluationRow> Measure(int count, IAttack? attack, Func<Tensor, Tensor> victim, string knows, IReadOnlyList<(string Name, Func<Tensor, Tensor>? Purify)> defences, int seed)
    {
        ArgumentNullException.ThrowIfNull(defences);
        int length = 3 * set.Size * set.Size;
        TorchGradient gradient = new(victim, set.Size, set.Labels.Count);
        Random random = new(seed);
        int[] right = new int[defences.Count];
        double[] squares = new double[defences.Count];
        float[] clean = new float[BatchSize * length];
        float[] attacked = new float[BatchSize * length];
        byte[] rounded = new byte[length];
        long[] labels = new long[BatchSize];
        Stopwatch watch = Stopwatch.StartNew();
        for (int start = 0; start < count; start += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int n = Math.Min(BatchSize, count - start);
            for (int i = 0; i < n; i++)
            {
                labels[i] = set.Label(start + i);
                default(Augmentation).Apply(set.Picture(start + i), clean.AsSpan(i * length, length), set.Size);
            }

            if (attack is null)
            {
                clean.AsSpan(0, n * length).CopyTo(attacked);
            }
            else
            {
                attack.Perturb(gradient, clean.AsSpan(0, n * length), labels.AsSpan(0, n), attacked.AsSpan(0, n * length), random);
                for (int i = 0; i < n; i++)
                {
                    Span<float> picture = attacked.AsSpan(i * length, length);
                    EightBit.Round(attack, picture, set.Picture(start + i), rounded);
                    for (int p = 0; p < length; p++)
                        picture[p] = rounded[p] / 255f;
                }
            }

            Judge(n, clean, attacked, labels, defences, right, squares);
            progress(start + n, count, attack is null ? "clean" : $"{attack.Name}, attacker knows {knows}");
        }

        return [.. defences.Select((d, i) => new EvaluationRow(d.Name, attack?.Name ?? "none", attack is null ? "-" : knows, new Share(right[i], count),
            squares[i] > 0 ? 10 * Math.Log10((double)count * length / squares[i]) : double.NaN, watch.Elapsed.TotalSeconds))];
    }

    private void Judge(int n, float[] clean, float[] attacked, long[] labels, IReadOnlyList<(string Name, Func<Tensor, Tensor>? Purify)> defences, int[] right, double[] squares)
    {
        using IDisposable still = no_grad();
        int length = 3 * set.Size * set.Size;
        for (int d = 0; d < defences.Count; d++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor seen = empty([n, 3, set.Size, set.Size]);
            attacked.AsSpan(0, n * length).CopyTo(MemoryMarshal.Cast<byte, float>(seen.bytes));
            if (defences[d].Purify is Func<Tensor, Tensor> purify)
                seen = TransferProbe.Quantized(purify(seen));
            ReadOnlySpan<float> pixels = MemoryMarshal.Cast<byte, float>(seen.bytes);
            for (int p = 0; p < n * length; p++)
            {
                double difference = pixels[p] - clean[p];
                squares[d] += difference * difference;
            }

            Tensor answers = classifier(seen).argmax(1).contiguous();
            ReadOnlySpan<long> classes = MemoryMarshal.Cast<byte, long>(answers.bytes);
            for (int i = 0; i < n; i++)
                right[d] += classes[i] == labels[i] ? 1 : 0;
        }
    }
}
