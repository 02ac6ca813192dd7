using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Filter.Attacks;

/// <summary>
/// A classifier's gradient graph in an ONNX file (picture, label -> logits, loss, gradient), on the CPU, so that attacks need no training
/// library. It owns the session and its buffers, which grow to the largest batch.
/// </summary>
public sealed class OnnxGradient : IGradient, IDisposable
{
    private const string Suffix = ".gradient";
    private const string Extension = ".onnx";

    private readonly PictureBatches batches;
    private float[] pictures = [];
    private long[] labels = [];
    private float[] logits = [];
    private float[] loss = [];
    private float[] gradient = [];
    private int boundCount;

    private OnnxGradient(string path, InferenceSession session, PictureModel model, int threads)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        Labels = model.Labels;
        Width = model.Width;
        Height = model.Height;
        batches = new PictureBatches(path, session, ["picture", "label"], ["logits", "loss", "gradient"], threads);
    }

    /// <summary>The model's name, for display.</summary>
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

    /// <summary>Loads and checks the gradient graph of a classifier.</summary>
    /// <param name="classifier">
    /// A shipped classifier's name ("solids") or the path of one; its gradient graph is the file beside it, NAME.gradient.onnx. The gradient
    /// graph itself may be named too.
    /// </param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <exception cref="UserErrorException">There is no such file, or it is not a gradient graph (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxGradient Open(string classifier, int? threads = null)
    {
        string path = ModelCatalog.Resolve(NameOfGraph(classifier));
        InferenceSession session = OnnxSessions.Open(path);
        try
        {
            return new OnnxGradient(path, session, ClassifierContract.CheckGradient(path, session), threads ?? Environment.ProcessorCount);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">ONNX Runtime failed.</exception>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        int count = labels.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, count * PictureLength);
        Bind(count);
        pictures.CopyTo(this.pictures);
        labels.CopyTo(this.labels);
        batches.Run();
        this.logits.AsSpan(0, count * Classes).CopyTo(logits);
        this.loss.AsSpan(0, count).CopyTo(loss);
        this.gradient.AsSpan(0, pictures.Length).CopyTo(gradient);
    }

    /// <inheritdoc/>
    public void Dispose() => batches.Dispose();

    private static string NameOfGraph(string classifier)
    {
        ArgumentException.ThrowIfNullOrEmpty(classifier);
        bool isFile = classifier.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
        string stem = isFile ? classifier[..^Extension.Length] : classifier;
        if (!stem.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
            stem += Suffix;
        return isFile ? stem + Extension : stem;
    }

    private void Bind(int count)
    {
        if (boundCount == count)
            return;
        if (labels.Length < count)
        {
            pictures = new float[count * PictureLength];
            gradient = new float[count * PictureLength];
            labels = new long[count];
            loss = new float[count];
            logits = new float[count * Classes];
        }

        long height = Height, width = Width;
        batches.Bind(
            count,
            [
                (first, n) => Tensor(pictures.AsMemory(first * PictureLength, n * PictureLength), [n, 3, height, width]),
                (first, n) => Tensor(labels.AsMemory(first, n), [n]),
            ],
            [
                (first, n) => Tensor(logits.AsMemory(first * Classes, n * Classes), [n, Classes]),
                (first, n) => Tensor(loss.AsMemory(first, n), [n]),
                (first, n) => Tensor(gradient.AsMemory(first * PictureLength, n * PictureLength), [n, 3, height, width]),
            ]);
        boundCount = count;
    }

    private static OrtValue Tensor<T>(Memory<T> memory, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
}
