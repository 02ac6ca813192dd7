using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Devices;

/// <summary>What <c>--device</c> means: a kind and, where a machine can have several, which one.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Index">Number of the device among its kind, from 0.</param>
public readonly record struct DeviceChoice(DeviceKind Kind, int Index = 0)
{
    /// <summary>The names that <see cref="Parse"/> knows, in the order of <see cref="DeviceKind"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cpu", "vulkan", "cuda", "tensorrt", "webgpu"];

    /// <summary>The processor.</summary>
    public static DeviceChoice Cpu { get; } = new(DeviceKind.Cpu);

    /// <summary>Whether a number may follow the name. There is one processor, and WebGPU picks its adapter itself.</summary>
    public bool TakesIndex => Kind is DeviceKind.Vulkan or DeviceKind.Cuda or DeviceKind.TensorRt;

    /// <summary>Reads "cuda" or "cuda:1", in any case; "gpu" is another name of "cuda".</summary>
    /// <exception cref="UserErrorException">No such device name, or a number where none fits (usage); the message lists the names.</exception>
    public static DeviceChoice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2);
        string name = parts[0].ToLowerInvariant();
        int kind = Names.ToList().IndexOf(name == "gpu" ? "cuda" : name);
        if (kind < 0)
            throw Usage($"--device '{text}' is unknown; there are {string.Join(", ", Names)}, and NAME:N for the Nth GPU");

        DeviceChoice choice = new((DeviceKind)kind);
        if (parts.Length == 1)
            return choice;
        if (!choice.TakesIndex)
            throw Usage($"--device '{text}' has a number, but {name} takes none; write {name}");
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            throw Usage($"--device '{text}' must end in a number from 0, as {name}:1");
        return choice with { Index = index };
    }

    /// <summary>As it is written on the command line: "cuda", "cuda:1".</summary>
    public override string ToString() =>
        Index == 0 ? Names[(int)Kind] : string.Create(CultureInfo.InvariantCulture, $"{Names[(int)Kind]}:{Index}");

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message + ".");
}
