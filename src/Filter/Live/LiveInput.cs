using Realtime.Filter.Errors;

namespace Realtime.Filter.Live;

/// <summary>A live input: a V4L2 camera, or the address of a stream.</summary>
public sealed class LiveInput
{
    private const string Devices = "/dev/";

    private LiveInput(string name, string? device, LiveAddress? address)
    {
        Name = name;
        Device = device;
        Address = address;
    }

    /// <summary>For logs and messages, without secrets.</summary>
    public string Name { get; }

    /// <summary>The camera's device file; null for a stream.</summary>
    public string? Device { get; }

    /// <summary>The stream's address; null for a camera.</summary>
    public LiveAddress? Address { get; }

    /// <summary>Whether what stands after -i is live.</summary>
    public static bool Matches(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return LiveAddress.Matches(input) || input.StartsWith(Devices, StringComparison.Ordinal);
    }

    /// <summary>Reads what stands after -i.</summary>
    /// <param name="input">A device file below /dev, or an address; see <see cref="Matches"/>.</param>
    /// <exception cref="UserErrorException">No such device, or no such protocol (usage).</exception>
    public static LiveInput Parse(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Any(char.IsControl))
            throw new UserErrorException(ExitCode.Usage, "-i holds a control character; check the quotes around the address.");
        if (LiveAddress.Matches(input))
        {
            LiveAddress address = LiveAddress.Parse(input);
            Protocols.ForInput(address, overUdp: false);
            return new LiveInput(address.Name, null, address);
        }

        Cameras.Check(input);
        return new LiveInput(input, input, null);
    }

    /// <summary>Blots out the secrets of the address.</summary>
    public string Hide(string text) => Address?.Hide(text) ?? text;
}
