using System.CommandLine;
using System.Globalization;
using Realtime.Filter.Commands;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;

namespace Realtime.Bench;

/// <summary><c>bench cpu</c>: frames a second of every purifier on this processor, against bare inference and against what the cores can do.</summary>
internal static class CpuBenchCommand
{
    public static Command Create()
    {
        Option<string[]> models = new("--model", "-m") { Description = "Purifiers; may be given several times. Default: all shipped ones.", HelpName = "MODEL", DefaultValueFactory = _ => [] };
        Option<string[]> sizes = new("--size") { Description = "Frame sizes; may be given several times.", HelpName = "WxH", DefaultValueFactory = _ => ["320x240", "640x360", "1280x720"] };
        Option<int> overlap = new("--overlap") { Description = "Half of the pixels that neighbouring tiles share.", HelpName = "N", DefaultValueFactory = _ => PurifierOptions.DefaultOverlap };
        Option<int> threads = new("--threads") { Description = "CPU cores.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<double> seconds = new("--seconds") { Description = "About how long each figure is measured.", HelpName = "S", DefaultValueFactory = _ => 4 };
        Option<bool> torch = new("--torch") { Description = "Times PyTorch eager on the same weights and tiles too (Debian's python3-torch; ./realtime bench installs it)." };
        Command command = new("cpu", "Times moving and still scenes through every purifier on the CPU, against bare inference and the measured GEMM peak.") { models, sizes, overlap, threads, seconds, torch };
        command.SetAction(parsed =>
        {
            try
            {
                (int Width, int Height)[] frames = [.. parsed.GetValue(sizes)!.Select(size => SizeText.Parse("--size", size, 1, 16384))];
                string[] names = parsed.GetValue(models) is { Length: > 0 } given ? given : [.. ModelCatalog.Names().Where(IsPurifier)];
                Run(names, frames, parsed.GetValue(overlap), Math.Max(1, parsed.GetValue(threads)), Math.Max(0.1, parsed.GetValue(seconds)), parsed.GetValue(torch));
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

    private static bool IsPurifier(string name) => ModelDescription.Read(ModelCatalog.Resolve(name)).Kind == "purifier";

    private static void Run(string[] models, (int Width, int Height)[] sizes, int overlap, int threads, double seconds, bool torch)
    {
        Console.Out.WriteLine($"{Processor.Describe()}; {threads} threads, overlap {overlap}");
        CpuBench.PrintHead();
        TorchPeer peer = new(threads, seconds);
        foreach (string name in models)
        {
            string path = ModelCatalog.Resolve(name);
            OnnxModel model = OnnxReader.Read(path);
            using OnnxPurifier purifier = OnnxPurifier.Open(path, threads);

            // Measured beside each model: what else the machine does changes with time.
            bool integers = ModelDescription.IsQuantized(model);
            double peak = integers ? CpuPeak.MeasureInteger(threads) : CpuPeak.Measure(threads);
            CpuBench bench = new(purifier, model, peak, seconds);
            foreach ((int width, int height) in sizes)
                bench.Print(width, height, overlap);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  GEMM peak beside it: {peak / 1e9:0} {(integers ? "GOP/s in 8 bits" : "GFLOP/s")} (ONNX Runtime's product of 1024 x 1024, one on each core)"));
            if (torch)
                peer.Print(purifier, model);
        }
    }
}
