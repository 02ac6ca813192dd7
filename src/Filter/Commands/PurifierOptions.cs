using System.CommandLine;
using Realtime.Filter.Devices;

namespace Realtime.Filter.Commands;

/// <summary>The options that say which purifier runs on what, the same in <c>purify</c> and <c>batch</c>.</summary>
internal sealed class PurifierOptions
{
    public const string DefaultModel = "maep-patch4";

    /// <summary>The same in 8 bits: half of the time on a processor, for 0.4 points of robust accuracy (docs/performance.md).</summary>
    public const string DefaultModelOnProcessor = "maep-patch4-int8";

    /// <summary>With maep-solids on attacked frames as seamless as 4, for three quarters of the tiles (docs/performance.md).</summary>
    public const int DefaultOverlap = 2;

    private readonly Option<string?> model = new("-m", "--model")
    {
        Description = $"A shipped model by name (see ./realtime models) or the path of an ONNX file [N,3,S,S] -> [N,3,S,S]. Default: {DefaultModelOnProcessor} on the processor in fp32, {DefaultModel} elsewhere.",
        HelpName = "MODEL",
    };

    private readonly Option<int> overlap = new("--overlap") { Description = "Half of the pixels that neighbouring tiles share; more is smoother and slower. At most (S - 1) / 2.", HelpName = "N", DefaultValueFactory = _ => DefaultOverlap };
    private readonly Option<string> device = DeviceOptions.Device();
    private readonly Option<string> precision = DeviceOptions.Precision();
    private readonly Option<int?> threads = new("--threads") { Description = "Cores for inference, of all jobs together. Default: all.", HelpName = "N" };

    public PurifierOptions(Command command)
    {
        overlap.RequireAtLeast(0);
        threads.RequireAtLeast(1);
        command.Add(model);
        command.Add(overlap);
        command.Add(device);
        command.Add(precision);
        command.Add(threads);
    }

    /// <summary>Name or file.</summary>
    public string Model(ParseResult parsed) => parsed.GetValue(model)
        ?? (Device(parsed).Kind == DeviceKind.Cpu && Precision(parsed) == Devices.Precision.Float32 ? DefaultModelOnProcessor : DefaultModel);

    /// <summary>Half of the shared pixels, at least 0.</summary>
    public int Overlap(ParseResult parsed) => parsed.GetValue(overlap);

    public DeviceChoice Device(ParseResult parsed) => DeviceChoice.Parse(parsed.GetValue(device)!);

    public Precision Precision(ParseResult parsed) => PrecisionName.Parse(parsed.GetValue(precision)!);

    /// <summary>Cores, at least 1; null is all of them.</summary>
    public int? Threads(ParseResult parsed) => parsed.GetValue(threads);
}
