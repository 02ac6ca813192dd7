using System.CommandLine;
using Realtime.Filter.Devices;

namespace Realtime.Filter.Commands;

/// <summary>The options that say what a model runs on, the same in every command.</summary>
internal static class DeviceOptions
{
    /// <summary><c>--device</c>, to be read with <see cref="DeviceChoice.Parse"/>.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = $"What the purifier runs on: {string.Join(", ", DeviceChoice.Names)}; cuda:1 is the second GPU. A device that is missing is an error, never replaced.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => DeviceChoice.Cpu.ToString(),
    };

    /// <summary><c>--precision</c>, to be read with <see cref="PrecisionName.Parse"/>.</summary>
    public static Option<string> Precision() => new("--precision")
    {
        Description = $"What the purifier computes in: {string.Join(" or ", PrecisionName.Names)}. fp16 is for GPUs; layer norms and softmax stay in fp32.",
        HelpName = "NAME",
        DefaultValueFactory = _ => PrecisionName.Default,
    };

    /// <summary>For the log: "cpu (AMD EPYC, 2 cores, AVX2)", "cuda:1 in fp16".</summary>
    public static string Describe(DeviceChoice device, Precision precision)
    {
        string what = device.Kind == DeviceKind.Cpu ? $"{device} ({Processor.Describe()})" : device.ToString();
        return precision == Devices.Precision.Float32 ? what : $"{what} in {PrecisionName.Of(precision)}";
    }
}
