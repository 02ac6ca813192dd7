using System.CommandLine;
using Realtime.Filter.Live;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary><c>purify</c>: the command line of <see cref="PurifyRun"/>.</summary>
internal static class PurifyCommand
{
    private const int MostTolerance = 16;   // twice the radius of the usual attacks: nobody can want more

    public static Command Create()
    {
        Option<string> input = new("-i", "--input") { Description = "Video, picture, folder of pictures, 'solids:' (the synthetic scene), '-' (y4m on stdin), a camera (/dev/video0) or the address of a stream (rtsp, rtmp, srt, udp, rtp, http; HLS).", HelpName = "IN" };
        Option<string> output = new("-o", "--output") { Description = "Where to write; the extension picks the container, .m3u8 is HLS, '-' is y4m on stdout, 'none' nothing; or an address (rtsp, rtmp, srt, udp, rtp) or a virtual camera (/dev/video9).", HelpName = "OUT" };
        Option<bool> listDevices = new("--list-devices") { Description = "List the devices and end." };
        Option<bool> listCameras = new("--list-cameras") { Description = "List the V4L2 devices and end." };
        Option<int> tileTolerance = new("--tile-tolerance") { Description = "A tile whose pixels differ by no more than N levels of 255 from those last purified in its place keeps its purified output; 0 asks for equality. See docs/performance.md for what that means to an attacker.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<bool> noTileReuse = new("--no-tile-reuse") { Description = "Purify every tile of every frame." };
        Option<long?> frames = new("--frames") { Description = "Stop after so many frames.", HelpName = "N" };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace the output if it exists." };
        Option<bool> benchmark = new("--benchmark") { Description = "Encode nothing; print the time of every stage and compare with bare inference of the same tiles." };
        Option<string> graph = new("--graph") { Description = "Writes the graph of stages and GPU passes into FILE: for Graphviz where its name ends in .dot, else as text.", HelpName = "FILE" };
        Option<string> trace = new("--trace") { Description = "Writes what every thread did when into FILE, as JSON for chrome://tracing or Perfetto.", HelpName = "FILE" };

        tileTolerance.RequireWithin(0, MostTolerance);
        frames.RequireAtLeast(1);

        Command command = new("purify", "Removes adversarial perturbations from a video, frame by frame. Frames, time stamps, audio and subtitles stay as they are.")
        {
            input, output, listDevices, listCameras, tileTolerance, noTileReuse, frames, overwrite, benchmark, graph, trace,
        };
        PurifierOptions purifier = new(command);
        ClassifierOptions classifier = new(command);
        TelemetryOptions telemetry = new(command);
        EncodingOptions encoding = new(command);
        StreamingOptions streaming = new(command);
        ReportingOptions reporting = new(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(listDevices) || result.GetValue(listCameras))
                return;
            if (result.GetValue(input) is null)
                result.AddError("purify needs an input: -i IN.");
            if (result.GetValue(noTileReuse) && result.GetResult(tileTolerance) is { Implicit: false })
                result.AddError("--no-tile-reuse and --tile-tolerance exclude each other; give one of them.");
            if (result.GetValue(benchmark) && result.GetValue(trace) is not null)
                result.AddError("--trace is of a run that writes its output; leave --benchmark out.");
            if (result.GetValue(benchmark) && classifier.IsGiven(result))
                result.AddError("--benchmark measures the purifier alone; leave --classifier out, or write to -o none.");
            if (result.GetValue(benchmark) && (telemetry.HasEvents(result) || telemetry.HasMetrics(result)))
                result.AddError("--benchmark runs in turns and tells nobody of its frames; leave --events and --metrics out.");
            if (result.GetValue(output) == "-" && telemetry.UsesStandardOutput(result))
                result.AddError("-o - and --events - would both write to standard output; send one of them to a file.");
            if (result.GetValue(output) is null && !result.GetValue(benchmark) && !telemetry.HasEvents(result))
                result.AddError("purify needs an output: -o OUT (or -o none, or --events alone, or --benchmark, which write no pictures).");
        });
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(listDevices))
            {
                DevicesCommand.Print();
                return Task.FromResult(0);
            }

            if (parsed.GetValue(listCameras))
            {
                PrintCameras();
                return Task.FromResult(0);
            }

            PurifySettings settings = new()
            {
                Input = parsed.GetValue(input)!,
                Output = parsed.GetValue(output) ?? (parsed.GetValue(benchmark) ? null : FrameSinks.Nowhere),
                Classifier = classifier.Read(parsed),
                Telemetry = telemetry.Read(parsed),
                Model = purifier.Model(parsed),
                Overlap = purifier.Overlap(parsed),
                Device = purifier.Device(parsed),
                Precision = purifier.Precision(parsed),
                Threads = purifier.Threads(parsed),
                TileTolerance = parsed.GetValue(noTileReuse) ? null : parsed.GetValue(tileTolerance),
                Frames = parsed.GetValue(frames) ?? long.MaxValue,
                Overwrite = parsed.GetValue(overwrite),
                Benchmark = parsed.GetValue(benchmark),
                GraphFile = parsed.GetValue(graph),
                TraceFile = parsed.GetValue(trace),
                Progress = reporting.Progress(parsed),
                LogLevel = reporting.LogLevel(parsed),
                Source = encoding.Source(parsed),
                Sink = encoding.Sink(parsed),
                Live = streaming.Live(parsed),
            };
            return Task.FromResult((int)new PurifyRun(settings).Execute(cancellation));
        });
        return command;
    }

    private static void PrintCameras()
    {
        IReadOnlyList<string> cameras = Cameras.List();
        Console.Out.WriteLine(cameras.Count == 0 ? "no V4L2 device: no camera is connected, or its driver is not loaded" : string.Join('\n', cameras));
    }
}
