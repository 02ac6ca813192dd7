using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One argument of an operator, before it is laid out for the bridge.</summary>
internal readonly struct Value
{
    private readonly ValueTag tag;
    private readonly long bits;
    private readonly object? reference;

    private Value(ValueTag tag, long bits, object? reference = null)
    {
        this.tag = tag;
        this.bits = bits;
        this.reference = reference;
    }

    internal static Value None => default;

    public static implicit operator Value(torch.Tensor? tensor) => tensor is null ? None : new(ValueTag.Tensor, tensor.Handle, tensor);

    public static implicit operator Value(long value) => new(ValueTag.Int, value);

    public static implicit operator Value(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Value(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    public static implicit operator Value(long[]? values) => values is null ? None : new(ValueTag.IntList, 0, values);

    public static implicit operator Value(torch.Tensor[] tensors) => new(ValueTag.TensorList, 0, Array.ConvertAll(tensors, t => (long)t.Handle));

    public static implicit operator Value(Scalar? scalar) => scalar is null ? None : scalar.IsInteger ? scalar.Integer : scalar.Real;

    public static implicit operator Value(torch.ScalarType? type) => type is null ? None : (long)type.Value;

    public static implicit operator Value(torch.Device? device) => device is null ? None : new(ValueTag.Device, 0, System.Text.Encoding.UTF8.GetBytes(device.ToString()));

    /// <summary>Lays the value out; lists are pinned until <paramref name="pin"/> is freed.</summary>
    internal Raw ToRaw(out GCHandle pin)
    {
        pin = default;
        switch (reference)
        {
            case long[] list:
                pin = GCHandle.Alloc(list, GCHandleType.Pinned);
                return new Raw { Tag = (long)tag, Length = list.Length, Bits = pin.AddrOfPinnedObject() };
            case byte[] text:
                pin = GCHandle.Alloc(text, GCHandleType.Pinned);
                return new Raw { Tag = (long)tag, Length = text.Length, Bits = pin.AddrOfPinnedObject() };
            default:
                return new Raw { Tag = (long)tag, Bits = bits };
        }
    }

    /// <summary>The layout that bridge.cpp reads.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Raw
    {
        public long Tag;
        public long Length;
        public long Bits;
    }

    private enum ValueTag : long
    {
        None = 0,
        Tensor = 1,
        Int = 2,
        Double = 3,
        Bool = 4,
        IntList = 5,
        TensorList = 6,
        Device = 7,
    }
}
