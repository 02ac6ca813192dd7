namespace Silk.NET.Core;

/// <summary>A boolean of four bytes.</summary>
public readonly struct Bool32
{
    public Bool32(uint val) => Value = val;

    public Bool32(bool val) => Value = val ? 1u : 0u;

    public uint Value { get; }

    public static implicit operator bool(Bool32 val) => val.Value == 1;

    public static implicit operator uint(Bool32 val) => val.Value;

    public static implicit operator Bool32(bool val) => new(val);

    public static implicit operator Bool32(uint val) => new(val);
}
