using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Tests.Gpu.Passes;

/// <summary>Random graphs on the device compute what the same steps do one after the other, and the validation layer misses no barrier.</summary>
public sealed class RandomGraphTests : GpuTest
{
    private const int Numbers = 64;
    private const ulong Bytes = Numbers * sizeof(float);

    private GpuPipeline? multiply;

    [SkippableFact]
    public void A_random_graph_computes_what_its_steps_do_one_after_the_other()
    {
        multiply = Multiply(Device, factor: 3);
        for (int seed = 0; seed < 25; seed++)
            Check(new Random(seed), seed);
    }

    private void Check(Random random, int seed)
    {
        PassGraph graph = new($"graph {seed}");
        GpuBuffer start = Upload([.. Enumerable.Range(0, Numbers).Select(i => (float)(i + seed))]);
        GpuBuffer end = Device.CreateBuffer("end", Bytes, GpuMemory.Readback);
        List<(PassResource Resource, float[] Values)> known = [(graph.Import(start), Floats(start).ToArray())];
        for (int pass = 0; pass < 16; pass++)
            AddPass(graph, random, known, pass);
        (PassResource last, float[] expected) = known[random.Next(1, known.Count)];
        graph.Add(new GpuPass("end", null, [PassUse.Read(last), PassUse.Write(graph.Import(end))]));

        GpuBuffer? heap = null;
        graph.Compile(bytes => heap = Device.CreateBuffer("heap", bytes, GpuMemory.Device));
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        graph.Record(commands);
        commands.Barrier(GpuStage.Transfer, GpuStage.Host);
        commands.End();
        Run(commands);

        Assert.True(expected.AsSpan().SequenceEqual(Floats(end)), $"seed {seed}:\n{graph}");
    }

    // Mostly into a new transient, sometimes over one there is: a product by three, a copy, or zeros.
    private void AddPass(PassGraph graph, Random random, List<(PassResource Resource, float[] Values)> known, int pass)
    {
        (PassResource from, float[] values) = known[random.Next(Math.Max(0, known.Count - 4), known.Count)];
        int over = known.Count > 1 && random.Next(3) == 0 ? random.Next(1, known.Count) : -1;
        PassResource to = over < 0 ? graph.Transient($"t{pass}", Bytes) : known[over].Resource;
        int kind = random.Next(5);
        if (kind > 0 && ReferenceEquals(from, to))
            return;     // neither a copy onto itself nor a product read and written at two bindings
        float[] result = kind switch { 0 => new float[Numbers], 1 => values, _ => [.. values.Select(value => value * 3)] };
        graph.Add(kind switch
        {
            0 => new GpuPass("zero", null, [PassUse.Write(to)]),
            1 => new GpuPass("copy", null, [PassUse.Read(from), PassUse.Write(to)]),
            _ => new GpuPass("product", multiply, [PassUse.Read(from), PassUse.Write(to)]) { Constants = GpuPass.Pack(Numbers) },
        });
        if (over < 0)
            known.Add((to, result));
        else
            known[over] = (to, result);
    }
}
