using System.Buffers.Binary;
using System.Numerics;

namespace Realtime.Viewer.Tests.Overlay.Font;

/// <summary>Reads outlines from a TrueType file: as much of the format as the atlas needs.</summary>
internal sealed class TrueType(byte[] file)
{
    /// <summary>The glyph of a character; 0 is the missing one.</summary>
    public int Glyph(char letter)
    {
        int table = Table("cmap");
        for (int i = 0; i < Word(table + 2); i++)
        {
            int at = table + (int)Long(table + 8 + (8 * i));
            if (Word(at) != 4)
                continue;
            int segments = Word(at + 6) / 2, ends = at + 14, starts = ends + 2 + (2 * segments);
            for (int j = 0; j < segments; j++)
            {
                if (letter > Word(ends + (2 * j)))
                    continue;
                int start = Word(starts + (2 * j)), range = starts + (4 * segments) + (2 * j), offset = Word(range);
                if (letter < start)
                    return 0;
                int glyph = offset == 0 ? letter : Word(range + offset + (2 * (letter - start)));
                return glyph == 0 ? 0 : (glyph + Word(starts + (2 * segments) + (2 * j))) & 0xffff;
            }
        }
        return 0;
    }

    /// <summary>A glyph's outline as straight pieces, in font units, y up.</summary>
    public List<(Vector2 From, Vector2 To)> Outline(int glyph)
    {
        int loca = Table("loca"), head = Table("head");
        bool isLong = Word(head + 50) == 1;
        long from = isLong ? Long(loca + (4 * glyph)) : 2 * Word(loca + (2 * glyph));
        long to = isLong ? Long(loca + (4 * glyph) + 4) : 2 * Word(loca + (2 * glyph) + 2);
        int at = Table("glyf") + (int)from;
        List<(Vector2, Vector2)> pieces = [];
        if (from == to)
            return pieces;
        if (Short(at) < 0)
            Composite(at + 10, pieces);
        else
            Simple(at, Short(at), pieces);
        return pieces;
    }

    private void Composite(int at, List<(Vector2, Vector2)> pieces)
    {
        int flags;
        do
        {
            flags = Word(at);
            int part = Word(at + 2);
            bool words = (flags & 1) != 0;
            Vector2 shift = words ? new(Short(at + 4), Short(at + 6)) : new((sbyte)file[at + 4], (sbyte)file[at + 5]);
            at += words ? 8 : 6;
            Matrix3x2 turn = Matrix3x2.Identity;
            if ((flags & 0x08) != 0)
                turn.M11 = turn.M22 = Fraction(ref at);
            else if ((flags & 0x40) != 0)
                (turn.M11, turn.M22) = (Fraction(ref at), Fraction(ref at));
            else if ((flags & 0x80) != 0)
                (turn.M11, turn.M12, turn.M21, turn.M22) = (Fraction(ref at), Fraction(ref at), Fraction(ref at), Fraction(ref at));
            foreach ((Vector2 a, Vector2 b) in Outline(part))
                pieces.Add((Vector2.Transform(a, turn) + shift, Vector2.Transform(b, turn) + shift));
        }
        while ((flags & 0x20) != 0);
    }

    private float Fraction(ref int at)
    {
        at += 2;
        return Short(at - 2) / 16384f;
    }

    private void Simple(int at, int contours, List<(Vector2, Vector2)> pieces)
    {
        int ends = at + 10, count = Word(ends + (2 * contours) - 2) + 1;
        at = ends + (2 * contours);
        at += 2 + Word(at);
        byte[] flags = new byte[count];
        for (int i = 0; i < count;)
        {
            byte flag = file[at++];
            int times = (flag & 8) != 0 ? file[at++] + 1 : 1;
            while (times-- > 0)
                flags[i++] = flag;
        }
        Vector2[] points = new Vector2[count];
        float value = 0;
        for (int i = 0; i < count; i++)
            points[i].X = value += Delta(flags[i], 0x02, 0x10, ref at);
        value = 0;
        for (int i = 0; i < count; i++)
            points[i].Y = value += Delta(flags[i], 0x04, 0x20, ref at);
        for (int i = 0, first = 0; i < contours; i++)
        {
            int next = Word(ends + (2 * i)) + 1;
            Contours.Add(points.AsSpan(first, next - first), flags.AsSpan(first, next - first), pieces);
            first = next;
        }
    }

    private int Delta(byte flag, int isByte, int isSame, ref int at)
    {
        if ((flag & isByte) != 0)
            return (flag & isSame) != 0 ? file[at++] : -file[at++];
        if ((flag & isSame) != 0)
            return 0;
        at += 2;
        return Short(at - 2);
    }

    private int Table(string name)
    {
        for (int i = 0; i < Word(4); i++)
            if (file.AsSpan(12 + (16 * i), 4).SequenceEqual(System.Text.Encoding.ASCII.GetBytes(name)))
                return (int)Long(20 + (16 * i));
        throw new InvalidDataException($"no table {name}");
    }

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private int Short(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    private long Long(int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
