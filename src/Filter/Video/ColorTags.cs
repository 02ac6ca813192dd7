using Realtime.Filter.Errors;

namespace Realtime.Filter.Video;

/// <summary>
/// The colour description of a video stream as its container or bitstream has it ("unknown" where it says nothing), and what
/// that means for the conversion from and to RGB.
/// </summary>
/// <param name="Matrix">ffmpeg's color_space: bt709, smpte170m, bt470bg, bt2020nc, gbr, ...</param>
/// <param name="Range">tv (limited), pc (full) or unknown.</param>
/// <param name="Primaries">ffmpeg's color_primaries.</param>
/// <param name="Transfer">ffmpeg's color_transfer.</param>
public sealed record ColorTags(string Matrix, string Range, string Primaries, string Transfer)
{
    private const string Unknown = "unknown";

    // One set of scaler flags on both ways. Without full_chroma_int the green of a saturated edge is off by tens of levels.
    private const string ScaleFlags = "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";

    /// <summary>Tags that say nothing.</summary>
    public static ColorTags None { get; } = new(Unknown, Unknown, Unknown, Unknown);

    /// <summary>The tags of video that is made from pictures without a video's tags: BT.601 below 720 lines, else BT.709, limited range.</summary>
    public static ColorTags ForNewVideo(int height) =>
        height >= 720 ? new ColorTags("bt709", "tv", "bt709", "bt709") : new ColorTags("smpte170m", "tv", "smpte170m", "smpte170m");

    /// <summary>The filter that turns a decoded picture into full-range rgb24.</summary>
    /// <param name="pixelFormat">The stream's pixel format.</param>
    /// <param name="height">Rows; decides the matrix where no tag does.</param>
    public string ToRgbFilter(string pixelFormat, int height) =>
        PixelFormats.IsRgb(pixelFormat)
            ? $"scale={ScaleFlags},format=rgb24"
            : $"scale=in_color_matrix={ScalerMatrix(height)}:in_range={EffectiveRange(pixelFormat)}:out_range=pc:{ScaleFlags},format=rgb24";

    /// <summary>The filter that turns full-range rgb24 into <paramref name="pixelFormat"/> and puts these very tags on the frames.</summary>
    public string FromRgbFilter(string pixelFormat, int height)
    {
        // Frames that carry no tags must stay without, and ffmpeg's scaler puts its own on them.
        bool isRgb = PixelFormats.IsRgb(pixelFormat);
        string matrix = isRgb ? "gbr" : Matrix == "gbr" ? Unknown : Matrix;
        string tags = $"setparams=range={(isRgb ? "pc" : Range)}:color_primaries={Primaries}:color_trc={Transfer}:colorspace={matrix}";
        return isRgb
            ? $"scale={ScaleFlags},format={pixelFormat},{tags}"
            : $"scale=in_range=pc:out_color_matrix={ScalerMatrix(height)}:out_range={EffectiveRange(pixelFormat)}:{ScaleFlags},format={pixelFormat},{tags}";
    }

    /// <summary>The range that a player assumes, pc or tv: untagged video is limited, and the yuvj formats are full by name.</summary>
    public string EffectiveRange(string pixelFormat)
    {
        ArgumentNullException.ThrowIfNull(pixelFormat);
        return Range == "pc" || pixelFormat.StartsWith("yuvj", StringComparison.Ordinal) ? "pc" : "tv";
    }

    // Untagged video follows the picture height, as players do: 625-line and 525-line SD are BT.601, 720 lines and more BT.709.
    private string ScalerMatrix(int height) => Matrix switch
    {
        "bt709" or "fcc" or "smpte170m" or "smpte240m" or "bt470bg" => Matrix,
        "bt2020nc" or "bt2020c" => "bt2020",
        Unknown or "reserved" or "gbr" => height >= 720 ? "bt709" : height == 576 ? "bt470bg" : "smpte170m",
        _ => throw new UserErrorException(
            ExitCode.Failed, $"The colour matrix '{Matrix}' of the video is not supported; bt709, smpte170m, bt470bg, fcc, smpte240m and bt2020 are. Convert the clip first: ffmpeg -i IN -vf zscale=matrix=709 OUT"),
    };

}
