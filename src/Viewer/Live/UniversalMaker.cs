using System.Numerics.Tensors;
using Realtime.Filter.Attacks;
using Realtime.Filter.Frames;
using Realtime.Filter.Tiles;
using Realtime.Filter.Video;

namespace Realtime.Viewer.Live;

/// <summary>
/// Computes a universal perturbation of the source, a little at a time: first pictures are collected, from all over the source where it can be
/// opened a second time and else as they come, then they are gone through again and again. Used from the attacker's thread.
/// </summary>
internal sealed class UniversalMaker(ViewState state, IGradient victim, Func<FrameSlot, int> truthOf) : IDisposable
{
    private const int MostPictures = 64, LeastPictures = 8;
    private const int MostBytes = 256_000_000;      // of the pictures that are kept
    private const int Rounds = 12;
    private const int MostValues = 8_000_000;       // of a batch: bounds the memory
    private const double SecondsOfEndless = 60;

    private readonly int pictures = Math.Clamp(MostBytes / victim.PictureLength, LeastPictures, MostPictures);
    private readonly List<(byte[] Rgb, long Label)> collected = [];
    private readonly int batch = Math.Clamp(MostValues / victim.PictureLength, 1, 8);
    private readonly float[] logits = new float[victim.Classes];
    private readonly Random random = new(1);
    private UniversalPerturbation? perturbation;
    private float[] values = [];
    private int learned;
    private ISeekableSource? samples;
    private int sampled;
    private bool isOpened;

    /// <summary>Pictures to collect, and then to go through.</summary>
    public int Total => pictures + (Rounds * pictures);

    /// <summary>How many of <see cref="Total"/> are done.</summary>
    public int Done => Math.Min(Total, collected.Count + learned);

    /// <summary>Whether it is computed.</summary>
    public bool IsReady => Done == Total;

    /// <summary>Whether nothing can go on before another frame comes.</summary>
    public bool NeedsFrame => samples is null && collected.Count < pictures;

    /// <summary>Goes on a little.</summary>
    /// <param name="raw">[H, W, 3] the newest frame.</param>
    /// <param name="label">What it shows.</param>
    public void GoOn(ReadOnlySpan<byte> raw, int label)
    {
        if (!isOpened)
            samples = OpenSamples();
        if (samples is not null)
            CollectSample(samples);
        else if (collected.Count < pictures)
            collected.Add((raw.ToArray(), label));
        else if (!IsReady)
            Learn();
    }

    /// <summary>The perturbation in levels of 8 bits, scaled to <paramref name="eps"/> of them.</summary>
    /// <param name="eps">At least 1.</param>
    /// <param name="levels">[H, W, 3].</param>
    public void Write(int eps, Span<short> levels)
    {
        ReadOnlySpan<float> planes = perturbation!.Values;
        int plane = planes.Length / 3;
        float scale = eps / perturbation.Epsilon;
        for (int i = 0; i < planes.Length; i++)
            levels[(i % plane * 3) + (i / plane)] = (short)MathF.Round(planes[i] * scale);
    }

    /// <inheritdoc/>
    public void Dispose() => samples?.Dispose();

    // Null where the source cannot be opened a second time, or has no places.
    private ISeekableSource? OpenSamples()
    {
        isOpened = true;
        IFrameSource? source = state.Source == "-" ? null : FrameSources.Open(state.Source);
        if (source is not ISeekableSource)
            source?.Dispose();
        return source as ISeekableSource;
    }

    private void CollectSample(ISeekableSource source)
    {
        FrameSlot slot = new(source.Format);
        source.Seek((sampled + 0.5) * (source.Duration ?? SecondsOfEndless) / pictures);
        if (source.TryRead(slot, CancellationToken.None))
        {
            int truth = truthOf(slot);
            collected.Add((slot.Raw, truth >= 0 ? truth : Predicted(slot.Raw)));
        }

        sampled++;
        if (sampled < pictures)
            return;
        source.Dispose();       // what a short clip left out comes from the stream
        samples = null;
    }

    private void Learn()
    {
        perturbation ??= new UniversalPerturbation(state.Eps / 255f, victim.PictureLength);
        if (values.Length == 0)
            values = new float[batch * victim.PictureLength];
        long[] labels = new long[batch];
        for (int i = 0; i < batch; i++)
        {
            (byte[] rgb, labels[i]) = collected[random.Next(pictures)];
            Split(rgb, values.AsSpan(i * victim.PictureLength, victim.PictureLength));
        }

        perturbation.Learn(victim, values, labels);
        learned += batch;
    }

    private long Predicted(byte[] rgb)
    {
        float[] picture = new float[victim.PictureLength];
        Split(rgb, picture);
        victim.Predict(picture, logits);
        return TensorPrimitives.IndexOfMax<float>(logits);
    }

    private static void Split(byte[] rgb, Span<float> picture)
    {
        int plane = picture.Length / 3;
        PlanarPixels.Split(rgb, picture[..plane], picture.Slice(plane, plane), picture[(2 * plane)..]);
    }
}
