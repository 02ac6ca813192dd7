using System.CommandLine;
using System.CommandLine.Parsing;
using Realtime.Filter.Devices;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary><c>purify</c>: the command line of <see cref="PurifyRun"/>.</summary>
internal static class PurifyCommand
{
    public const string DefaultModel = "maep-patch4";

    public const int DefaultOverlap = 4;

    private const int MostTolerance = 16;   // twice the radius of the usual attacks: nobody can want more

    public static Command Create()
    {
        Option<string> input = new("-i", "--input") { Description = "Video, picture, folder of pictures, 'solids:' (the synthetic scene) or '-' (y4m on stdin).", HelpName = "IN" };
        Option<string> output = new("-o", "--output") { Description = "Where to write; the extension picks the container, '-' is y4m on stdout.", HelpName = "OUT" };
        Option<string> model = new("-m", "--model") { Description = "A shipped model by name (see ./realtime models) or the path of an ONNX file [N,3,S,S] -> [N,3,S,S].", HelpName = "MODEL", DefaultValueFactory = _ => DefaultModel };
        Option<int> overlap = new("--overlap") { Description = "Half of the pixels that neighbouring tiles share; more is smoother and slower. At most (S - 1) / 2.", HelpName = "N", DefaultValueFactory = _ => DefaultOverlap };
        Option<string> device = DeviceOptions.Device();
        Option<string> precision = DeviceOptions.Precision();
        Option<bool> listDevices = new("--list-devices") { Description = "List the devices and end." };
        Option<int?> threads = new("--threads") { Description = "Cores for inference. Default: all.", HelpName = "N" };
        Option<int> tileTolerance = new("--tile-tolerance") { Description = "A tile whose pixels differ by no more than N levels of 255 from those last purified in its place keeps its purified output; 0 asks for equality. See docs/performance.md for what that means to an attacker.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<bool> noTileReuse = new("--no-tile-reuse") { Description = "Purify every tile of every frame." };
        Option<string?> codec = new("--codec") { Description = "Video encoder, as ffmpeg names it. Default: by the output's extension.", HelpName = "NAME" };
        Option<int?> crf = new("--crf") { Description = "Constant quality of the encoder; lower is better.", HelpName = "Q" };
        Option<string?> pixelFormat = new("--pix-fmt") { Description = "Pixel format of the output. Default: that of the input where the encoder can.", HelpName = "FORMAT" };
        Option<string[]> encoderOption = new("-e") { Description = "An option for the encoder, key=value; may be repeated.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        Option<string?> hwaccel = new("--hwaccel") { Description = "Decode with this hardware interface of ffmpeg (vaapi, cuda, ...).", HelpName = "NAME" };
        Option<long?> frames = new("--frames") { Description = "Stop after so many frames.", HelpName = "N" };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace the output if it exists." };
        Option<bool> benchmark = new("--benchmark") { Description = "Encode nothing; print the time of every stage and compare with bare inference of the same tiles." };
        Option<bool> noProgress = new("--no-progress") { Description = "Show no progress." };
        Option<ProgressMode> progress = new("--progress") { Description = "auto: on a terminal only; json: one object a line on stderr; none.", DefaultValueFactory = _ => ProgressMode.Auto };
        Option<string> graph = new("--graph") { Description = "Writes the graph of stages and GPU passes into FILE: for Graphviz where its name ends in .dot, else as text.", HelpName = "FILE" };
        Option<string> trace = new("--trace") { Description = "Writes what every thread did when into FILE, as JSON for chrome://tracing or Perfetto.", HelpName = "FILE" };
        Option<LogLevel> logLevel = new("--log-level") { Description = "How much to tell on stderr.", DefaultValueFactory = _ => LogLevel.Info };

        overlap.Validators.Add(result => RequireAtLeast(result, overlap, 0));
        threads.Validators.Add(result => RequireAtLeast(result, threads, 1));
        tileTolerance.Validators.Add(result => RequireAtLeast(result, tileTolerance, 0));
        tileTolerance.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int levels) && levels > MostTolerance)
                result.AddError($"--tile-tolerance must be at most {MostTolerance}, found {levels}.");
        });
        frames.Validators.Add(result => RequireAtLeast(result, frames, 1));
        encoderOption.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"-e takes key=value, found '{token.Value}'.");
        });

        Command command = new("purify", "Removes adversarial perturbations from a video, frame by frame. Frames, time stamps, audio and subtitles stay as they are.")
        {
            input, output, model, overlap, device, precision, listDevices, threads, tileTolerance, noTileReuse, codec, crf, pixelFormat, encoderOption, hwaccel, frames, overwrite, benchmark, graph, trace, noProgress, progress, logLevel,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(listDevices))
                return;
            if (result.GetValue(input) is null)
                result.AddError("purify needs an input: -i IN.");
            if (result.GetValue(noTileReuse) && result.GetResult(tileTolerance) is { Implicit: false })
                result.AddError("--no-tile-reuse and --tile-tolerance exclude each other; give one of them.");
            if (result.GetValue(benchmark) && result.GetValue(trace) is not null)
                result.AddError("--trace is of a run that writes its output; leave --benchmark out.");
            if (result.GetValue(output) is null && !result.GetValue(benchmark))
                result.AddError("purify needs an output: -o OUT (or --benchmark, which writes nothing).");
        });
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(listDevices))
            {
                DevicesCommand.Print();
                return Task.FromResult(0);
            }

            PurifySettings settings = new()
            {
                Input = parsed.GetValue(input)!,
                Output = parsed.GetValue(output),
                Model = parsed.GetValue(model)!,
                Overlap = parsed.GetValue(overlap),
                Device = DeviceChoice.Parse(parsed.GetValue(device)!),
                Precision = PrecisionName.Parse(parsed.GetValue(precision)!),
                Threads = parsed.GetValue(threads),
                TileTolerance = parsed.GetValue(noTileReuse) ? null : parsed.GetValue(tileTolerance),
                Frames = parsed.GetValue(frames) ?? long.MaxValue,
                Overwrite = parsed.GetValue(overwrite),
                Benchmark = parsed.GetValue(benchmark),
                GraphFile = parsed.GetValue(graph),
                TraceFile = parsed.GetValue(trace),
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
            return Task.FromResult((int)new PurifyRun(settings).Execute(cancellation));
        });
        return command;
    }

    private static void RequireAtLeast<T>(OptionResult result, Option<T> option, long least)
    {
        if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out long value) && value < least)
            result.AddError($"{option.Name} must be at least {least}, found {value}.");
    }
}
