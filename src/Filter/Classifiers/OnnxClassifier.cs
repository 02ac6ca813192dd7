using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Filter.Classifiers;

/// <summary>A classifier in an ONNX file, on the CPU. It owns the session, and pins the buffers it has seen last.</summary>
public sealed class OnnxClassifier : IClassifier
{
    private readonly PictureBatches batches;
    private Memory<float> boundPictures;
    private Memory<float> boundLogits;
    private int boundCount;

    private OnnxClassifier(string path, InferenceSession session, PictureModel model, int threads)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        Labels = model.Labels;
        Width = model.Width;
        Height = model.Height;
        batches = new PictureBatches(path, session, [.. session.InputNames], [.. session.OutputNames], threads);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <summary>Loads and checks a model.</summary>
    /// <param name="nameOrPath">A shipped model or an ONNX file, see <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <exception cref="UserErrorException">There is no such file, or it is not a classifier (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxClassifier Open(string nameOrPath, int? threads = null)
    {
        string path = ModelCatalog.Resolve(nameOrPath);
        InferenceSession session = OnnxSessions.Open(path);
        try
        {
            return new OnnxClassifier(path, session, ClassifierContract.CheckClassifier(path, session), threads ?? Environment.ProcessorCount);
        }
        catch
        {
            session.Dispose();
            throw;
        }
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
        batches.Run();
    }

    /// <inheritdoc/>
    public void Dispose() => batches.Dispose();

    private void Bind(Memory<float> pictures, Memory<float> logits, int count)
    {
        int length = 3 * Height * Width, classes = Labels.Count;
        batches.Bind(
            count,
            [(first, n) => Tensor(pictures.Slice(first * length, n * length), [n, 3, Height, Width])],
            [(first, n) => Tensor(logits.Slice(first * classes, n * classes), [n, classes])]);
        (boundPictures, boundLogits, boundCount) = (pictures, logits, count);
    }

    private static OrtValue Tensor(Memory<float> memory, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
}
