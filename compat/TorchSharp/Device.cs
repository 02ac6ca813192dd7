namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device CUDA = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public class Device
    {
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"Unknown device '{description}'.", nameof(description)),
            };
            index = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : -1;
        }

        public Device(DeviceType type, int index = -1)
        {
            this.type = type;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public override string ToString() => (type == DeviceType.CPU ? "cpu" : "cuda") + (index < 0 ? "" : $":{index}");
    }

    public static class cuda
    {
        public static bool is_available() => Bridge.rt_cuda_is_available() != 0;
    }
}
