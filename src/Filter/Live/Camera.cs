namespace Realtime.Filter.Live;

/// <summary>A V4L2 device.</summary>
/// <param name="Device">Its file, "/dev/video0".</param>
/// <param name="Name">What its driver calls it.</param>
public sealed record Camera(string Device, string Name)
{
    /// <summary>"/dev/video0  Name".</summary>
    public override string ToString() => $"{Device}  {Name}";
}
