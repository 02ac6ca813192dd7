using System.CommandLine;
using Realtime.Filter.Attacks;
using Realtime.Filter.Devices;

namespace Realtime.Filter.Commands;

/// <summary><c>demo</c>: the command line of <see cref="DemoRun"/>.</summary>
internal static class DemoCommand
{
    // Trained on pairs of this scene: the CIFAR-10 purifiers do not carry over to the solids classifier (docs/results.md).
    private const string DefaultModel = "maep-solids";

    // Seed 1 is what the shipped models were trained on.
    private const ulong UnseenSeed = 2;

    private const double MostSeconds = 3600;

    public static Command Create()
    {
        Option<double> seconds = new("--seconds") { Description = "Length of the scene; each second shows another solid.", HelpName = "N", DefaultValueFactory = _ => 10 };
        Option<ulong> seed = new("--seed") { Description = "Names the scene and the random starts of the attack.", HelpName = "N", DefaultValueFactory = _ => UnseenSeed };
        Option<int> fps = new("--fps") { Description = "Frames a second of the scene, 1 to 60.", HelpName = "N", DefaultValueFactory = _ => 25 };
        Option<string> model = new("-m", "--model") { Description = "The purifier: a shipped model by name (see ./realtime models) or the path of an ONNX file.", HelpName = "MODEL", DefaultValueFactory = _ => DefaultModel };
        Option<string> classifier = new("--classifier") { Description = "What is attacked and protected, by name or path.", HelpName = "MODEL", DefaultValueFactory = _ => "solids" };
        Option<int> overlap = new("--overlap") { Description = "Half of the pixels that neighbouring tiles share.", HelpName = "N", DefaultValueFactory = _ => PurifierOptions.DefaultOverlap };
        Option<string> device = DeviceOptions.Device();
        Option<string> precision = DeviceOptions.Precision();
        Option<string> attack = new("--attack") { Description = $"One of {string.Join(", ", AttackFactory.Names)}.", HelpName = "NAME", DefaultValueFactory = _ => "pgd" };
        Option<string> eps = new("--eps") { Description = "How far a pixel may be moved, as 8/255 or 0.03.", HelpName = "E", DefaultValueFactory = _ => "8/255" };
        Option<int?> steps = new("--steps") { Description = "Steps of the attack. Default: 10, where an attack takes steps.", HelpName = "N" };
        Option<string> folder = new("-o", "--output") { Description = "Folder for demo.mp4 and demo.png; made if missing.", HelpName = "FOLDER", DefaultValueFactory = _ => Path.Combine(".", "out", "demo") };

        seconds.RequireWithin(0.1, MostSeconds);
        fps.RequireWithin(1, 60);
        overlap.RequireAtLeast(0);

        Command command = new(
            "demo",
            "The whole path on ten seconds of the solids scene: the classifier on the raw frames, on the frames under attack, and on the attacked frames after the purifier. "
            + "Prints a table, writes a video with the three side by side and a picture of one frame.")
        {
            seconds, seed, fps, model, classifier, overlap, device, precision, attack, eps, steps, folder,
        };
        ReportingOptions reporting = new(command);
        command.SetAction((parsed, cancellation) =>
        {
            DemoSettings settings = new()
            {
                Seconds = parsed.GetValue(seconds),
                Seed = parsed.GetValue(seed),
                FramesPerSecond = parsed.GetValue(fps),
                Model = parsed.GetValue(model)!,
                Classifier = parsed.GetValue(classifier)!,
                Overlap = parsed.GetValue(overlap),
                Device = DeviceChoice.Parse(parsed.GetValue(device)!),
                Precision = PrecisionName.Parse(parsed.GetValue(precision)!),
                Attack = parsed.GetValue(attack)!,
                Epsilon = Epsilon.Parse(parsed.GetValue(eps)!),
                Steps = parsed.GetValue(steps),
                Folder = parsed.GetValue(folder)!,
                Progress = reporting.Progress(parsed),
                LogLevel = reporting.LogLevel(parsed),
            };
            return Task.FromResult((int)new DemoRun(settings).Execute(cancellation));
        });
        return command;
    }
}
