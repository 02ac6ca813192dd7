using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Graph;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// A purifier in an ONNX file, on the CPU. Tiles go through in batches; each batch runs on one core, and the cores work on different
/// batches, which keeps them busier than sharing every small operator between them. It owns the session, its threads and the memory that
/// they run their batches in.
/// </summary>
public sealed class OnnxPurifier : ITilePurifier
{
    private const int TimedTiles = 64;      // a core, for each batch size
    private const double TimedSeconds = 0.1;    // or fewer tiles, where they take longer than this

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly WorkerTeam team;
    private readonly TileBatch?[] batches;   // by worker, each for BatchSize tiles
    private readonly int tileLength;
    private readonly string path;
    private Memory<float> tiles;
    private Memory<float> purified;
    private int count;
    private int pieces;
    private FrameTrace? trace;
    private int firstTrack;

    private OnnxPurifier(string path, OnnxModel model, InferenceSession session, int tileSize, int threads)
    {
        this.path = Path.GetFullPath(path);
        this.session = session;
        Randomness = RandomOperators.Find(model);
        Name = Path.GetFileNameWithoutExtension(path);
        TileSize = tileSize;
        tileLength = 3 * TileSize * TileSize;
        batches = new TileBatch?[threads];
        team = new WorkerTeam("purify", threads, RunPiece);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int TileSize { get; }

    /// <inheritdoc/>
    public string? Randomness { get; }

    /// <summary>The most tiles that one run takes; halved when a run fails.</summary>
    public int BatchSize { get; private set; } = BatchSizeSearch.Usual;

    /// <summary>Cores at work.</summary>
    public int Threads => team.Size;

    /// <inheritdoc/>
    public string Work => string.Create(CultureInfo.InvariantCulture, $"{Threads} threads, batches of {BatchSize}");

    /// <summary>Name of the batch dimension in the model file, empty where it has none.</summary>
    internal string BatchSymbol => session.InputMetadata.Values.First().SymbolicDimensions[0];

    /// <summary>Loads and checks a model.</summary>
    /// <param name="path">An ONNX file, see <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <param name="precision">What to compute in; float16 is slower here, for comparisons.</param>
    /// <exception cref="UserErrorException">The file is not an ONNX model or not a purifier (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxPurifier Open(string path, int? threads = null, Precision precision = Precision.Float32)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OnnxModel model = OnnxReader.Read(path), fused = precision == Precision.Float32 ? Fused(model) : model;
        InferenceSession session = ReferenceEquals(model, fused) ? OnnxSessions.Open(path, precision) : OnnxSessions.Open(fused, path);
        try
        {
            return new OnnxPurifier(path, model, session, PurifierContract.Check(path, session), threads ?? Environment.ProcessorCount);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Prepare(int count) => Prepare(count, BatchSizeMemory.OfUser);

    /// <summary>Measures, for about a second with small models, which batch size is fastest for frames of <paramref name="count"/> tiles.</summary>
    public void ChooseBatchSize(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        SetBatchSize(BatchSizeSearch.Choose((count + Threads - 1) / Threads, TimePerTile));
    }

    /// <summary>As <see cref="Prepare(int)"/>, with what was measured before.</summary>
    internal void Prepare(int count, BatchSizeMemory memory)
    {
        string key = BatchSizeMemory.Key(ModelCatalog.HashOf(path), OnnxEnvironment.Instance.GetVersionString(), Threads, count);
        if (memory.Find(key) is int size)
        {
            SetBatchSize(size);
            return;
        }

        ChooseBatchSize(count);
        memory.Keep(key, BatchSize);
    }

    /// <inheritdoc/>
    public void TraceTo(FrameTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        int[] tracks = [.. Enumerable.Range(1, Threads).Select(worker => trace.AddTrack($"inference {worker}"))];
        firstTrack = tracks[0];
        this.trace = trace;
    }

    /// <inheritdoc/>
    /// <exception cref="PurificationException">ONNX Runtime failed, even tile by tile.</exception>
    public void Purify(Memory<float> tiles, Memory<float> purified, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles.Length, count * tileLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(purified.Length, count * tileLength);
        (this.tiles, this.purified, this.count) = (tiles, purified, count);
        while (true)
        {
            try
            {
                // As few pieces as the batch size allows, all of one size and the same number for every core: none waits for a last small one.
                int round = BatchSize * Threads;
                pieces = Math.Min(count, (count + round - 1) / round * Threads);
                team.Run(pieces);
                return;
            }
            catch (OnnxRuntimeException) when (BatchSize > 1)
            {
                SetBatchSize(BatchSize / 2);   // most often memory: the frame is tried again in smaller pieces
            }
            catch (OnnxRuntimeException error)
            {
                throw new PurificationException($"ONNX Runtime failed: {OnnxSessions.FirstLine(error)}", error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        team.Dispose();
        SetBatchSize(1);
        runOptions.Dispose();
        session.Dispose();
    }

    // A model of ours with operators that are faster on the processor; another one as it is.
    private static OnnxModel Fused(OnnxModel model) => model.Metadata.ContainsKey(ModelDescription.KindKey) ? QuantizedFusion.Fuse(TransformerFusion.Fuse(model)) : model;

    private void RunPiece(int worker, int piece)
    {
        int first = (int)((long)count * piece / pieces) * tileLength, end = (int)((long)count * (piece + 1) / pieces) * tileLength;
        TileBatch batch = batches[worker] ??= new TileBatch(session, BatchSize, TileSize);
        long begin = trace is null ? 0 : Stopwatch.GetTimestamp();
        batch.Run(runOptions, tiles.Span[first..end], purified.Span[first..end]);
        trace?.Add(firstTrack + worker, "inference", begin, Stopwatch.GetTimestamp(), "tiles", (end - first) / tileLength);
    }

    private void SetBatchSize(int size)
    {
        BatchSize = size;
        for (int worker = 0; worker < batches.Length; worker++)
        {
            batches[worker]?.Dispose();
            batches[worker] = null;
        }
    }

    // Ticks a tile: some batches in a row on every core, after one to warm up.
    private double TimePerTile(int batchSize)
    {
        SetBatchSize(batchSize);
        int most = Math.Max(1, TimedTiles / batchSize), both = batchSize * Threads;
        float[] grey = new float[most * both * tileLength], back = new float[grey.Length];
        Array.Fill(grey, 0.5f);
        long begin = Stopwatch.GetTimestamp();
        Purify(grey, back, both);
        int batches = Math.Clamp((int)(TimedSeconds / Stopwatch.GetElapsedTime(begin).TotalSeconds), 1, most);
        begin = Stopwatch.GetTimestamp();
        Purify(grey, back, batches * both);
        return (Stopwatch.GetTimestamp() - begin) / (double)(batches * both);
    }
}
