using System.CommandLine;
using Realtime.Filter.Batch;

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

        jobs.RequireAtLeast(1);
        segment.RequireAtLeast(1);
        stale.RequireAtLeast(LeastStaleSeconds);
        space.RequireAtLeast(0);
        RequirePatterns(include);
        RequirePatterns(exclude);
        extension.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !OutputNames.IsWritable(Dotted(result.Tokens[0].Value)))
                result.AddError($"--ext '{result.Tokens[0].Value}' is no container that is written; mp4, mkv, mov and webm are usual.");
        });

        Command command = new("batch", "Purifies every video and picture of a folder or list. What is done is skipped, what failed is tried again, what was killed goes on; the same command may run on many machines at once. Exit code 3 where some files failed.")
        {
            input, output, include, exclude, extension, jobs, segment, stale, space, noWait, report, overwrite,
        };
        PurifierOptions purifier = new(command);
        EncodingOptions encoding = new(command);
        ReportingOptions reporting = new(command);
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
                Model = purifier.Model(parsed),
                Overlap = purifier.Overlap(parsed),
                Device = purifier.Device(parsed),
                Precision = purifier.Precision(parsed),
                Threads = purifier.Threads(parsed),
                Progress = reporting.Progress(parsed),
                LogLevel = reporting.LogLevel(parsed),
                Source = encoding.Source(parsed),
                Sink = encoding.Sink(parsed),
            };
            return Task.FromResult((int)new BatchRun(settings).Execute(cancellation));
        });
        return command;
    }

    private static string Dotted(string extension) => "." + extension.TrimStart('.').ToLowerInvariant();

    private static void RequirePatterns(Option<string[]> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{option.Name} is empty; write a pattern such as '*.mp4'.");
    });
}
