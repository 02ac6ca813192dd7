using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// A purifier in an ONNX file, on the CPU. Tiles go through in batches; each batch runs on one core, and the cores work on different
/// batches, which keeps them busier than sharing every small operator between them. It owns the session, its threads and the tensor
/// handles, and pins the tile buffers it has seen most recently.
/// </summary>
public sealed class OnnxPurifier : ITilePurifier
{
    private const int DefaultBatch = 32;
    private const int MostBindings = 8;

    private static readonly int[] Candidates = [16, 25, 32, 49, 64];

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly WorkerTeam team;
    private readonly List<TileBinding> bindings = [];   // newest last
    private readonly int tileLength;
    private TileBinding? current;

    private OnnxPurifier(string path, InferenceSession session, int tileSize, int threads)
    {
        this.session = session;
        Name = Path.GetFileNameWithoutExtension(path);
        TileSize = tileSize;
        tileLength = 3 * TileSize * TileSize;
        team = new WorkerTeam("purify", threads, RunBatch);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int TileSize { get; }

    /// <summary>The most tiles that one run takes; halved when a run fails.</summary>
    public int BatchSize { get; private set; } = DefaultBatch;

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
        InferenceSession session = OnnxSessions.Open(path, precision);
        try
        {
            return new OnnxPurifier(path, session, PurifierContract.Check(path, session), threads ?? Environment.ProcessorCount);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Prepare(int count) => ChooseBatchSize(count);

    /// <summary>Measures, for well under a second with small models, which batch size is fastest for frames of <paramref name="count"/> tiles.</summary>
    public void ChooseBatchSize(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int share = (count + Threads - 1) / Threads;
        BatchSize = Math.Min(share, DefaultBatch);
        if (share <= Candidates[0])
            return;

        long fastest = long.MaxValue;
        int best = BatchSize;
        foreach (int candidate in Candidates.Where(size => size < share).Append(share).Where(size => size <= Candidates[^1]))
        {
            long perTile = Measure(candidate) / candidate;
            if (perTile < fastest)
                (fastest, best) = (perTile, candidate);
        }

        BatchSize = best;
    }

    /// <inheritdoc/>
    /// <exception cref="PurificationException">ONNX Runtime failed, even tile by tile.</exception>
    public void Purify(Memory<float> tiles, Memory<float> purified, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles.Length, count * tileLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(purified.Length, count * tileLength);
        while (true)
        {
            try
            {
                current = Bind(tiles, purified, count, Math.Min(BatchSize, (count + Threads - 1) / Threads));
                team.Run(current.Batches.Length);
                return;
            }
            catch (OnnxRuntimeException) when (BatchSize > 1)
            {
                BatchSize /= 2;   // most often memory: the frame is tried again in smaller pieces
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
        foreach (TileBinding binding in bindings)
            binding.Dispose();
        bindings.Clear();
        runOptions.Dispose();
        session.Dispose();
    }

    private void RunBatch(int batch) => session.RunWithBinding(runOptions, current!.Batches[batch]);

    private TileBinding Bind(Memory<float> tiles, Memory<float> purified, int count, int batchSize)
    {
        foreach (TileBinding known in bindings)
        {
            if (known.Fits(tiles, purified, count, batchSize))
                return known;
        }

        if (bindings.Count == MostBindings)
        {
            bindings[0].Dispose();
            bindings.RemoveAt(0);
        }

        TileBinding binding = new(session, tiles, purified, count, batchSize, TileSize);
        bindings.Add(binding);
        return binding;
    }

    // Ticks for one batch on every core, after one to warm up.
    private long Measure(int batchSize)
    {
        int count = batchSize * Threads;
        float[] tiles = new float[count * tileLength];
        float[] purified = new float[count * tileLength];
        Array.Fill(tiles, 0.5f);
        using TileBinding binding = new(session, tiles, purified, count, batchSize, TileSize);
        current = binding;
        team.Run(Threads);
        long begin = Stopwatch.GetTimestamp();
        team.Run(Threads);
        return Stopwatch.GetTimestamp() - begin;
    }
}
