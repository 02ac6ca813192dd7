using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;

namespace Realtime.Filter.Devices;

/// <summary>Opens a purifier on a provider and makes sure that it really runs there.</summary>
internal static class ProviderSession
{
    // Keeps a run out of CUDA graph capture, which is for the runs that follow.
    private const string GraphKey = "gpu_graph_id", NoGraph = "-1";

    /// <summary>Loads a model and runs one batch of zeros through it.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="setup">Where it shall run.</param>
    /// <param name="precision">What it computes in.</param>
    /// <param name="batch">The number of tiles of every run, and the name of that dimension in the model (empty where it has none).</param>
    /// <param name="tileSize">Edge length S of a tile in pixels.</param>
    /// <exception cref="OnnxRuntimeException">The provider could not be opened, or not for every node.</exception>
    /// <exception cref="InvalidOperationException">Nodes ran somewhere else.</exception>
    public static InferenceSession Open(string path, ProviderSetup setup, Precision precision, (int Size, string Symbol) batch, int tileSize)
    {
        string profile = Path.Combine(Path.GetTempPath(), $"realtime-{Guid.NewGuid():N}");
        using SessionOptions options = OnnxSessions.Options();
        options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        options.ProfileOutputPathPrefix = profile;
        options.EnableProfiling = true;
        if (batch.Symbol.Length > 0)
            options.AddFreeDimensionOverrideByName(batch.Symbol, batch.Size);   // folds the shapes away that would be computed on the CPU
        setup.Append(options);
        InferenceSession session = OnnxSessions.Load(path, options, precision);
        try
        {
            Prove(session, setup, [batch.Size, 3, tileSize, tileSize]);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
        finally
        {
            foreach (string left in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(profile) + "*"))
                File.Delete(left);
        }
    }

    private static void Prove(InferenceSession session, ProviderSetup setup, long[] shape)
    {
        using RunOptions run = new();
        run.AddRunConfigEntry(GraphKey, NoGraph);
        using OrtValue tiles = OrtValue.CreateTensorValueFromMemory(new float[shape[0] * shape[1] * shape[2] * shape[3]], shape);
        session.Run(run, session.InputNames, [tiles], session.OutputNames).Dispose();
        string? fault = ProviderProof.Fault(File.ReadAllBytes(session.EndProfiling()), setup);
        if (fault is not null)
            throw new InvalidOperationException(fault);
    }
}
