using System.CommandLine;
using Realtime.Bench;
using Realtime.Filter.Commands;
using Realtime.Filter.Models;

// Ratios, each from one run, so that they mean the same on any machine.
Argument<string> model = new("MODEL") { Description = "The purifier of the graph's benchmark.", DefaultValueFactory = _ => "maep-patch4" };
RootCommand root = new("Benchmarks of the frame's way on the CPU: tiles against a copy, the graph against bare inference.") { model };
root.Add(CpuBenchCommand.Create());
root.Add(GpuBenchCommand.Create());
root.Add(GradientBenchCommand.Create());
root.SetAction(parsed =>
{
    TileBench.Print(1280, 720, PurifierOptions.DefaultOverlap);
    GraphBench.Print(640, 360, PurifierOptions.DefaultOverlap, ModelCatalog.Resolve(parsed.GetValue(model)!));
});
return root.Parse(args).Invoke();
