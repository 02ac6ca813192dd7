using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Models;

/// <summary>
/// Runs a model over a batch of pictures in pieces, one core a piece. It owns the session, its threads and the tensor handles, which are made
/// once for a batch of buffers and reused while they stay the same.
/// </summary>
internal sealed class PictureBatches : IDisposable
{
    private readonly string path;
    private readonly InferenceSession session;
    private readonly string[] inputs;
    private readonly string[] outputs;
    private readonly int largestPiece;
    private readonly RunOptions runOptions = new();
    private readonly WorkerTeam team;
    private OrtValue[][] inputValues = [];
    private OrtValue[][] outputValues = [];

    /// <summary>Takes over <paramref name="session"/>.</summary>
    /// <param name="path">The model's file, for messages.</param>
    /// <param name="session">The loaded model.</param>
    /// <param name="inputs">Names of the inputs to feed.</param>
    /// <param name="outputs">Names of the outputs to fetch.</param>
    /// <param name="threads">Cores to use.</param>
    /// <param name="largestPiece">Pictures in a run at most.</param>
    public PictureBatches(string path, InferenceSession session, string[] inputs, string[] outputs, int threads, int largestPiece = 32)
    {
        this.path = path;
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
        this.largestPiece = largestPiece;
        team = new WorkerTeam(Path.GetFileNameWithoutExtension(path), threads, RunPiece);
    }

    /// <summary>Makes the tensor for the pictures [first, first + length) of one input or output.</summary>
    public delegate OrtValue TensorOf(int first, int length);

    /// <summary>Cuts <paramref name="count"/> pictures into pieces and binds them.</summary>
    /// <param name="count">Number of pictures, at least 1.</param>
    /// <param name="inputTensors">One for each input.</param>
    /// <param name="outputTensors">One for each output.</param>
    public void Bind(int count, TensorOf[] inputTensors, TensorOf[] outputTensors)
    {
        Release();
        int piece = Math.Min(largestPiece, (count + team.Size - 1) / team.Size);
        int pieces = (count + piece - 1) / piece;
        inputValues = new OrtValue[pieces][];
        outputValues = new OrtValue[pieces][];
        for (int i = 0; i < pieces; i++)
        {
            int first = i * piece, length = Math.Min(piece, count - first);
            inputValues[i] = [.. inputTensors.Select(tensor => tensor(first, length))];
            outputValues[i] = [.. outputTensors.Select(tensor => tensor(first, length))];
        }
    }

    /// <summary>Runs all pieces that are bound.</summary>
    /// <exception cref="UserErrorException">ONNX Runtime failed.</exception>
    public void Run()
    {
        try
        {
            team.Run(inputValues.Length);
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException(ExitCode.Failed, $"model '{path}' failed on a picture: {OnnxSessions.FirstLine(error)}", error);
        }
    }

    public void Dispose()
    {
        team.Dispose();
        Release();
        runOptions.Dispose();
        session.Dispose();
    }

    private void RunPiece(int piece) => session.Run(runOptions, inputs, inputValues[piece], outputs, outputValues[piece]);

    private void Release()
    {
        foreach (OrtValue value in inputValues.Concat(outputValues).SelectMany(values => values))
            value.Dispose();
        inputValues = [];
        outputValues = [];
    }
}
