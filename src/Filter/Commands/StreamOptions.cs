using System.CommandLine;
using System.CommandLine.Parsing;

namespace Realtime.Filter.Commands;

/// <summary>The options of one stream that go with no other group: from where, to where, which frames and tiles.</summary>
internal sealed class StreamOptions
{
    private const int MostTolerance = 16;   // twice the radius of the usual attacks: nobody can want more

    private readonly Option<string?> input = new("-i", "--input") { Description = "Video, picture, folder of pictures, 'solids:' (the synthetic scene), '-' (y4m on stdin), a camera (/dev/video0) or the address of a stream (rtsp, rtmp, srt, udp, rtp, http; HLS).", HelpName = "IN" };
    private readonly Option<string?> output = new("-o", "--output") { Description = "Where to write; the extension picks the container, .m3u8 is HLS, '-' is y4m on stdout, 'none' nothing; or an address (rtsp, rtmp, srt, udp, rtp) or a virtual camera (/dev/video9).", HelpName = "OUT" };
    private readonly Option<int> tileTolerance = new("--tile-tolerance") { Description = "A tile whose pixels differ by no more than N levels of 255 from those last purified in its place keeps its purified output; 0 asks for equality. See docs/performance.md for what that means to an attacker.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> noTileReuse = new("--no-tile-reuse") { Description = "Purify every tile of every frame." };
    private readonly Option<long?> frames = new("--frames") { Description = "Stop after so many frames.", HelpName = "N" };
    private readonly Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace the output if it exists." };

    public StreamOptions(Command command)
    {
        tileTolerance.RequireWithin(0, MostTolerance);
        frames.RequireAtLeast(1);
        foreach (Option option in (Option[])[input, output, tileTolerance, noTileReuse, frames, overwrite])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(noTileReuse) && result.GetResult(tileTolerance) is { Implicit: false })
                result.AddError("--no-tile-reuse and --tile-tolerance exclude each other; give one of them.");
        });
    }

    /// <summary>Null where none is given.</summary>
    public string? Input(SymbolResult result) => result.GetValue(input);

    /// <summary>Null where none is given.</summary>
    public string? Output(SymbolResult result) => result.GetValue(output);

    /// <summary>Levels of 255; null purifies every tile.</summary>
    public int? TileTolerance(ParseResult parsed) => parsed.GetValue(noTileReuse) ? null : parsed.GetValue(tileTolerance);

    /// <summary>The most frames.</summary>
    public long Frames(ParseResult parsed) => parsed.GetValue(frames) ?? long.MaxValue;

    /// <summary>Whether an output that exists is replaced.</summary>
    public bool Overwrite(ParseResult parsed) => parsed.GetValue(overwrite);
}
