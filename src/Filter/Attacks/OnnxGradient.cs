using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Gradients;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Attacks;

/// <summary>
/// The full gradient through a classifier, or through a purifier and the classifier behind it, on ONNX Runtime on the CPU. The backward pass is
/// made from the models when they are opened, so that attacks need no training library. It owns its sessions and buffers, which grow to the
/// largest batch.
/// </summary>
public sealed class OnnxGradient : IGradient, IDisposable
{
    /// <summary>Pictures in a run: a backward pass keeps every layer's values, and with 32 of them, which no core's cache holds, a picture took up to 1.25 times as long.</summary>
    private const int LargestPiece = 8;

    private readonly PictureBatches forward;
    private readonly PictureBatches backward;
    private float[] pictures = [];
    private float[] slopes = [];
    private float[] shares = [];
    private float[] logits = [];
    private float[] gradient = [];
    private int forwardCount;
    private int backwardCount;

    private OnnxGradient(DefendedModel model, int threads)
    {
        Name = model.Name;
        InferenceSession plain = OnnxSessions.Open(model.Forward, model.Name);
        try
        {
            PictureModel described = ClassifierContract.CheckClassifier(model.Name, plain);
            (Labels, Width, Height) = (described.Labels, described.Width, described.Height);
            InferenceSession withGradient = OnnxSessions.Open(model.WithGradient(), model.Name);
            forward = new PictureBatches(model.Name, plain, ["picture"], ["logits"], threads, LargestPiece);
            backward = new PictureBatches(model.Name, withGradient, ["picture", "slope", "share"], ["logits", "gradient"], threads, LargestPiece);
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }

    /// <summary>What it was made of, for display.</summary>
    public string Name { get; }

    /// <summary>The class names in logit order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Picture width W in pixels.</summary>
    public int Width { get; }

    /// <summary>Picture height H in pixels.</summary>
    public int Height { get; }

    /// <inheritdoc/>
    public int Classes => Labels.Count;

    /// <inheritdoc/>
    public int PictureLength => 3 * Height * Width;

    /// <summary>The gradient through a classifier.</summary>
    /// <param name="classifier">The name of a shipped one ("solids") or an ONNX file, see <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <exception cref="UserErrorException">There is no such file, it is no classifier, or an operator has no gradient rule (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxGradient Open(string classifier, int? threads = null) => Open(null, classifier, threads);

    /// <summary>The gradient through a purifier and the classifier behind it.</summary>
    /// <param name="purifier">A purifier by name or file; null for none. The classifier's pictures must be a whole number of its tiles.</param>
    /// <param name="classifier">A classifier by name or file.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <exception cref="UserErrorException">A file is missing, is something else, does not fit the other, or has an operator without a gradient rule (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxGradient Open(string? purifier, string classifier, int? threads = null)
    {
        string classifierPath = ModelCatalog.Resolve(classifier);
        string purifierPath = purifier is null ? "" : ModelCatalog.Resolve(purifier);
        OnnxModel? first = purifier is null ? null : OnnxReader.Read(purifierPath);
        return Open(DefendedModel.Of(first, purifierPath, OnnxReader.Read(classifierPath), classifierPath), threads);
    }

    /// <summary>The gradient through models that are in memory.</summary>
    /// <param name="model">The classifier, behind a purifier or alone.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <exception cref="UserErrorException">It is no classifier, or an operator has no gradient rule (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxGradient Open(DefendedModel model, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new OnnxGradient(model, threads ?? Environment.ProcessorCount);
    }

    /// <inheritdoc/>
    /// <remarks>One run, forward and backward.</remarks>
    /// <exception cref="UserErrorException">ONNX Runtime failed.</exception>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        EvaluateCrossEntropy(pictures, labels, 1, logits, gradient);
        for (int n = 0; n < labels.Length; n++)
            loss[n] = CrossEntropyLoss.Of(logits.Slice(n * Classes, Classes), labels[n]);
    }

    /// <inheritdoc/>
    /// <remarks>Cross-entropy takes one run; any other loss a forward run to find its slope, and the run that carries the slope back.</remarks>
    /// <exception cref="UserErrorException">ONNX Runtime failed.</exception>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(loss);
        int count = losses.Length;
        if (loss is CrossEntropyLoss rising)
        {
            Evaluate(pictures, rising.Labels[..count], logits, losses, gradient);
            return;
        }

        if (loss is NegatedLoss { Inner: CrossEntropyLoss falling })
        {
            EvaluateCrossEntropy(pictures, falling.Labels[..count], -1, logits, gradient);
            for (int n = 0; n < count; n++)
                losses[n] = -CrossEntropyLoss.Of(logits.Slice(n * Classes, Classes), falling.LabelOf(n));
            return;
        }

        Predict(pictures, logits);
        for (int n = 0; n < count; n++)
            losses[n] = loss.Evaluate(n, logits.Slice(n * Classes, Classes), slopes.AsSpan(n * Classes, Classes));
        shares.AsSpan(0, count).Clear();
        RunBackward(count, logits, gradient);
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">ONNX Runtime failed.</exception>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits)
    {
        int count = Take(pictures);
        if (forwardCount != count)
        {
            forward.Bind(count, [Tensor(this.pictures, 3, Height, Width)], [Tensor(this.logits, Classes)]);
            forwardCount = count;
        }

        forward.Run();
        this.logits.AsSpan(0, count * Classes).CopyTo(logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
    }

    private void EvaluateCrossEntropy(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, float sign, Span<float> logits, Span<float> gradient)
    {
        int count = Take(pictures);
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, count);
        slopes.AsSpan(0, count * Classes).Clear();
        for (int n = 0; n < count; n++)
            slopes[(n * Classes) + (int)labels[n]] = -sign;
        shares.AsSpan(0, count).Fill(sign);
        RunBackward(count, logits, gradient);
    }

    private void RunBackward(int count, Span<float> logits, Span<float> gradient)
    {
        if (backwardCount != count)
        {
            PictureBatches.TensorOf picture = Tensor(pictures, 3, Height, Width);
            backward.Bind(count, [picture, Tensor(slopes, Classes), Tensor(shares, 1)], [Tensor(this.logits, Classes), Tensor(this.gradient, 3, Height, Width)]);
            backwardCount = count;
        }

        backward.Run();
        this.logits.AsSpan(0, count * Classes).CopyTo(logits);
        this.gradient.AsSpan(0, count * PictureLength).CopyTo(gradient);
    }

    /// <summary>Copies the pictures to where the sessions read them, making room first.</summary>
    private int Take(ReadOnlySpan<float> from)
    {
        int count = from.Length / PictureLength;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(from.Length, count * PictureLength);
        if (shares.Length < count)
        {
            pictures = new float[from.Length];
            gradient = new float[from.Length];
            slopes = new float[count * Classes];
            logits = new float[count * Classes];
            shares = new float[count];
            forwardCount = backwardCount = 0;
        }

        from.CopyTo(pictures);
        return count;
    }

    private static PictureBatches.TensorOf Tensor(float[] values, params long[] shape)
    {
        int each = (int)shape.Aggregate((a, b) => a * b);
        return (first, n) => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(first * each, n * each), [n, .. shape]);
    }
}
