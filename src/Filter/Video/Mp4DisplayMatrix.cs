using System.Buffers.Binary;

namespace Realtime.Filter.Video;

/// <summary>
/// Puts a display matrix (rotation, mirroring) into the video track of a finished MP4 or MOV file. The pictures travel to the encoder without
/// it, and the option that gives it to ffmpeg differs between its versions; the file format does not.
/// </summary>
internal static class Mp4DisplayMatrix
{
    private const int MatrixInTrackHeader = 40;       // version and flags, times, id, duration, layer, volume
    private const int MatrixInLongTrackHeader = 52;   // the same with 64-bit times (version 1)

    /// <summary>Overwrites the matrix in place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="matrix">Nine fixed-point numbers, row by row, as the format stores them.</param>
    /// <exception cref="InvalidDataException">The file has no video track.</exception>
    public static void Write(string path, IReadOnlyList<int> matrix)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Count, 9);
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        foreach (Box movie in Boxes(file, 0, file.Length).Where(box => box.Type == "moov"))
        {
            foreach (Box track in Boxes(file, movie.Start, movie.End).Where(box => box.Type == "trak"))
            {
                if (!IsVideo(file, track))
                    continue;
                Box header = Boxes(file, track.Start, track.End).First(box => box.Type == "tkhd");
                file.Position = header.Start;
                int version = file.ReadByte();
                file.Position = header.Start + (version == 0 ? MatrixInTrackHeader : MatrixInLongTrackHeader);
                Span<byte> bytes = stackalloc byte[9 * sizeof(int)];
                for (int i = 0; i < 9; i++)
                    BinaryPrimitives.WriteInt32BigEndian(bytes[(i * sizeof(int))..], matrix[i]);
                file.Write(bytes);
                return;
            }
        }

        throw new InvalidDataException($"'{path}' has no video track.");
    }

    private static bool IsVideo(FileStream file, Box track)
    {
        foreach (Box media in Boxes(file, track.Start, track.End).Where(box => box.Type == "mdia"))
        {
            foreach (Box handler in Boxes(file, media.Start, media.End).Where(box => box.Type == "hdlr"))
            {
                Span<byte> body = stackalloc byte[12];   // version and flags, predefined, handler type
                file.Position = handler.Start;
                file.ReadExactly(body);
                return body[8..].SequenceEqual("vide"u8);
            }
        }

        return false;
    }

    private static IEnumerable<Box> Boxes(FileStream file, long start, long end)
    {
        byte[] head = new byte[16];
        while (start + 8 <= end)
        {
            file.Position = start;
            file.ReadExactly(head, 0, 8);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            int headLength = 8;
            if (size == 1)
            {
                file.ReadExactly(head, 8, 8);
                size = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8));
                headLength = 16;
            }
            else if (size == 0)
            {
                size = end - start;   // the last box may leave its size open
            }

            if (size < headLength || start + size > end)
                yield break;
            string type = System.Text.Encoding.Latin1.GetString(head, 4, 4);
            yield return new Box(type, start + headLength, start + size);
            start += size;
        }
    }

    private readonly record struct Box(string Type, long Start, long End);
}
