using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Realtime.Trainer.Data;

/// <summary>Puts pictures together into tensors, with augmentation where asked.</summary>
public static class Batch
{
    /// <summary>The pictures of a training step in the order of its epoch, each mirrored and shifted at random: [N, 3, S, S] float32 in [0, 1], and their labels [N] int64.</summary>
    /// <param name="set">Where the pictures come from.</param>
    /// <param name="size">N.</param>
    /// <param name="step">Which step, from 1.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="shift">Largest shift in pixels.</param>
    /// <param name="random">Draws the changes.</param>
    public static (Tensor Pictures, Tensor Labels) OfStep(IPictureSet set, int size, long step, int seed, int shift, Random random)
    {
        ArgumentNullException.ThrowIfNull(set);
        int[] indices = EpochOrder.Of(set.Count, size, step, seed);
        Augmentation[] changes = [.. indices.Select(_ => Augmentation.Draw(random, shift))];
        return Load(set, indices, changes);
    }

    /// <summary>Pictures <paramref name="indices"/> as [N, 3, S, S] float32 in [0, 1], and their labels [N] int64.</summary>
    /// <param name="set">Where the pictures come from.</param>
    /// <param name="indices">Which pictures.</param>
    /// <param name="changes">One change per picture, or empty for none.</param>
    public static (Tensor Pictures, Tensor Labels) Load(IPictureSet set, ReadOnlySpan<int> indices, ReadOnlySpan<Augmentation> changes = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        int size = set.Size;
        Tensor pictures = empty([indices.Length, 3, size, size], ScalarType.Float32);
        Tensor labels = empty([indices.Length], ScalarType.Int64);
        Span<float> pixels = MemoryMarshal.Cast<byte, float>(pictures.bytes);
        Span<long> classes = MemoryMarshal.Cast<byte, long>(labels.bytes);
        for (int i = 0; i < indices.Length; i++)
        {
            classes[i] = set.Label(indices[i]);
            Augmentation change = changes.IsEmpty ? default : changes[i];
            change.Apply(set.Picture(indices[i]), pixels.Slice(i * 3 * size * size, 3 * size * size), size);
        }

        return (pictures, labels);
    }
}
