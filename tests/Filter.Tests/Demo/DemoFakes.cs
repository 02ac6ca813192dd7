using System.Numerics.Tensors;
using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Frames;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Solids;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Demo;

/// <summary>Knows the frames of one scene by heart: a picture near one of them gets its class, any other the class after it.</summary>
internal sealed class MemorisingClassifier : IClassifier
{
    private const float Near = 4f / 255;

    private readonly List<(float[] Picture, int Label)> known = [];

    public MemorisingClassifier(SolidsOptions options, IReadOnlyList<string>? labels = null)
    {
        Labels = labels ?? SolidsPictures.Labels;
        (Width, Height) = (options.Width, options.Height);
        using SolidsSource source = new(options);
        FrameSlot slot = new(source.Format);
        int plane = Width * Height;
        while (source.TryRead(slot, CancellationToken.None))
        {
            float[] picture = new float[3 * plane];
            PlanarPixels.Split(slot.Raw, picture.AsSpan(0, plane), picture.AsSpan(plane, plane), picture.AsSpan(2 * plane));
            known.Add((picture, slot.TrueLabel));
        }
    }

    public string Name => "memory";

    public IReadOnlyList<string> Labels { get; }

    public int Width { get; }

    public int Height { get; }

    public void Classify(Memory<float> pictures, Memory<float> logits, int count)
    {
        float[] picture = pictures.ToArray();
        (float distance, int label) = known.Select(frame => (Distance(picture, frame.Picture), frame.Label)).Min();
        logits.Span.Clear();
        logits.Span[distance < Near ? label : (label + 1) % Labels.Count] = 5;
    }

    public void Dispose()
    {
    }

    private static float Distance(float[] a, float[] b)
    {
        float[] difference = new float[a.Length];
        TensorPrimitives.Subtract(a, b, difference);
        return TensorPrimitives.SumOfMagnitudes(difference) / a.Length;
    }
}

/// <summary>Makes every pixel brighter by epsilon, more or less by a random bit of it.</summary>
internal sealed class ShiftAttack(float epsilon) : IAttack
{
    public string Name => "shift";

    public float Epsilon => epsilon;

    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        for (int i = 0; i < clean.Length; i++)
            adversarial[i] = Math.Clamp(clean[i] + epsilon - (random.NextSingle() * epsilon / 8), 0, 1);
    }
}

/// <summary>Makes every pixel darker by a constant.</summary>
internal sealed class ShiftPurifier(float shift) : ITilePurifier
{
    public string Name => "shift back";

    public int TileSize => 8;

    public string? Randomness => null;

    public void Purify(Memory<float> tiles, Memory<float> purified, int count) => TensorPrimitives.Subtract(tiles.Span, shift, purified.Span);

    public void Dispose()
    {
    }
}

/// <summary>A victim that nobody asks anything.</summary>
internal sealed class SilentVictim(int pictureLength) : IGradient
{
    public int Classes => 10;

    public int PictureLength => pictureLength;

    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) =>
        throw new InvalidOperationException("the shift attack needs no gradient");
}
