using System.CommandLine;
using Realtime.Filter.Devices;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;

namespace Realtime.Filter.Commands;

/// <summary><c>devices</c>: what models can run on here.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        Command command = new("devices", "Lists the devices that models can run on, what is missing for the others, and what ONNX Runtime was built with.");
        command.SetAction(_ =>
        {
            Print();
            return 0;
        });
        return command;
    }

    /// <summary>Prints the list to stdout; <c>--list-devices</c> of other commands does the same.</summary>
    public static void Print()
    {
        DeviceProbe probe = new();
        foreach (string name in DeviceChoice.Names)
        {
            DeviceKind kind = DeviceChoice.Parse(name).Kind;
            if (kind == DeviceKind.Vulkan)
                PrintVulkan(probe);
            else
                Console.Out.WriteLine($"{name,-10}{Describe(kind, probe)}");
        }

        Console.Out.WriteLine($"ONNX Runtime {OnnxEnvironment.Instance.GetVersionString()}, execution providers: {string.Join(", ", OnnxEnvironment.Instance.GetAvailableProviders())}");
    }

    // One line a device: "vulkan" alone means the first.
    private static void PrintVulkan(DeviceProbe probe)
    {
        string? obstacle = probe.Obstacle(DeviceKind.Vulkan);
        if (obstacle is null)
        {
            try
            {
                using GpuInstance instance = GpuInstance.Create();
                foreach (GpuAdapter adapter in instance.Adapters)
                    Console.Out.WriteLine($"vulkan:{adapter}");
                return;
            }
            catch (GpuUnavailableException missing)
            {
                obstacle = missing.Message.TrimEnd('.');
            }
        }

        Console.Out.WriteLine($"{"vulkan",-10}not available: {obstacle}");
    }

    private static string Describe(DeviceKind kind, DeviceProbe probe)
    {
        if ((probe.Obstacle(kind) ?? DeviceOpening.Fault(kind)) is string obstacle)
            return $"not available: {obstacle}";
        return kind == DeviceKind.Cpu ? Processor.Describe() : "opens; a model on it is tried against the CPU first";
    }
}
