using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;

namespace Realtime.Bench;

/// <summary>The same weights and tiles through PyTorch eager, in a process of its own, in turns with ours.</summary>
/// <param name="threads">Cores for either.</param>
/// <param name="seconds">About how long each figure is measured.</param>
internal sealed class TorchPeer(int threads, double seconds)
{
    private const int Tiles = 128;
    private const int Batch = 32;
    private const double LargestDifference = 1e-3;

    private readonly Dictionary<string, TorchFigure[]> measured = new(StringComparer.Ordinal);     // by file name

    /// <summary>Times both and prints the ratios; a model in 8 bits is compared with what the float32 model that it was made from took before, in this run.</summary>
    /// <param name="purifier">Ours.</param>
    /// <param name="model">Its file.</param>
    /// <exception cref="UserErrorException">There is no Python with torch, or it computes something else.</exception>
    public void Print(OnnxPurifier purifier, OnnxModel model)
    {
        if (model.Metadata.TryGetValue(ModelDescription.QuantizationKey, out string? recipe))
        {
            PrintQuantized(purifier, recipe);
            return;
        }

        if (!model.Metadata.TryGetValue("realtime.architecture", out string? architecture) || model.Graph.FindInitializer("embed.weight") is null)
        {
            Console.Out.WriteLine("  PyTorch eager: only for masked autoencoders in float32");
            return;
        }

        string folder = Directory.CreateTempSubdirectory("realtime-torch-").FullName;
        try
        {
            float[] tiles = RandomTiles(purifier), purified = new float[tiles.Length];
            double before = Best(purifier, tiles, purified, seconds / 2);
            Write(folder, model, architecture, tiles, purified);
            TorchFigure[] figures = measured[purifier.Name + ".onnx"] = Run(folder);
            double ours = Math.Min(before, Best(purifier, tiles, purified, seconds / 2));
            if (Array.Find(figures, figure => figure.Format == "float32" && !(figure.Difference <= LargestDifference)) is { } other)
                throw new UserErrorException(ExitCode.Failed, $"PyTorch's purifier differs from ours by {other.Difference}: the comparison would be of two models.");
            Print(figures, ours, figure => string.Create(CultureInfo.InvariantCulture, $"; largest difference {figure.Difference:0.0e+0}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void PrintQuantized(OnnxPurifier purifier, string recipe)
    {
        string? source = measured.Keys.FirstOrDefault(name => recipe.Contains($" {name} ", StringComparison.Ordinal));
        if (source is null)
        {
            Console.Out.WriteLine($"  PyTorch eager: name the float32 model before it (-m); this one is {recipe}");
            return;
        }

        float[] tiles = RandomTiles(purifier), purified = new float[tiles.Length];
        Print(measured[source], Best(purifier, tiles, purified, seconds), _ => $"; its float32 weights are those of {source}");
    }

    private static void Print(TorchFigure[] figures, double ours, Func<TorchFigure, string> remark)
    {
        foreach (TorchFigure figure in figures)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  PyTorch {figure.Version} eager, {figure.Format,-8} {1000 * figure.Seconds / Tiles,8:0.000} ms a tile; ours {1000 * ours / Tiles:0.000} ms, {figure.Seconds / ours:0.00} times as fast{remark(figure)}"));
        }
    }

    private static float[] RandomTiles(OnnxPurifier purifier)
    {
        float[] tiles = new float[Tiles * 3 * purifier.TileSize * purifier.TileSize];
        Random values = new(1);
        foreach (ref float value in tiles.AsSpan())
            value = values.Next(256) / 255f;
        return tiles;
    }

    private static double Best(OnnxPurifier purifier, float[] tiles, float[] purified, double seconds)
    {
        double best = double.MaxValue;
        long begin = Stopwatch.GetTimestamp();
        do
        {
            long round = Stopwatch.GetTimestamp();
            purifier.Purify(tiles, purified, Tiles);
            best = Math.Min(best, Stopwatch.GetElapsedTime(round).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds);
        return best;
    }

    private static void Write(string folder, OnnxModel model, string architecture, float[] tiles, float[] purified)
    {
        JsonArray weights = [];
        long offset = 0;
        using (FileStream file = File.Create(Path.Combine(folder, "weights.bin")))
        {
            foreach (OnnxTensor tensor in model.Graph.Initializers.Where(tensor => tensor.ElementType == OnnxElementType.Float))
            {
                file.Write(tensor.RawData.Span);
                weights.Add(new JsonObject { ["Name"] = tensor.Name, ["Offset"] = offset, ["Shape"] = new JsonArray([.. tensor.Dimensions.Select(size => JsonValue.Create(size))]) });
                offset += tensor.ElementCount;
            }
        }

        JsonObject description = new() { ["Architecture"] = JsonNode.Parse(architecture), ["Weights"] = weights, ["Batch"] = Batch };
        File.WriteAllText(Path.Combine(folder, "model.json"), description.ToJsonString());
        File.WriteAllBytes(Path.Combine(folder, "tiles.bin"), MemoryMarshal.AsBytes<float>(tiles).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "expected.bin"), MemoryMarshal.AsBytes<float>(purified).ToArray());
    }

    private TorchFigure[] Run(string folder)
    {
        ProcessStartInfo start = new(Python()) { RedirectStandardOutput = true };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "torch_eager.py"), folder, threads.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. lines.Select(line => JsonSerializer.Deserialize<TorchFigure>(line)!)]
            : throw new UserErrorException(ExitCode.Failed, $"torch_eager.py ended with {process.ExitCode}.");
    }

    // The first one on PATH may be another than Debian's, which the package installs for.
    private static string Python() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasTorch)
        ?? throw new UserErrorException(ExitCode.Failed, "--torch needs a python3 with torch: apt-get install python3-torch.");

    private static bool HasTorch(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true })!;
            _ = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;       // no such program
        }
    }
}
