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
    private readonly string classifierPath;
    private readonly int threads;
    private OnnxClassifier? classifier;
    private float[] pictures = [];
    private long[] labels = [];
    private float[] logits = [];
    private float[] loss = [];
    private float[] gradient = [];
    private int boundCount;

    private OnnxGradient(string path, InferenceSession session, PictureModel model, int threads)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        classifierPath = path[..^(Suffix + Extension).Length] + Extension;
        this.threads = threads;
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

    /// <summary>Logits without a gradient, from the classifier beside the gradient graph; without such a file from the graph itself.</summary>
    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The file beside the graph is not the same classifier, or ONNX Runtime failed.</exception>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits)
    {
        int count = pictures.Length / PictureLength;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Reserve(count);
        pictures.CopyTo(this.pictures);
        if (File.Exists(classifierPath))
        {
            classifier ??= OpenClassifier();
            classifier.Classify(this.pictures.AsMemory(0, pictures.Length), this.logits.AsMemory(0, count * Classes), count);
        }
        else
        {
            Bind(count);
            labels.AsSpan().Clear();
            batches.Run();
        }

        this.logits.AsSpan(0, count * Classes).CopyTo(logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        classifier?.Dispose();
        batches.Dispose();
    }

    private static string NameOfGraph(string classifier)
    {
        ArgumentException.ThrowIfNullOrEmpty(classifier);
        bool isFile = classifier.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
        string stem = isFile ? classifier[..^Extension.Length] : classifier;
        if (!stem.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
            stem += Suffix;
        return isFile ? stem + Extension : stem;
    }

    private OnnxClassifier OpenClassifier()
    {
        OnnxClassifier opened = OnnxClassifier.Open(classifierPath, threads);
        if (opened.Labels.SequenceEqual(Labels) && opened.Width == Width && opened.Height == Height)
            return opened;
        opened.Dispose();
        throw new UserErrorException(ExitCode.ModelRejected, $"'{classifierPath}' has other classes or another size than its gradient graph beside it.");
    }

    private void Reserve(int count)
    {
        if (labels.Length >= count)
            return;
        pictures = new float[count * PictureLength];
        gradient = new float[count * PictureLength];
        labels = new long[count];
        loss = new float[count];
        logits = new float[count * Classes];
        boundCount = 0;
    }

    private void Bind(int count)
    {
        if (boundCount == count)
            return;
        Reserve(count);
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
