using Realtime.Bench;
using Realtime.Filter.Models;

// Ratios, each from one run, so that they mean the same on any machine:
//   dotnet run -c Release --project bench/Realtime.Bench [-- MODEL]
TileBench.Print(1280, 720, overlap: 4);
if (args.Length > 0 || ModelCatalog.Names().Contains("maep-patch4"))
    GraphBench.Print(640, 360, overlap: 4, ModelCatalog.Resolve(args.Length > 0 ? args[0] : "maep-patch4"));
else
    Console.WriteLine("graph: no model given and models/maep-patch4.onnx is absent; skipped");
