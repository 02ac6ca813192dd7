using System.Globalization;
using System.Text;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>The first line of a y4m stream.</summary>
/// <param name="Line">The line itself with its line feed.</param>
/// <param name="Format">Size and rate; y4m frames are evenly spaced, so that the time base is one frame.</param>
/// <param name="PixelFormat">ffmpeg's name of the pixel format.</param>
/// <param name="Range">ffmpeg's name of the range; y4m names no matrix.</param>
/// <param name="FrameBytes">Bytes of one picture.</param>
internal sealed record Y4mHeader(byte[] Line, FrameFormat Format, string PixelFormat, string Range, long FrameBytes)
{
    private const int LongestLine = 1024;

    /// <summary>Reads the header, and not a byte more.</summary>
    /// <exception cref="UserErrorException">The stream is empty or not y4m.</exception>
    public static Y4mHeader Read(Stream stream)
    {
        List<byte> line = [];
        while (line.Count < LongestLine && (line.Count == 0 || line[^1] != '\n'))
        {
            int next = stream.ReadByte();
            if (next < 0)
                break;
            line.Add((byte)next);
        }

        if (line.Count == 0)
            throw new UserErrorException(ExitCode.Failed, "'-': standard input is empty; send y4m, as in ffmpeg -i IN -f yuv4mpegpipe - | ./realtime purify -i - ...");
        string text = Encoding.Latin1.GetString([.. line]);
        if (!text.StartsWith("YUV4MPEG2 ", StringComparison.Ordinal) || text[^1] != '\n')
            throw new UserErrorException(ExitCode.Failed, "'-': standard input is not y4m (it does not begin with YUV4MPEG2); use ffmpeg -i IN -f yuv4mpegpipe -");
        return Parse([.. line], text);
    }

    private static Y4mHeader Parse(byte[] line, string text)
    {
        int width = 0, height = 0;
        (int Numerator, int Denominator) rate = (25, 1);
        string chroma = "420", range = "unknown";
        foreach (string word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            string value = word[1..];
            switch (word[0])
            {
                case 'W':
                    width = Size(value);
                    break;
                case 'H':
                    height = Size(value);
                    break;
                case 'F':
                    rate = FrameRates.Parse(value) ?? rate;
                    break;
                case 'C':
                    chroma = value;
                    break;
                case 'X' when value.StartsWith("COLORRANGE=", StringComparison.Ordinal):
                    range = value.EndsWith("FULL", StringComparison.Ordinal) ? "pc" : "tv";
                    break;
            }
        }

        if (width == 0 || height == 0)
            throw new UserErrorException(ExitCode.Failed, $"'-': the y4m header has no size: '{text.Trim()}'.");
        (string pixelFormat, int half, int bytes) = Chroma(chroma);
        long chromaWidth = half > 0 ? (width + 1) / 2 : width, chromaHeight = half > 1 ? (height + 1) / 2 : height;
        long chromaSize = half < 0 ? 0 : 2 * chromaWidth * chromaHeight;
        FrameFormat format = new(width, height, new TimeBase(rate.Denominator, rate.Numerator), (double)rate.Numerator / rate.Denominator, null);
        return new Y4mHeader(line, format, pixelFormat, range, (((long)width * height) + chromaSize) * bytes);
    }

    // Halved directions of the chroma planes: -1 is no chroma, 0 none, 1 across, 2 both.
    private static (string PixelFormat, int Halved, int Bytes) Chroma(string tag) => tag switch
    {
        "420" or "420jpeg" or "420mpeg2" or "420paldv" => ("yuv420p", 2, 1),
        "422" => ("yuv422p", 1, 1),
        "444" => ("yuv444p", 0, 1),
        "mono" => ("gray", -1, 1),
        "420p10" => ("yuv420p10le", 2, 2),
        "422p10" => ("yuv422p10le", 1, 2),
        "444p10" => ("yuv444p10le", 0, 2),
        _ => throw new UserErrorException(ExitCode.Failed, $"'-': y4m with chroma '{tag}' is not supported; 420, 422, 444, mono and 420p10, 422p10, 444p10 are."),
    };

    private static int Size(string value) => int.TryParse(value, CultureInfo.InvariantCulture, out int size) && size > 0 ? size : 0;
}
