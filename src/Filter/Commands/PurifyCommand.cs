using System.CommandLine;
using Realtime.Filter.Live;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary><c>purify</c>: the command line of <see cref="PurifyRun"/>.</summary>
internal static class PurifyCommand
{
    public static Command Create()
    {
        Option<bool> listDevices = new("--list-devices") { Description = "List the devices and end." };
        Option<bool> listCameras = new("--list-cameras") { Description = "List the V4L2 devices with the formats and sizes of their pictures, and end." };
        Option<bool> benchmark = new("--benchmark") { Description = "Encode nothing; print the time of every stage and compare with bare inference of the same tiles." };
        Option<string> graph = new("--graph") { Description = "Writes the graph of stages and GPU passes into FILE: for Graphviz where its name ends in .dot, else as text.", HelpName = "FILE" };
        Option<string> trace = new("--trace") { Description = "Writes what every thread did when into FILE, as JSON for chrome://tracing or Perfetto.", HelpName = "FILE" };

        Command command = new("purify", "Removes adversarial perturbations from a video, frame by frame. Frames, time stamps, audio and subtitles stay as they are.");
        StreamOptions stream = new(command);
        foreach (Option option in (Option[])[listDevices, listCameras, benchmark, graph, trace])
            command.Add(option);
        PurifierOptions purifier = new(command);
        ClassifierOptions classifier = new(command);
        EventOptions events = new(command);
        StatusOptions status = new(command);
        EncodingOptions encoding = new(command);
        StreamingOptions streaming = new(command);
        ReportingOptions reporting = new(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(listDevices) || result.GetValue(listCameras))
                return;
            if (stream.Input(result) is null)
                result.AddError("purify needs an input: -i IN.");
            if (result.GetValue(benchmark) && result.GetValue(trace) is not null)
                result.AddError("--trace is of a run that writes its output; leave --benchmark out.");
            if (result.GetValue(benchmark) && classifier.IsGiven(result))
                result.AddError("--benchmark measures the purifier alone; leave --classifier out, or write to -o none.");
            if (result.GetValue(benchmark) && (events.AreGiven(result) || status.AreGiven(result)))
                result.AddError("--benchmark runs in turns and tells nobody of its frames; leave --events and --metrics out.");
            if (stream.Output(result) == "-" && events.UseStandardOutput(result))
                result.AddError("-o - and --events - would both write to standard output; send one of them to a file.");
            if (stream.Output(result) is null && !result.GetValue(benchmark) && !events.AreGiven(result))
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
                Input = stream.Input(parsed.CommandResult)!,
                Output = stream.Output(parsed.CommandResult) ?? (parsed.GetValue(benchmark) ? null : FrameSinks.Nowhere),
                Classifier = classifier.Read(parsed),
                Telemetry = events.Read(parsed) with { Endpoint = status.Endpoint(parsed), HealthLimit = status.HealthLimit(parsed) },
                Model = purifier.Model(parsed),
                Overlap = purifier.Overlap(parsed),
                Device = purifier.Device(parsed),
                Precision = purifier.Precision(parsed),
                Threads = purifier.Threads(parsed),
                TileTolerance = stream.TileTolerance(parsed),
                Frames = stream.Frames(parsed),
                Overwrite = stream.Overwrite(parsed),
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
        IReadOnlyList<Camera> cameras = Cameras.List();
        if (cameras.Count == 0)
            Console.Out.WriteLine("no V4L2 device: no camera is connected, or its driver is not loaded");
        foreach (Camera camera in cameras)
        {
            Console.Out.WriteLine(camera);
            foreach (string format in CameraFormats.Of(camera.Device))
                Console.Out.WriteLine($"  {format}");
        }
    }
}
