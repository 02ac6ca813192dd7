using System.Buffers.Binary;

namespace Realtime.Filter.Video.Nut;

/// <summary>
/// The constants and the checksum of the NUT container (version 3), which carries raw pictures and their exact time stamps through a
/// pipe. NUT is used because it keeps any time base; Matroska, as ffmpeg writes it, rounds to milliseconds.
/// </summary>
/// <remarks>
/// A NUT file is the text <see cref="Signature"/> and then packets and frames. A packet begins with an 8-byte start code whose
/// first byte is 'N', a frame with any other byte, its frame code, which is looked up in a table that the main header defines.
/// Numbers are "v": 7 bits a byte, most significant first, top bit set on all but the last byte; or "s": a "v" with the sign in bit 0.
/// </remarks>
internal static class NutFormat
{
    public const ulong MainStartCode = 0x4E4D7A561F5F04AD;
    public const ulong StreamStartCode = 0x4E5311405BF2F9DB;
    public const ulong SyncpointStartCode = 0x4E4BE4ADEECA4569;
    public const ulong InfoStartCode = 0x4E49AB68B596BA78;

    // Frame flags.
    public const int FlagKey = 1;
    public const int FlagCodedPts = 8;
    public const int FlagStreamId = 16;
    public const int FlagSizeMsb = 32;
    public const int FlagChecksum = 64;
    public const int FlagReserved = 128;
    public const int FlagSideData = 256;
    public const int FlagHeaderIndex = 1024;
    public const int FlagMatchTime = 2048;
    public const int FlagCoded = 4096;
    public const int FlagInvalid = 8192;

    /// <summary>A packet longer than this carries a checksum of its header.</summary>
    public const int LongPacket = 4096;

    private static readonly uint[] CrcTable = CreateCrcTable();

    /// <summary>The first bytes of every NUT file.</summary>
    public static ReadOnlySpan<byte> Signature => "nut/multimedia container\0"u8;

    /// <summary>The CRC-32 of NUT: polynomial 0x04C11DB7, initial value 0, not reflected.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (byte value in bytes)
            crc = (crc << 8) ^ CrcTable[(crc >> 24) ^ value];
        return crc;
    }

    /// <summary>Writes a "v" number and returns the bytes used (at most 10).</summary>
    public static int PutV(Span<byte> target, ulong value)
    {
        int length = 1;
        for (ulong rest = value >> 7; rest != 0; rest >>= 7)
            length++;
        for (int i = length - 1; i >= 0; i--, value >>= 7)
            target[i] = (byte)((value & 0x7F) | (i == length - 1 ? 0u : 0x80u));
        return length;
    }

    /// <summary>Writes a big-endian 32-bit number and returns the bytes used.</summary>
    public static int PutU32(Span<byte> target, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, value);
        return sizeof(uint);
    }

    /// <summary>Writes a big-endian 64-bit number and returns the bytes used.</summary>
    public static int PutU64(Span<byte> target, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, value);
        return sizeof(ulong);
    }

    private static uint[] CreateCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i << 24;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
            table[i] = crc;
        }

        return table;
    }
}
