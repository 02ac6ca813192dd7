using System.Buffers.Binary;
using System.Text;

namespace Realtime.Filter.Devices;

/// <summary>
/// Reads from a shared library's own header which libraries it needs, so that a message can name those of the CUDA release that this ONNX
/// Runtime was built for, in either package mode. 64-bit little-endian ELF, which is all that .NET runs on under Linux.
/// </summary>
internal static class ElfNeeds
{
    private const int ProgramHeaderOffset = 32, ProgramHeaderSize = 54, ProgramHeaderCount = 56;
    private const int LoadSegment = 1, DynamicSegment = 2;
    private const long Needed = 1, StringTable = 5;

    private readonly record struct Segment(int Type, long Offset, long Address, long Size);

    /// <summary>The names in file order, as "libcudart.so.13"; empty where <paramref name="path"/> is no such library.</summary>
    public static IReadOnlyList<string> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[64];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.StartsWith("\u007fELF\u0002\u0001"u8))
            return [];

        List<Segment> segments = ReadSegments(file, header);
        Segment dynamic = segments.Find(segment => segment.Type == DynamicSegment);
        byte[] entries = ReadAt(file, dynamic.Offset, (int)dynamic.Size);
        List<long> names = [];
        long table = -1;
        for (int i = 0; i + 16 <= entries.Length; i += 16)
        {
            long tag = BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(i)), value = BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(i + 8));
            if (tag == Needed)
                names.Add(value);
            else if (tag == StringTable)
                table = value;
        }

        Segment holder = segments.Find(segment => segment.Type == LoadSegment && table >= segment.Address && table < segment.Address + segment.Size);
        return [.. names.Select(name => ReadText(file, holder.Offset + table - holder.Address + name))];
    }

    private static List<Segment> ReadSegments(FileStream file, ReadOnlySpan<byte> header)
    {
        int size = BinaryPrimitives.ReadUInt16LittleEndian(header[ProgramHeaderSize..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[ProgramHeaderCount..]);
        byte[] table = ReadAt(file, BinaryPrimitives.ReadInt64LittleEndian(header[ProgramHeaderOffset..]), size * count);
        List<Segment> segments = [];
        for (int i = 0; i + 40 <= table.Length; i += size)
        {
            ReadOnlySpan<byte> entry = table.AsSpan(i);
            segments.Add(new Segment(
                BinaryPrimitives.ReadInt32LittleEndian(entry),
                BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[32..])));
        }

        return segments;
    }

    private static byte[] ReadAt(FileStream file, long offset, int length)
    {
        byte[] bytes = new byte[length];
        file.Position = offset;
        file.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return bytes;
    }

    private static string ReadText(FileStream file, long offset)
    {
        byte[] bytes = ReadAt(file, offset, 256);
        int end = Array.IndexOf<byte>(bytes, 0);
        return Encoding.UTF8.GetString(bytes, 0, end < 0 ? bytes.Length : end);
    }
}
