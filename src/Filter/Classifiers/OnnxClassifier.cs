using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Filter.Classifiers;

/// <summary>A classifier in an ONNX file, on the CPU. It owns the session, and pins the buffers it has seen last.</summary>
public sealed class OnnxClassifier : IClassifier
{
    private readonly PictureModel model;
    private readonly PictureBatches batches;
    private readonly bool isPlain;
    private float[] fed = [];       // the pictures in the model's format, where that is another
    private Memory<float> boundPictures;
    private Memory<float> boundLogits;
    private int boundCount;

    private OnnxClassifier(string path, InferenceSession session, PictureModel model, int threads)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        this.model = model;
        isPlain = model.Format.IsPlain;
        batches = new PictureBatches(path, session, [.. session.InputNames], [.. session.OutputNames], threads, model.Batch);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => model.Labels;

    /// <inheritdoc/>
    public int Width => model.Width;

    /// <inheritdoc/>
    public int Height => model.Height;

    /// <summary>How pictures are fed to the model.</summary>
    public PictureFormat Format => model.Format;

    /// <summary>What the model answers with.</summary>
    public ClassifierOutput Output => model.Output;

    /// <summary>What was assumed because neither the model nor the user says it; null where nothing was.</summary>
    public string? Assumption => model.Assumption;

    /// <summary>Loads and checks a model of ours, or one that is alike: [N, 3, H, W] RGB in [0, 1] to logits [N, K].</summary>
    /// <param name="nameOrPath">A shipped model or an ONNX file, see <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <exception cref="UserErrorException">There is no such file, or it is not a classifier (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxClassifier Open(string nameOrPath, int? threads = null) => Open(nameOrPath, threads, ClassifierContract.CheckClassifier);

    /// <summary>Loads and checks any picture classifier: one of ours, or another whose layout and normalisation the model or the user tells.</summary>
    /// <param name="nameOrPath">A shipped model or an ONNX file, see <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <param name="hints">What the user says about it.</param>
    /// <exception cref="UserErrorException">
    /// There is no such file, it is not a classifier (<see cref="ExitCode.ModelRejected"/>), or the hints do not fit (usage).
    /// </exception>
    public static OnnxClassifier Open(string nameOrPath, int? threads, ClassifierHints hints)
    {
        ArgumentNullException.ThrowIfNull(hints);
        return Open(nameOrPath, threads, (path, session) => Inspect(path, session, hints));
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">ONNX Runtime failed.</exception>
    public void Classify(Memory<float> pictures, Memory<float> logits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pictures.Length, count * 3 * Height * Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(logits.Length, count * Labels.Count);
        if (boundCount != count || !boundPictures.Equals(pictures) || !boundLogits.Equals(logits))
            Bind(pictures, logits, count);
        if (!isPlain)
            Convert(pictures.Span, count);
        batches.Run();
        if (Output == ClassifierOutput.Probabilities)
            TakeLogarithm(logits.Span[..(count * Labels.Count)]);
    }

    /// <inheritdoc/>
    public void Dispose() => batches.Dispose();

    private static OnnxClassifier Open(string nameOrPath, int? threads, Func<string, InferenceSession, PictureModel> check)
    {
        string path = ModelCatalog.Resolve(nameOrPath);
        InferenceSession session = OnnxSessions.Open(path);
        try
        {
            return new OnnxClassifier(path, session, check(path, session), threads ?? Environment.ProcessorCount);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static PictureModel Inspect(string path, InferenceSession session, ClassifierHints hints)
    {
        if (!ForeignClassifier.IsOurs(session))
            return ForeignClassifier.Inspect(path, session, hints);
        if (!hints.LeavesFormatOpen)
            throw new UserErrorException(ExitCode.Usage, $"classifier '{path}' has realtime.* metadata: it takes RGB in [0, 1] and normalises inside. Leave the --classifier-... flags out.");
        PictureModel model = ClassifierContract.CheckClassifier(path, session);
        return hints.LabelFile is string file ? model with { Labels = ClassifierLabels.Read(file, model.Labels.Count, path) } : model;
    }

    private void Bind(Memory<float> pictures, Memory<float> logits, int count)
    {
        int length = 3 * Height * Width, classes = Labels.Count;
        if (!isPlain && fed.Length != count * length)
            fed = new float[count * length];
        Memory<float> inputs = isPlain ? pictures : fed;
        batches.Bind(
            count,
            [(first, n) => Tensor(inputs.Slice(first * length, n * length), model.InputShape(n))],
            [(first, n) => Tensor(logits.Slice(first * classes, n * classes), [n, .. model.OutputShape])]);
        (boundPictures, boundLogits, boundCount) = (pictures, logits, count);
    }

    private void Convert(ReadOnlySpan<float> pictures, int count)
    {
        int length = 3 * Height * Width;
        for (int n = 0; n < count; n++)
            Format.Convert(pictures.Slice(n * length, length), fed.AsSpan(n * length, length));
    }

    // So that the softmax of what is handed out is what the model says; a probability of zero stays finite.
    private static void TakeLogarithm(Span<float> values)
    {
        foreach (ref float value in values)
            value = MathF.Log(MathF.Max(value, float.Epsilon));
    }

    private static OrtValue Tensor(Memory<float> memory, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
}
