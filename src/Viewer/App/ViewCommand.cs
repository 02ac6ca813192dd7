using System.CommandLine;
using Realtime.Filter.Commands;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Solids;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.App;

/// <summary><c>view</c>: raw, attacked and purified, side by side.</summary>
internal static class ViewCommand
{
    public static Command Create()
    {
        Option<string> input = new("--input", "-i") { Description = "A video, a picture, a folder of pictures, or solids: (the default), the synthetic scene.", HelpName = "IN", DefaultValueFactory = _ => "solids:seconds=20,seed=2" };
        Option<string?> model = new("--model", "-m") { Description = "The purifier. Default: maep-solids for solids:, else maep-patch4.", HelpName = "MODEL" };
        Option<string?> classifier = new("--classifier") { Description = "Who judges and is attacked. Default: solids for solids:, else cifar10.", HelpName = "MODEL" };
        Option<string> device = DeviceOptions.Device();
        Option<string> precision = DeviceOptions.Precision();
        Option<int> overlap = new("--overlap") { Description = "Half of the pixels that neighbouring tiles share.", HelpName = "N", DefaultValueFactory = _ => PurifierOptions.DefaultOverlap };
        Option<string> attack = new("--attack") { Description = "FGSM, PGD, MI-FGSM, noise (of the same size, for contrast), universal (one perturbation for the whole source, computed once) or none.", HelpName = "NAME", DefaultValueFactory = _ => "PGD" };
        Option<int> eps = new("--eps") { Description = "Radius of the attack in 8-bit levels.", HelpName = "N", DefaultValueFactory = _ => 8 };
        Option<int> steps = new("--steps") { Description = "Steps of PGD and MI-FGSM.", HelpName = "N", DefaultValueFactory = _ => 10 };
        Option<bool> unpurified = new("--no-purifier") { Description = "Begins with the purifier switched off." };
        Option<bool> difference = new("--difference") { Description = "Shows what the purifier changed, amplified." };
        Option<bool> wipe = new("--wipe") { Description = "Attacked and purified in one pane, with a line between them." };
        Option<PaneLayout> layout = new("--layout") { Description = "How the panes share the window.", DefaultValueFactory = _ => PaneLayout.Automatic };
        Option<string> size = new("--size") { Description = "Window size.", HelpName = "WxH", DefaultValueFactory = _ => "1280x720" };
        Option<bool> fullscreen = new("--fullscreen") { Description = "Fills the screen." };
        Option<int> overlay = new("--overlay") { Description = "Page of figures to begin with, 0 (none) to 3.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<bool> help = new("--keys") { Description = "Begins with the list of keys on screen." };
        Option<bool> headless = new("--headless") { Description = "No window: takes --frames frames one by one, prints a report, draws the last off screen." };
        Option<long?> frames = new("--frames") { Description = "Frames to take: of a headless run (25), or until the window closes by itself.", HelpName = "N" };
        Option<double?> duration = new("--duration") { Description = "Closes the window after so many seconds.", HelpName = "SECONDS" };
        Option<double> start = new("--start") { Description = "Where in the source to begin.", HelpName = "SECONDS", DefaultValueFactory = _ => 0 };
        Option<string?> labels = new("--labels") { Description = "What the source truly shows: a label of the classifier, or a table of lines first_frame,last_frame,label.", HelpName = "LABEL|FILE" };
        Option<string?> screenshot = new("--screenshot") { Description = "Headless: writes the last picture as PNG.", HelpName = "FILE" };
        Option<string?> report = new("--report") { Description = "Writes a report (JSON) into FILE: verdicts of a headless run; speed, answers to keys and memory of a window.", HelpName = "FILE" };
        Command command = new("view", "Shows a stream raw, attacked and purified, live, with the classifier's verdicts. Press H in the window for its keys.")
        {
            input, model, classifier, device, precision, overlap, attack, eps, steps, unpurified, difference, wipe, layout, size, fullscreen, overlay, help, headless, frames, duration, start, labels, screenshot, report,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string source = parsed.GetValue(input)!;
            bool isSolids = SolidsOptions.Matches(source);
            string chosen = parsed.GetValue(attack)!;
            ViewState state = new()
            {
                Source = source,
                Model = parsed.GetValue(model) ?? (isSolids ? "maep-solids" : "maep-patch4"),
                Classifier = parsed.GetValue(classifier) ?? (isSolids ? "solids" : "cifar10"),
                Device = parsed.GetValue(device)!,
                Attack = AttackName(chosen),
                AttackOn = !chosen.Equals("none", StringComparison.OrdinalIgnoreCase),
                Eps = Within(parsed.GetValue(eps), 1, 64, "--eps"),
                Steps = Within(parsed.GetValue(steps), 1, 200, "--steps"),
                PurifierOn = !parsed.GetValue(unpurified),
                ShowDifference = parsed.GetValue(difference),
                ShowWipe = parsed.GetValue(wipe),
                OverlayPage = Within(parsed.GetValue(overlay), 0, 3, "--overlay"),
                ShowHelp = parsed.GetValue(help),
            };
            ViewSettings settings = new()
            {
                Input = source,
                Model = state.Model,
                Device = DeviceChoice.Parse(state.Device),
                Precision = PrecisionName.Parse(parsed.GetValue(precision)!),
                Overlap = parsed.GetValue(overlap),
                Layout = parsed.GetValue(layout),
                Size = SizeText.Parse("--size", parsed.GetValue(size)!, 64, 8192),
                IsFullscreen = parsed.GetValue(fullscreen),
                IsHeadless = parsed.GetValue(headless),
                Frames = parsed.GetValue(frames) ?? (parsed.GetValue(headless) ? 25 : long.MaxValue),
                Duration = parsed.GetValue(duration) is not double length ? double.PositiveInfinity : length > 0 ? length : throw Usage($"--duration must be above 0, found {length}."),
                Start = parsed.GetValue(start) is >= 0 and < 1e9 and double seconds ? seconds : throw Usage("--start must be a number of seconds, 0 or more."),
                Labels = parsed.GetValue(labels),
                Screenshot = parsed.GetValue(screenshot),
                Report = parsed.GetValue(report),
                State = state,
            };
            if (settings.Frames < 1)
                throw Usage($"--frames must be at least 1, found {settings.Frames}.");
            ExitCode code = settings.IsHeadless ? new HeadlessRun(settings).Execute(cancellation) : new WindowRun(settings).Execute(cancellation);
            return Task.FromResult((int)code);
        });
        return command;
    }

    private static string AttackName(string name) =>
        name.Equals("none", StringComparison.OrdinalIgnoreCase) ? "PGD"
        : LiveAttacks.Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw Usage($"--attack '{name}' is unknown; there are {string.Join(", ", LiveAttacks.Names)} and none.");

    private static int Within(int value, int least, int most, string option) =>
        value >= least && value <= most ? value : throw Usage($"{option} must be {least} to {most}, found {value}.");

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message);
}
