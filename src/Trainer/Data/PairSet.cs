using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Data;

/// <summary>Adversarial partners of a picture set, made once by attacking a surrogate classifier and kept on disk as 8 bits (<see cref="PairFile"/>).</summary>
public sealed class PairSet : IPictureSet
{
    private const int BatchSize = 250;

    private readonly IPictureSet clean;
    private readonly byte[][] adversarial;

    private PairSet(IPictureSet clean, byte[][] adversarial) => (this.clean, this.adversarial) = (clean, adversarial);

    /// <inheritdoc/>
    public string Name => clean.Name + "-adversarial";

    /// <inheritdoc/>
    public int Count => adversarial.Length;

    /// <inheritdoc/>
    public int Size => clean.Size;

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => clean.Labels;

    /// <inheritdoc/>
    public int Label(int index) => clean.Label(index);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Picture(int index) => adversarial[index];

    /// <summary>Reads the pairs from <paramref name="folder"/>, or makes and keeps them; what an interrupted run has made is gone on with.</summary>
    /// <param name="clean">The clean pictures.</param>
    /// <param name="count">How many of them, from the start of the set.</param>
    /// <param name="attack">The attack.</param>
    /// <param name="surrogate">The classifier under attack.</param>
    /// <param name="surrogateName">Its name: part of the file's name, together with a hash of its weights.</param>
    /// <param name="folder">Where pairs are kept.</param>
    /// <param name="seed">Seed of the random starts.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="UserErrorException">A file in the folder is broken or of other settings, the disk is too small, or the classifier takes other pictures.</exception>
    public static PairSet Open(IPictureSet clean, int count, IAttack attack, ResNetClassifier surrogate, string surrogateName, string folder, int seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(attack);
        ArgumentNullException.ThrowIfNull(surrogate);
        PictureSets.MustFit(clean, surrogate.Architecture, surrogateName);
        PairSettings settings = new(clean.Name, count, clean.Size, surrogateName, WeightHash.Of(surrogate), attack.Settings, seed);
        PairFile file = new(Path.Combine(folder, settings.FileName()), settings);
        return new PairSet(clean, file.Exists ? file.Read() : Make(clean, file, count, attack, surrogate, seed, cancellation));
    }

    private static byte[][] Make(IPictureSet clean, PairFile kept, int count, IAttack attack, ResNetClassifier surrogate, int seed, CancellationToken cancellation)
    {
        int length = 3 * clean.Size * clean.Size;
        TorchGradient victim = new(surrogate.call, clean.Size, clean.Labels.Count);
        byte[][] made = new byte[count][];
        float[] pictures = new float[BatchSize * length];
        float[] attacked = new float[BatchSize * length];
        long[] labels = new long[BatchSize];
        using (FileStream file = kept.Continue(BatchSize, out byte[][] done))
        {
            done.CopyTo(made, 0);
            if (done.Length > 0)
                Console.Error.WriteLine($"realtime: {attack.Name} pairs: going on after {done.Length} of {count}");
            Stopwatch watch = Stopwatch.StartNew();
            for (int start = done.Length; start < count; start += BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                int n = Math.Min(BatchSize, count - start);
                for (int i = 0; i < n; i++)
                {
                    labels[i] = clean.Label(start + i);
                    default(Augmentation).Apply(clean.Picture(start + i), pictures.AsSpan(i * length, length), clean.Size);
                }

                // A generator a batch, so that a run that was interrupted makes the same pairs.
                Random random = new(unchecked((int)((seed * 1_000_003L) + start)));
                attack.Perturb(victim, pictures.AsSpan(0, n * length), labels.AsSpan(0, n), attacked.AsSpan(0, n * length), random);
                for (int i = 0; i < n; i++)
                {
                    made[start + i] = new byte[length];
                    EightBit.Round(attacked.AsSpan(i * length, length), clean.Picture(start + i), attack.Epsilon, made[start + i]);
                    file.Write(made[start + i]);
                }

                double rate = (start + n - done.Length) / watch.Elapsed.TotalSeconds;
                if (!Console.IsErrorRedirected)
                    Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{attack.Name} pairs  {start + n}/{count}  {rate:0} images/s  {TimeSpan.FromSeconds((count - start - n) / rate):hh\\:mm\\:ss} left   "));
            }

            if (!Console.IsErrorRedirected)
                Console.Error.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{attack.Name}: {count - done.Length} pairs in {watch.Elapsed.TotalSeconds:0} s"));
        }

        kept.Complete();
        return made;
    }
}
