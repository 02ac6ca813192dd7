using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Models;

/// <summary>Opens ONNX files on the CPU, one core a run: callers that have more cores run several batches at once.</summary>
public static class OnnxSessions
{
    /// <summary>Loads a model.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="UserErrorException">It is not an ONNX model (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static InferenceSession Open(string path)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,   // failures come as exceptions; nothing else belongs on stderr
        };
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException(ExitCode.ModelRejected, $"model '{path}' cannot be loaded: expected an ONNX file, found: {FirstLine(error)}", error);
        }
    }

    /// <summary>The first line of ONNX Runtime's message; the others say where in its sources it arose.</summary>
    internal static string FirstLine(OnnxRuntimeException error) => error.Message.ReplaceLineEndings("\n").Split('\n', 2)[0];
}
