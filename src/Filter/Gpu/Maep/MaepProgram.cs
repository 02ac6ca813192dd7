using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>
/// A masked-autoencoder purifier on a device: its weights and specialised kernels, and the passes that purify a run of tiles. All of it is
/// made once for a model; passes for any number of tiles and any frame size share it.
/// </summary>
/// <remarks>Tiles and purified tiles are [tiles, Size, Size] cells (R, G, B, 0).</remarks>
internal sealed class MaepProgram : IDisposable
{
    private readonly MaepArchitecture a;
    private readonly MaepUpload upload;
    private readonly GpuPipeline statistics;
    private readonly GpuPipeline wholeNorm;
    private readonly GpuPipeline attention;
    private readonly GpuBuffer positions;
    private readonly GpuBuffer encoderNorm;
    private readonly GpuLayer[] stem;
    private readonly GpuLayer embed;
    private readonly Block[] blocks;
    private readonly GpuLayer unembed;
    private readonly GpuLayer[] head;

    private readonly uint width;        // cells
    private readonly uint features;     // cells of the stem's output
    private readonly uint joined;       // cells of features and token maps together

    /// <summary>Uploads a model.</summary>
    /// <param name="device">Borrowed.</param>
    /// <param name="path">The model's file, for messages.</param>
    /// <param name="model">Its content.</param>
    /// <param name="half">Activations and weights are kept as float16.</param>
    /// <param name="matrixUnits">Products of float16 run on the device's matrix units, where it has them.</param>
    public MaepProgram(GpuDevice device, string path, OnnxModel model, bool half, bool matrixUnits = true)
    {
        a = MaepArchitecture.Read(path, model);
        AttentionCut.Check(path, a, device.Adapter);
        upload = new MaepUpload(device, a, half, matrixUnits);
        MaepWeights weights = new(path, model, a);
        width = (uint)a.Width / 4;
        features = (uint)a.Stem / 4;
        joined = features + (MaepArchitecture.TokenMaps / 4);
        statistics = upload.Kernel("layernorm", 4, sizeof(uint), [width, 0, (uint)a.Tokens]);
        wholeNorm = upload.Kernel("layernorm", 4, sizeof(uint), [width, 1, (uint)a.Tokens]);
        attention = upload.Kernel("attention", 2, 0, [(uint)a.Tokens, (uint)a.Heads, width / (uint)a.Heads, .. AttentionCut.For(device)]);
        positions = upload.Cells("positions", weights.Positions());
        encoderNorm = upload.Floats("encoderNorm", weights.EncoderNorm());
        stem = a.Stem > 0 ? Stem(weights) : [];
        embed = Embed(weights);
        blocks =
        [
            .. Enumerable.Range(0, a.Encoder).Select(i => NewBlock(weights, $"encoder.{i}")),
            .. Enumerable.Range(0, a.Decoder).Select(i => NewBlock(weights, $"decoder.{i}")),
        ];
        unembed = Unembed(weights);
        head = a.Stem > 0 ? Head(weights) : [];
        upload.Finish();
    }

    /// <summary>The model's shape.</summary>
    public MaepArchitecture Architecture => a;

    /// <summary>Bytes of a cell: 16, or 8 with float16.</summary>
    public uint CellBytes => upload.CellBytes;

    /// <summary>Whether numbers are kept as float16.</summary>
    public bool IsHalf => upload.IsHalf;

    /// <summary>The fragments of products on the device's matrix units; null where they run without.</summary>
    public GpuMatrixShape? MatrixShape => upload.MatrixShape;

    /// <summary>Makes one of the frame's kernels in this program's number format.</summary>
    public GpuPipeline Kernel(string shader, int buffers, int constantBytes, uint[] specialization) => upload.Kernel(shader, buffers, constantBytes, specialization);

    /// <summary>Appends the passes that purify <paramref name="count"/> tiles from <paramref name="first"/> on.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="tiles">All tiles of the frame.</param>
    /// <param name="purified">The same, purified, unclamped.</param>
    /// <param name="first">Number of the first tile.</param>
    /// <param name="count">At least 1.</param>
    public void AddPasses(PassGraph graph, PassResource tiles, PassResource purified, uint first, uint count)
    {
        MaepPasses passes = new(graph, CellBytes, a, first);
        uint pixels = count * (uint)a.Pixels;
        uint tokens = count * (uint)a.Tokens;
        PassResource picture = tiles;
        PassResource? maps = null;
        if (a.Stem > 0)
        {
            PassResource first3x3 = passes.Cells("stem", pixels * features);
            maps = passes.Cells("maps", pixels * joined);
            passes.Product(stem[0], pixels, tiles, first3x3);
            passes.Product(stem[1], pixels, first3x3, maps);
            picture = maps;
        }

        PassResource x = passes.Cells("tokens", tokens * width);
        PassResource positionRows = passes.Existing(positions);
        passes.Product(embed, tokens, picture, x, positionRows);
        for (int i = 0; i < blocks.Length; i++)
        {
            if (i == a.Encoder)
                passes.Norm("encoderNorm", wholeNorm, tokens, width, x, passes.Existing(encoderNorm), positionRows);
            AddBlock(passes, blocks[i], x, tokens, count);
        }

        if (a.Encoder == blocks.Length)
            passes.Norm("encoderNorm", wholeNorm, tokens, width, x, passes.Existing(encoderNorm), positionRows);
        PassResource rows = passes.Statistics("decoderNorm", statistics, tokens, width, x);
        if (maps is null)
        {
            passes.Product(unembed, tokens, x, purified, tiles, rows);
            return;
        }

        passes.Product(unembed, tokens, x, maps, statistics: rows, writesPart: true);
        PassResource one = passes.Cells("head", pixels * features);
        PassResource two = passes.Cells("head", pixels * features);
        passes.Product(head[0], pixels, maps, one);
        passes.Product(head[1], pixels, one, two);
        passes.Product(head[2], pixels, two, purified, tiles);
    }

