using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;

namespace Realtime.Bench;

/// <summary>The same weights and tiles through PyTorch eager, in a process of its own, in turns with ours.</summary>
internal static class TorchPeer
{
    private const int Tiles = 128;
    private const int Batch = 32;
    private const double LargestDifference = 1e-3;

    /// <summary>Times both and prints the ratios.</summary>
    /// <param name="purifier">Ours.</param>
    /// <param name="model">Its file.</param>
    /// <param name="threads">Cores for either.</param>
    /// <param name="seconds">About how long each figure is measured.</param>
    /// <exception cref="UserErrorException">There is no Python with torch, or it computes something else.</exception>
    public static void Print(OnnxPurifier purifier, OnnxModel model, int threads, double seconds)
    {
        if (!model.Metadata.TryGetValue("realtime.architecture", out string? architecture) || model.Graph.FindInitializer("embed.weight") is null)
        {
            Console.Out.WriteLine("  PyTorch eager: only for masked autoencoders in float32");
            return;
        }

        string folder = Directory.CreateTempSubdirectory("realtime-torch-").FullName;
        try
        {
            float[] tiles = new float[Tiles * 3 * purifier.TileSize * purifier.TileSize], purified = new float[tiles.Length];
            Random values = new(1);
            foreach (ref float value in tiles.AsSpan())
                value = values.Next(256) / 255f;
            double before = Best(purifier, tiles, purified, seconds / 2);
            Write(folder, model, architecture, tiles, purified);
            TorchFigure[] figures = Run(folder, threads, seconds);
            double ours = Math.Min(before, Best(purifier, tiles, purified, seconds / 2));
            foreach (TorchFigure figure in figures)
            {
                if (figure.Format == "float32" && !(figure.Difference <= LargestDifference))
                    throw new UserErrorException(ExitCode.Failed, $"PyTorch's purifier differs from ours by {figure.Difference}: the comparison would be of two models.");
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  PyTorch {figure.Version} eager, {figure.Format,-8} {1000 * figure.Seconds / Tiles,8:0.000} ms a tile; ours {1000 * ours / Tiles:0.000} ms, {figure.Seconds / ours:0.00} times as fast; largest difference {figure.Difference:0.0e+0}"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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

    private static TorchFigure[] Run(string folder, int threads, double seconds)
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
