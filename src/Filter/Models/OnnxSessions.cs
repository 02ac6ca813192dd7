using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Models;

/// <summary>Opens ONNX files on the CPU, one core a run: callers that have more cores run several batches at once.</summary>
public static class OnnxSessions
{
    // For blocks of channels ONNX Runtime lays pictures out anew before and behind every float32 convolution; among integer ones, which have a layout of their own, that costs more than it gains.
    private const string Unoptimized = "optimization.disable_specified_optimizers", ChannelBlocks = "NchwcTransformer";

    // Making options would make the environment otherwise, as ONNX Runtime has it by default.
    static OnnxSessions() => _ = OnnxEnvironment.Instance;

    /// <summary>Loads a model.</summary>
    /// <param name="path">An existing file.</param>
    /// <param name="precision">What it shall compute in.</param>
    /// <exception cref="UserErrorException">It is not an ONNX model, or not one that is known in float16 (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static InferenceSession Open(string path, Precision precision = Precision.Float32)
    {
        using SessionOptions options = Options();
        try
        {
            return Load(path, options, precision);
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException(ExitCode.ModelRejected, $"model '{path}' cannot be loaded: expected an ONNX file, found: {FirstLine(error)}", error);
        }
    }

    /// <summary>Loads a model that was made in memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What it was made of, for messages.</param>
    /// <exception cref="UserErrorException">ONNX Runtime does not take it (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static InferenceSession Open(OnnxModel model, string name)
    {
        using SessionOptions options = Options();
        if (ModelDescription.IsQuantized(model))
            options.AddSessionConfigEntry(Unoptimized, ChannelBlocks);
        try
        {
            return new InferenceSession(OnnxWriter.ToBytes(model), options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException(ExitCode.ModelRejected, $"'{name}' cannot be loaded: {FirstLine(error)}", error);
        }
    }

    /// <summary>Loads a model with <paramref name="options"/>, which say where it runs.</summary>
    internal static InferenceSession Load(string path, SessionOptions options, Precision precision) => precision == Precision.Float32
        ? new InferenceSession(path, options)
        : new InferenceSession(OnnxWriter.ToBytes(Float16Model.Convert(OnnxReader.Read(path), path)), options);

    /// <summary>Our options for every session; no provider is named yet.</summary>
    internal static SessionOptions Options() =>
        new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,   // failures come as exceptions; nothing else belongs on stderr
        };

    /// <summary>The first line of ONNX Runtime's message; the others say where in its sources it arose.</summary>
    internal static string FirstLine(OnnxRuntimeException error) => error.Message.ReplaceLineEndings("\n").Split('\n', 2)[0];
}
