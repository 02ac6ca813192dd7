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

    /// <summary>Operations a second in float32, all cores together; the best of some rounds.</summary>
    /// <param name="threads">Cores.</param>
    public static double Measure(int threads)
    {
        OnnxGraphBuilder graph = new("peak");
        float[] values = Filled(0.5f);
        string product = graph.MatMul(graph.Input("a", Edge, Edge), graph.Initializer("b", values, Edge, Edge));
        graph.Output(product, "c", Edge, Edge);
        return Measure<float, float>(graph.Build(), values, threads);
    }

    /// <summary>Operations a second in 8 bits, unsigned by signed with sums of 32 bits; otherwise as <see cref="Measure(int)"/>.</summary>
    /// <param name="threads">Cores.</param>
    public static double MeasureInteger(int threads)
    {
        OnnxGraph graph = new() { Name = "peak" };
        OnnxDimension[] shape = [Edge, Edge];
        graph.Inputs.Add(new OnnxValue("a", OnnxElementType.UInt8, shape));
        graph.Initializers.Add(new OnnxTensor("b", OnnxElementType.Int8, [Edge, Edge], Filled<byte>(3)));
        graph.Nodes.Add(new OnnxNode("product", "MatMulInteger", ["a", "b"], ["c"], []));
        graph.Outputs.Add(new OnnxValue("c", OnnxElementType.Int32, shape));
        OnnxModel model = new() { Graph = graph };
        model.Opsets[""] = OnnxGraphBuilder.Opset;
        return Measure<byte, int>(model, Filled<byte>(5), threads);
    }

    private static double Measure<TIn, TOut>(OnnxModel model, TIn[] values, int threads)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        using InferenceSession session = OnnxSessions.Open(model, "the peak's product");
        using RunOptions options = new();
        OrtIoBinding[] bindings = [.. Enumerable.Range(0, threads).Select(_ => Bind<TIn, TOut>(session, values))];
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

    private static T[] Filled<T>(T value)
    {
        T[] values = new T[Edge * Edge];
        Array.Fill(values, value);
        return values;
    }

    private static OrtIoBinding Bind<TIn, TOut>(InferenceSession session, TIn[] values)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        // The binding keeps the tensors, and they the memory.
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput("a", OrtValue.CreateTensorValueFromMemory(values, [Edge, Edge]));
        binding.BindOutput("c", OrtValue.CreateTensorValueFromMemory(new TOut[Edge * Edge], [Edge, Edge]));
        return binding;
    }
}
