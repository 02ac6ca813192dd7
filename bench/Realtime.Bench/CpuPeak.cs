using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;

namespace Realtime.Bench;

/// <summary>What ONNX Runtime gets out of these cores at best: a large square matrix product on each of them at the same time.</summary>
internal static class CpuPeak
{
    private const int Edge = 1024;
    private const int Rounds = 12;
    private const int Pieces = 2;   // for each core

    /// <summary>Float32 operations a second, all cores together; the best of some rounds.</summary>
    /// <param name="threads">Cores.</param>
    public static double Measure(int threads)
    {
        OnnxGraphBuilder graph = new("peak");
        string input = graph.Input("a", Edge, Edge);
        float[] values = new float[Edge * Edge];
        Array.Fill(values, 0.5f);
        graph.Output(graph.MatMul(input, graph.Initializer("b", values, Edge, Edge)), "c", Edge, Edge);
        using InferenceSession session = OnnxSessions.Open(graph.Build(), "the peak's product");
        using RunOptions options = new();
        OrtIoBinding[] bindings = [.. Enumerable.Range(0, threads).Select(_ => Bind(session, values))];
        using WorkerTeam team = new("peak", threads, (worker, _) => session.RunWithBinding(options, bindings[worker]));
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            team.Run(threads * Pieces);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        foreach (OrtIoBinding binding in bindings)
            binding.Dispose();
        return 2.0 * Edge * Edge * Edge * threads * Pieces / best;
    }

    private static OrtIoBinding Bind(InferenceSession session, float[] values)
    {
        // The binding keeps the tensors, and they the memory.
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput("a", OrtValue.CreateTensorValueFromMemory(values, [Edge, Edge]));
        binding.BindOutput("c", OrtValue.CreateTensorValueFromMemory(new float[Edge * Edge], [Edge, Edge]));
        return binding;
    }
}
