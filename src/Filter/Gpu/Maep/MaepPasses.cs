using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>Appends the passes of one run of tiles to a graph; keeps the sizes that all of them need.</summary>
/// <param name="graph">Where passes go.</param>
/// <param name="cellBytes">16 or 8.</param>
/// <param name="shape">The model's shape.</param>
/// <param name="firstTile">Of the run, within the frame.</param>
internal sealed class MaepPasses(PassGraph graph, uint cellBytes, MaepArchitecture shape, uint firstTile)
{
    private const uint NormRows = 8;        // of a workgroup in layernorm.comp

    /// <summary>Transient memory for so many cells.</summary>
    public PassResource Cells(string name, uint count) => graph.Transient(name, (ulong)count * cellBytes);

    /// <summary>A buffer with weights.</summary>
    public PassResource Existing(GpuBuffer buffer) => graph.Import(buffer);

    /// <summary>A layer with weights.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rows">Output rows.</param>
    /// <param name="input">What goes in.</param>
    /// <param name="output">What comes out.</param>
    /// <param name="added">What is added to the output; may be the output itself.</param>
    /// <param name="statistics">Mean and deviation of the input's rows, where the layer normalises them.</param>
    /// <param name="writesPart">The output holds other values between these that must stay.</param>
    public void Product(
        GpuLayer layer, uint rows, PassResource input, PassResource output, PassResource? added = null, PassResource? statistics = null, bool writesPart = false)
    {
        PassResource bias = graph.Import(layer.Bias);   // also stands in for bindings that this layer does not use
        double inner = 4.0 * layer.K;
        double outer = 4.0 * layer.N;
        graph.Add(new GpuPass(layer.Name, layer.Pipeline,
        [
            PassUse.Read(input),
            PassUse.Read(graph.Import(layer.Weights)),
            PassUse.Read(bias),
            PassUse.Read(added ?? bias),
            PassUse.Read(statistics ?? bias),
            writesPart ? PassUse.Change(output) : PassUse.Write(output),
        ])
        {
            Constants = GpuPass.Pack(rows, firstTile, layer.FrameBuffers),
            Groups = (Parts.Covering(rows, layer.GroupRows), Parts.Covering(layer.N, layer.GroupCells), 1),
            Flops = 2.0 * rows * inner * outer,
            // A convolution reads each pixel nine times from the cache, once from memory.
            Bytes = (rows * (outer + (inner / layer.InputReads)) + (inner * outer)) * cellBytes / 4,
        });
    }

    /// <summary>Mean and deviation of each row.</summary>
    public PassResource Statistics(string of, GpuPipeline kernel, uint rows, uint width, PassResource x)
    {
        PassResource result = graph.Transient("statistics", 8UL * rows);
        graph.Add(new GpuPass("norm of " + of, kernel, [PassUse.Read(x), PassUse.Write(result), PassUse.Read(x), PassUse.Read(x)])
        {
            Constants = GpuPass.Pack(rows),
            Groups = (Parts.Covering(rows, NormRows), 1, 1),
            Flops = 16.0 * rows * width,
            Bytes = (double)rows * ((width * cellBytes) + 8),
        });
        return result;
    }

    /// <summary>Normalises rows in place and adds the positions.</summary>
    public void Norm(string name, GpuPipeline kernel, uint rows, uint width, PassResource x, PassResource scale, PassResource positions) =>
        graph.Add(new GpuPass(name, kernel, [PassUse.Change(x), PassUse.Change(x), PassUse.Read(scale), PassUse.Read(positions)])
        {
            Constants = GpuPass.Pack(rows),
            Groups = (Parts.Covering(rows, NormRows), 1, 1),
            Flops = 28.0 * rows * width,
            Bytes = 2.0 * rows * width * cellBytes,
        });

    /// <summary>Self-attention within each tile.</summary>
    public void Attention(GpuPipeline kernel, uint tileCount, PassResource qkv, PassResource mixed)
    {
        double tokens = shape.Tokens;
        graph.Add(new GpuPass("attention", kernel, [PassUse.Read(qkv), PassUse.Write(mixed)])
        {
            Groups = (tileCount, (uint)shape.Heads, Parts.Covering((uint)shape.Tokens, AttentionCut.Queries)),
            Flops = tileCount * tokens * tokens * ((4.0 * shape.Width) + (3.0 * shape.Heads)),
            Bytes = tileCount * tokens * shape.Width * cellBytes,       // three read and one written, of a quarter cell a number
        });
    }
}
