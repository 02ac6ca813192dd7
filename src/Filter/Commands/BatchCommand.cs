using System.CommandLine;
using System.CommandLine.Parsing;
using Realtime.Filter.Batch;
using Realtime.Filter.Devices;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary><c>batch</c>: the command line of <see cref="BatchRun"/>.</summary>
internal static class BatchCommand
{
    private const double LeastStaleSeconds = 2;

    public static Command Create()
    {
        Option<string> input = new("-i", "--input") { Description = "A folder, searched with all folders in it, or a text file with a path a line.", HelpName = "FOLDER|LIST", Required = true };
        Option<string> output = new("-o", "--output") { Description = "The folder for the outputs, which get the inputs' names.", HelpName = "FOLDER", Required = true };
        Option<string[]> include = new("--include") { Description = "Take only files of this pattern (*, ?, ** for folders); without / it is about the name alone. May be repeated.", HelpName = "GLOB", DefaultValueFactory = _ => [] };
        Option<string[]> exclude = new("--exclude") { Description = "Leave files of this pattern. May be repeated.", HelpName = "GLOB", DefaultValueFactory = _ => [] };
        Option<string?> extension = new("--ext") { Description = "Container of all videos: mp4, mkv, mov, ... Default: each file's own where it can be written, else mp4.", HelpName = "EXT" };
        Option<int> jobs = new("--jobs", "-j") { Description = "Files at a time.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int> segment = new("--segment") { Description = "Frames of a segment: at most so many are purified again after a kill.", HelpName = "N", DefaultValueFactory = _ => 250 };
        Option<double> stale = new("--stale-after") { Description = "Seconds without a heartbeat after which another machine's claim is taken over.", HelpName = "S", DefaultValueFactory = _ => 120 };
        Option<double> space = new("--space-factor") { Description = "How many times its input's size an output may need; refused ahead where the disk has less. 0 checks nothing.", HelpName = "X", DefaultValueFactory = _ => 2 };
        Option<bool> noWait = new("--no-wait") { Description = "End when only files are left that other workers hold, rather than wait for them and take over what they leave." };
        Option<string?> report = new("--report") { Description = "Write a JSON object a line for each file, and the totals last.", HelpName = "FILE" };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace outputs that no batch wrote." };
        Option<string> model = new("-m", "--model") { Description = "A shipped model by name (see ./realtime models) or the path of an ONNX file [N,3,S,S] -> [N,3,S,S].", HelpName = "MODEL", DefaultValueFactory = _ => PurifyCommand.DefaultModel };
        Option<int> overlap = new("--overlap") { Description = "Half of the pixels that neighbouring tiles share; more is smoother and slower. At most (S - 1) / 2.", HelpName = "N", DefaultValueFactory = _ => PurifyCommand.DefaultOverlap };
        Option<string> device = DeviceOptions.Device();
        Option<string> precision = DeviceOptions.Precision();
        Option<int?> threads = new("--threads") { Description = "Cores for inference of all jobs together. Default: all.", HelpName = "N" };
        Option<string?> codec = new("--codec") { Description = "Video encoder, as ffmpeg names it. Default: by the output's extension.", HelpName = "NAME" };
        Option<int?> crf = new("--crf") { Description = "Constant quality of the encoder; lower is better.", HelpName = "Q" };
        Option<string?> pixelFormat = new("--pix-fmt") { Description = "Pixel format of the outputs. Default: that of the input where the encoder can.", HelpName = "FORMAT" };
        Option<string[]> encoderOption = new("-e") { Description = "An option for the encoder, key=value; may be repeated.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        Option<string?> hwaccel = new("--hwaccel") { Description = "Decode with this hardware interface of ffmpeg (vaapi, cuda, ...).", HelpName = "NAME" };
        Option<bool> noProgress = new("--no-progress") { Description = "Show no progress." };
        Option<ProgressMode> progress = new("--progress") { Description = "auto: on a terminal only; json: one object a line on stderr; none.", DefaultValueFactory = _ => ProgressMode.Auto };
        Option<LogLevel> logLevel = new("--log-level") { Description = "How much to tell on stderr.", DefaultValueFactory = _ => LogLevel.Info };

        RequireAtLeast(overlap, 0);
        RequireAtLeast(jobs, 1);
        RequireAtLeast(segment, 1);
        RequireAtLeast(threads, 1);
        RequireAtLeast(stale, LeastStaleSeconds);
        RequireAtLeast(space, 0);
        RequirePatterns(include);
        RequirePatterns(exclude);
        extension.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !OutputNames.IsWritable(Dotted(result.Tokens[0].Value)))
                result.AddError($"--ext '{result.Tokens[0].Value}' is no container that is written; mp4, mkv, mov and webm are usual.");
        });
        encoderOption.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"-e takes key=value, found '{token.Value}'.");
        });

        Command command = new("batch", "Purifies every video and picture of a folder or list. What is done is skipped, what failed is tried again, what was killed goes on; the same command may run on many machines at once. Exit code 3 where some files failed.")
        {
            input, output, include, exclude, extension, jobs, segment, stale, space, noWait, report, overwrite, model, overlap, device, precision, threads, codec, crf, pixelFormat, encoderOption, hwaccel, noProgress, progress, logLevel,
        };
        command.SetAction((parsed, cancellation) =>
        {
            BatchSettings settings = new()
            {
                Input = parsed.GetValue(input)!,
                Output = parsed.GetValue(output)!,
                Include = parsed.GetValue(include)!,
                Exclude = parsed.GetValue(exclude)!,
                Extension = parsed.GetValue(extension) is string name ? Dotted(name) : null,
                Jobs = parsed.GetValue(jobs),
                SegmentFrames = parsed.GetValue(segment),
                StaleAfter = TimeSpan.FromSeconds(parsed.GetValue(stale)),
                SpaceFactor = parsed.GetValue(space),
                Wait = !parsed.GetValue(noWait),
                Overwrite = parsed.GetValue(overwrite),
                Report = parsed.GetValue(report),
                Model = parsed.GetValue(model)!,
                Overlap = parsed.GetValue(overlap),
                Device = DeviceChoice.Parse(parsed.GetValue(device)!),
                Precision = PrecisionName.Parse(parsed.GetValue(precision)!),
                Threads = parsed.GetValue(threads),
                Progress = parsed.GetValue(noProgress) ? ProgressMode.None : parsed.GetValue(progress),
                LogLevel = parsed.GetValue(logLevel),
                Source = new SourceOptions { HardwareDecoder = parsed.GetValue(hwaccel) },
                Sink = new SinkOptions
                {
                    Codec = parsed.GetValue(codec),
                    Quality = parsed.GetValue(crf),
                    PixelFormat = parsed.GetValue(pixelFormat),
                    EncoderOptions = parsed.GetValue(encoderOption)!,
                },
            };
            return Task.FromResult((int)new BatchRun(settings).Execute(cancellation));
        });
        return command;
    }

    private static string Dotted(string extension) => "." + extension.TrimStart('.').ToLowerInvariant();

    private static void RequireAtLeast<T>(Option<T> option, double least) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double value) && !(value >= least))
            result.AddError($"{option.Name} must be at least {least}, found {value}.");
    });

    private static void RequirePatterns(Option<string[]> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{option.Name} is empty; write a pattern such as '*.mp4'.");
    });
}
