namespace Realtime.Filter.Video.Nut;

/// <summary>Buffered reading of NUT's fields. Pictures are read past the buffer, straight to where they belong.</summary>
internal sealed class NutInput(Stream stream)
{
    private readonly byte[] buffer = new byte[4096];
    private int start;
    private int end;
    private long consumed;   // bytes taken from the stream and handed out

    /// <summary>The next byte, left where it is; false at the end of the stream.</summary>
    public bool TryPeek(out byte value)
    {
        value = 0;
        if (start == end && !Fill())
            return false;
        value = buffer[start];
        return true;
    }

    /// <summary>One byte.</summary>
    public byte U8()
    {
        if (start == end && !Fill())
            throw new EndOfStreamException();
        consumed++;
        return buffer[start++];
    }

    /// <summary>Four bytes, big-endian.</summary>
    public uint U32() => ((uint)U8() << 24) | ((uint)U8() << 16) | ((uint)U8() << 8) | U8();

    /// <summary>Eight bytes, big-endian.</summary>
    public ulong U64() => ((ulong)U32() << 32) | U32();

    /// <summary>An unsigned number of variable length.</summary>
    public ulong V()
    {
        ulong value = 0;
        byte part;
        do
        {
            part = U8();
            value = (value << 7) | (part & 0x7Fu);
        }
        while ((part & 0x80) != 0);
        return value;
    }

    /// <summary>A signed number of variable length.</summary>
    public long S()
    {
        long value = (long)V() + 1;
        return (value & 1) != 0 ? -(value >> 1) : value >> 1;
    }

    /// <summary>A byte string with its length in front.</summary>
    public byte[] Bytes()
    {
        ulong length = V();
        if (length > 1 << 20)
            throw new InvalidDataException($"NUT: a byte string of {length} bytes.");
        byte[] value = new byte[length];
        Read(value);
        return value;
    }

    /// <summary>Reads a packet's length, and the checksum of a long packet's header; returns where the packet ends.</summary>
    public long PacketEnd()
    {
        long length = (long)V();
        if (length > NutFormat.LongPacket)
            U32();
        return consumed + length;
    }

    /// <summary>Skips to a place that <see cref="PacketEnd"/> returned.</summary>
    public void SkipTo(long place)
    {
        while (consumed < place)
            U8();
    }

    /// <summary>Throws unless the next bytes are <paramref name="bytes"/>.</summary>
    public void Expect(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (U8() != value)
                throw new InvalidDataException("NUT: the signature is missing.");
        }
    }

    /// <summary>Fills <paramref name="target"/>.</summary>
    public void Read(Span<byte> target)
    {
        int buffered = Math.Min(end - start, target.Length);
        buffer.AsSpan(start, buffered).CopyTo(target);
        start += buffered;
        stream.ReadExactly(target[buffered..]);
        consumed += target.Length;
    }

    private bool Fill()
    {
        start = 0;
        end = stream.Read(buffer);
        return end > 0;
    }
}
