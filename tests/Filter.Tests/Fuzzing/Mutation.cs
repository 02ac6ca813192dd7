using System.Text;

namespace Realtime.Filter.Tests.Fuzzing;

/// <summary>Damages bytes and texts by seed: flips, cuts, repeats, splices, and numbers that sit on borders.</summary>
internal static class Mutation
{
    private static readonly string[] Nasty = ["", "-1", "0", "2147483647", "4294967296", "99999999999999999999", "NaN", "1e999", ":", "/", "\0", "é🦊", "W", " ", "\"", "{", "null"];

    public static byte[] Of(byte[] valid, int seed)
    {
        Random random = new(seed);
        List<byte> bytes = [.. valid];
        for (int change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 17), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Nasty[random.Next(Nasty.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    public static string Of(string valid, int seed) => Encoding.UTF8.GetString(Of(Encoding.UTF8.GetBytes(valid), seed));

    public static string NastyWord(Random random) => Nasty[random.Next(Nasty.Length)];
}
