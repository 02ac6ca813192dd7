using System.CommandLine;
using System.Globalization;
using Realtime.Filter.Commands;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;

namespace Realtime.Bench;

/// <summary><c>bench gpu</c>: where the time of a frame goes on a Vulkan device, and how far that is from what the device can do.</summary>
internal static class GpuBenchCommand
{
    public static Command Create()
    {
        Option<int> device = new("--device") { Description = "Number of the Vulkan device, as ./realtime devices lists them.", HelpName = "N" };
        Option<string[]> models = new("--model", "-m") { Description = "Purifiers; may be given several times.", HelpName = "MODEL", DefaultValueFactory = _ => ["maep-patch4", "maep-patch2"] };
        Option<string[]> sizes = new("--size") { Description = "Frame sizes; may be given several times.", HelpName = "WxH", DefaultValueFactory = _ => ["640x360", "1280x720", "1920x1080"] };
        Option<string[]> precisions = new("--precision") { Description = "fp32, fp16 or both.", HelpName = "P", DefaultValueFactory = _ => ["fp32", "fp16"] };
        precisions.AcceptOnlyFromAmong("fp32", "fp16");
        Option<int> frames = new("--frames") { Description = "Frames to time of each size, after one to warm up.", HelpName = "N", DefaultValueFactory = _ => 20 };
        Option<int> overlap = new("--overlap") { Description = "Half of the pixels that neighbouring tiles share.", HelpName = "N", DefaultValueFactory = _ => PurifierOptions.DefaultOverlap };
        Command command = new("gpu", "Times every pass of the Vulkan purifier against the device's own peak.") { device, models, sizes, precisions, frames, overlap };
        command.SetAction(parsed =>
        {
            try
            {
                (int Width, int Height)[] frameSizes = [.. parsed.GetValue(sizes)!.Select(size => SizeText.Parse("--size", size, 1, 16384))];
                foreach (string model in parsed.GetValue(models)!)
                    foreach (string precision in parsed.GetValue(precisions)!)
                        Run(model, parsed.GetValue(device), precision == "fp16", frameSizes, Math.Max(1, parsed.GetValue(frames)), parsed.GetValue(overlap));
                return 0;
            }
            catch (UserErrorException error)
            {
                Console.Error.WriteLine($"realtime: {error.Message}");
                return (int)error.ExitCode;
            }
        });
        return command;
    }

    private static void Run(string model, int device, bool half, (int Width, int Height)[] sizes, int frames, int overlap)
    {
        using VulkanPurifier purifier = VulkanPurifier.Open(ModelCatalog.Resolve(model), device, half);
        GpuPeak peak = GpuPeak.Measure(purifier.Device, purifier.Architecture, half);
        string units = "";
        if (peak.MatrixShape is { } fragment)
        {
            GpuPeak plain = GpuPeak.Measure(purifier.Device, purifier.Architecture, half, matrixUnits: false);
            units = string.Create(CultureInfo.InvariantCulture, $" on matrix units ({fragment}), {plain.FlopsPerSecond / 1e9:0.0} GFLOP/s without");
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{purifier.Adapter}\n  measured peak: GEMM {peak.FlopsPerSecond / 1e9:0.0} GFLOP/s{units}, copy {peak.BytesPerSecond / 1e9:0.0} GB/s"));
        GpuBench bench = new(purifier, peak, frames);
        foreach ((int width, int height) in sizes)
            bench.Print(width, height, overlap);
    }
}