    /// <inheritdoc/>
    public void Dispose() => upload.Dispose();

    private void AddBlock(MaepPasses passes, Block block, PassResource x, uint tokens, uint tiles)
    {
        PassResource rows = passes.Statistics(block.Qkv.Name, statistics, tokens, width, x);
        PassResource qkv = passes.Cells("qkv", 3 * tokens * width);
        PassResource mixed = passes.Cells("mixed", tokens * width);
        passes.Product(block.Qkv, tokens, x, qkv, statistics: rows);
        passes.Attention(attention, tiles, qkv, mixed);
        passes.Product(block.Projection, tokens, mixed, x, x);
        rows = passes.Statistics(block.Expand.Name, statistics, tokens, width, x);
        PassResource hidden = passes.Cells("hidden", 4 * tokens * width);
        passes.Product(block.Expand, tokens, x, hidden, statistics: rows);
        passes.Product(block.Contract, tokens, hidden, x, x);
    }

    private GpuLayer[] Stem(MaepWeights weights) =>
    [
        upload.Layer(weights.Convolution("stem.first", 3, a.Stem), new GemmOptions
        {
            From = GemmOptions.Neighbourhood, InputStride = 1, PixelCells = 1, Prepare = GemmOptions.Picture, OutputStride = features,
            Activation = GemmOptions.Relu, FrameBuffers = GemmOptions.InputIsFrame,
        }),
        upload.Layer(weights.Convolution("stem.second", a.Stem, a.Stem), new GemmOptions
        {
            From = GemmOptions.Neighbourhood, InputStride = features, PixelCells = features, OutputStride = joined, Activation = GemmOptions.Relu,
        }),
    ];

    private GpuLayer Embed(MaepWeights weights) => upload.Layer(weights.Embedding(a.Stem > 0 ? a.Stem : 3), new GemmOptions
    {
        From = GemmOptions.Patch,
        InputStride = a.Stem > 0 ? joined : 1,
        PixelCells = a.Stem > 0 ? features : 1,
        Prepare = a.Stem > 0 ? 0 : GemmOptions.Picture,
        OutputStride = width,
        Add = GemmOptions.SameToken,
        AddStride = width,
        FrameBuffers = a.Stem > 0 ? 0 : GemmOptions.InputIsFrame,
    });

    private GpuLayer Unembed(MaepWeights weights)
    {
        bool plain = a.Stem == 0;
        bool whole = plain && !a.Residual;      // the model gives the picture itself, as -1..1
        PackedLayer layer = weights.Unembedding(plain ? 3 : MaepArchitecture.TokenMaps, whole ? 0.5f : 1, whole ? 0.5f : 0);
        return upload.Layer(layer, new GemmOptions
        {
            InputStride = width,
            Prepare = GemmOptions.Normalised,
            To = GemmOptions.ToPatch,
            PixelCells = plain ? 1u : MaepArchitecture.TokenMaps / 4,
            OutputStride = plain ? 1 : joined,
            OutputOffset = plain ? 0 : features,
            Add = plain && a.Residual ? GemmOptions.SamePlace : 0,
            FrameBuffers = plain ? GemmOptions.AddedIsFrame | GemmOptions.OutputIsFrame : 0,
        });
    }

    private GpuLayer[] Head(MaepWeights weights) =>
    [
        upload.Layer(weights.Convolution("head.first", a.Stem + MaepArchitecture.TokenMaps, a.Stem), new GemmOptions
        {
            From = GemmOptions.Neighbourhood, InputStride = joined, PixelCells = joined, OutputStride = features, Activation = GemmOptions.Relu,
        }),
        upload.Layer(weights.Convolution("head.second", a.Stem, a.Stem), new GemmOptions
        {
            From = GemmOptions.Neighbourhood, InputStride = features, PixelCells = features, OutputStride = features, Activation = GemmOptions.Relu,
        }),
        upload.Layer(weights.Convolution("head.last", a.Stem, 3, a.Residual ? 1 : 0.5f, a.Residual ? 0 : 0.5f), new GemmOptions
        {
            From = GemmOptions.Neighbourhood, InputStride = features, PixelCells = features, OutputStride = 1,
            Add = a.Residual ? GemmOptions.SamePlace : 0, FrameBuffers = GemmOptions.AddedIsFrame | GemmOptions.OutputIsFrame,
        }),
    ];

    private Block NewBlock(MaepWeights weights, string name)
    {
        GemmOptions normed = new() { InputStride = width, Prepare = GemmOptions.Normalised, OutputStride = 3 * width };
        GemmOptions added = new() { InputStride = width, OutputStride = width, Add = GemmOptions.SamePlace, AddStride = width };
        return new Block(
            upload.Layer(weights.Linear(name + ".qkv", a.Width, 3 * a.Width, name + ".norm1"), normed),
            upload.Layer(weights.Linear(name + ".projection", a.Width, a.Width), added),
            upload.Layer(weights.Linear(name + ".expand", a.Width, 4 * a.Width, name + ".norm2"), normed with { OutputStride = 4 * width, Activation = GemmOptions.Gelu }),
            upload.Layer(weights.Linear(name + ".contract", 4 * a.Width, a.Width), added with { InputStride = 4 * width }));
    }

    private sealed record Block(GpuLayer Qkv, GpuLayer Projection, GpuLayer Expand, GpuLayer Contract);
}
