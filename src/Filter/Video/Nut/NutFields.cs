namespace Realtime.Filter.Video.Nut;

/// <summary>Builds the body of a NUT header field by field.</summary>
internal sealed class NutFields
{
    private readonly List<byte> bytes = [];

    /// <summary>Appends an unsigned number.</summary>
    public NutFields V(ulong value)
    {
        Span<byte> buffer = stackalloc byte[10];
        int length = NutFormat.PutV(buffer, value);
        foreach (byte part in buffer[..length])
            bytes.Add(part);
        return this;
    }

    /// <summary>Appends a signed number: 1 is 1, -1 is 2, 2 is 3, -2 is 4 and so on.</summary>
    public NutFields S(long value) => V(value > 0 ? ((ulong)value * 2) - 1 : (ulong)-value * 2);

    /// <summary>Appends a byte string with its length.</summary>
    public NutFields Bytes(ReadOnlySpan<byte> value)
    {
        V((ulong)value.Length);
        foreach (byte part in value)
            bytes.Add(part);
        return this;
    }

    /// <summary>The body so far.</summary>
    public byte[] ToArray() => [.. bytes];
}
