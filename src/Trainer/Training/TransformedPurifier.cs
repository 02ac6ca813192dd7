using System.Runtime.InteropServices;
using Realtime.Filter.Defences;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>A purifier under training behind a random transform: the one that defends in use draws and computes, torch carries the gradients.</summary>
public static class TransformedPurifier
{
    /// <summary>Transforms pictures, purifies them and, where the transform makes several copies of each, joins those (AToP, arXiv 2401.16352, Eqs. 2 to 4).</summary>
    /// <param name="net">The purifier.</param>
    /// <param name="transform">Drawn anew for each picture and call; null for none.</param>
    /// <param name="pictures">[B, 3, S, S] in [0, 1].</param>
    /// <param name="random">Source of chance; not touched without a transform.</param>
    /// <returns>[B, 3, S, S], not clamped, differentiable with respect to pictures and weights.</returns>
    public static Tensor PurifyBehind(this PurifierNet net, RandomTransform? transform, Tensor pictures, Random random)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(pictures);
        if (transform is null)
            return net.Purify(pictures);
        (long count, long size, long copies) = (pictures.shape[0], pictures.shape[2], transform.Copies);
        Tensor seen = empty([count * copies, 3, size, size]), slopes = empty([count * copies, 3, size, size]), missing = empty([count * copies, 3, size, size]);
        Apply(transform, pictures.detach().contiguous(), random, seen, slopes, missing);

        // The difference is exactly zero: it leaves the transform's own values and gives them its slope.
        Tensor repeated = copies == 1 ? pictures : pictures.unsqueeze(1).expand(count, copies, 3, size, size).reshape(count * copies, 3, size, size);
        Tensor purified = net.Purify(seen + ((repeated - repeated.detach()) * slopes));
        return copies == 1 ? purified : (purified * missing).reshape(count, copies, 3, size, size).sum(1);
    }

    private static void Apply(RandomTransform transform, Tensor pictures, Random random, Tensor seen, Tensor slopes, Tensor missing)
    {
        int size = (int)pictures.shape[2], length = 3 * size * size, all = transform.Copies * length;
        Span<float> from = Floats(pictures);
        for (int n = 0; n < pictures.shape[0]; n++)
            transform.Apply(from.Slice(n * length, length), size, size, random, Floats(seen).Slice(n * all, all), Floats(slopes).Slice(n * all, all), Floats(missing).Slice(n * all, all));
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
