using System.CommandLine;

namespace Realtime.Filter.Commands;

/// <summary><c>devices</c>: what models can run on here.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        Command command = new("devices", "Lists the devices that models can run on, and what ONNX Runtime was built with.");
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
        Console.Out.WriteLine($"{Devices.Cpu,-8}{Devices.DescribeCpu()}");
        Console.Out.WriteLine($"ONNX Runtime execution providers: {string.Join(", ", Devices.Providers())}");
    }
}
