using System.CommandLine;
using System.Text;
using Realtime.Filter.Attacks;
using Realtime.Filter.Batch;
using Realtime.Filter.Commands;
using Realtime.Filter.Detection;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Serve.Configuration;
using Realtime.Filter.Solids;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Fuzzing;

/// <summary>Every parser of what a user or a file gives: damaged input is read or refused in words, and never breaks the program.</summary>
public sealed class ParserTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-fuzzing-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Onnx_files()
    {
        using TinyModels models = new();
        byte[] valid = File.ReadAllBytes(models.Invert());

        Survives(2000, valid, bytes => OnnxReader.Read(bytes, "damaged"));
    }

    [Fact]
    public void The_first_line_of_y4m() =>
        Survives(2000, "YUV4MPEG2 W64 H48 F25:1 Ip A1:1 C420jpeg XCOLORRANGE=FULL\n"u8.ToArray(), bytes => Y4mHeader.Read(new MemoryStream(bytes)));

    [Fact]
    public void Calibrations_of_the_alarm()
    {
        string shipped = AlarmFiles.PathOf("maep-patch4", "cifar10"), path = Path.Combine(folder, "alarm.json");
        AlarmModels models = AlarmModels.Of("maep-patch4", "cifar10");
        Assert.NotNull(AlarmFiles.Read(shipped, models));

        Survives(500, File.ReadAllBytes(shipped), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            AlarmFiles.Read(path, models);
        });
    }

    [Fact]
    public void Journals_of_segments()
    {
        SegmentHeader header = new("abc", "settings", "5.1");
        string whole = Path.Combine(folder, "whole"), temporary = Path.Combine(folder, "temporary");
        using (SegmentJournal journal = SegmentJournal.Open(whole, header, CancellationToken.None))
        {
            File.WriteAllText(temporary, "frames");
            journal.Add(temporary, new Segment("segment-0.mkv", 5, 100, 0, null, Fingerprint.OfFile(temporary, CancellationToken.None)));
            journal.Add(new SegmentEnd(true, null));
        }

        byte[] valid = File.ReadAllBytes(Path.Combine(whole, "journal.jsonl"));
        int number = 0;
        Survives(500, valid, bytes =>
        {
            string one = Directory.CreateDirectory(Path.Combine(folder, $"{number++}")).FullName;
            File.WriteAllText(Path.Combine(one, "segment-0.mkv"), "frames");
            File.WriteAllBytes(Path.Combine(one, "journal.jsonl"), bytes);
            using SegmentJournal journal = SegmentJournal.Open(one, header, CancellationToken.None);
            Assert.All(journal.Segments, segment => Assert.True(File.Exists(Path.Combine(one, segment.File))));
        });
    }

    [Theory]
    [InlineData("solids:seconds=4,seed=2,size=160x160,fps=25")]
    [InlineData("8/255")]
    [InlineData("cuda:1")]
    [InlineData("1280x720")]
    [InlineData("**/clips/*.mp?")]
    [InlineData("30000/1001")]
    public void Values_of_options(string valid) => Survives(2000, Encoding.UTF8.GetBytes(valid), bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (text.StartsWith("solids:", StringComparison.Ordinal))
            AcceptsOrRefuses(() => SolidsOptions.Parse(text));
        AcceptsOrRefuses(() => Epsilon.Parse(text));
        AcceptsOrRefuses(() => DeviceChoice.Parse(text));
        AcceptsOrRefuses(() => PrecisionName.Parse(text));
        AcceptsOrRefuses(() => SizeText.Parse("--size", text, 1, 16384));
        FrameRates.Parse(text);
        if (text.Length > 0)
            new GlobPattern(text).Matches(text);
    });

    [Fact]
    public void Configurations_of_serve()
    {
        const string Valid = "model: maep-patch4\nbatch: 64\ndefaults: {events: '/tmp/${STREAM}.jsonl', e: [preset=fast]}\nstreams:\n  door:\n    input: \"rtsp://user:${PASSWORD}@host/live\"\n    output: none\n    crf: 20\n  yard:\n    input: 'solids:'\n    output: none\n    overwrite: true\n";
        ServeConfigurationReader reader = new(name => name == "PASSWORD" ? "secret99" : null, [], []);

        Survives(2000, Encoding.UTF8.GetBytes(Valid), bytes => ServeYaml.Write(reader.Read(Encoding.UTF8.GetString(bytes), "damaged")));
        foreach (string deep in (string[])["[", "{a: ", "- ", "? ", "streams: {a: {e: [", "&a [*a,"])
            AcceptsOrRefuses(() => reader.Read(string.Concat(Enumerable.Repeat(deep, 20_000)), "deep"));
    }

    [Fact]
    public void Command_lines()
    {
        Command[] commands = [PurifyCommand.Create(), BatchCommand.Create(), AttackCommand.Create(), DemoCommand.Create(), DevicesCommand.Create(), ModelsCommand.Create(), ServeCommand.Create()];
        Command root = CommandRunner.Root("fuzzed");
        foreach (Command command in commands)
            root.Subcommands.Add(command);
        for (int seed = 0; seed < 2000; seed++)
        {
            Random random = new(seed);
            Command command = commands[random.Next(commands.Length)];
            List<string> line = [command.Name];
            for (int words = random.Next(1, 10); words > 0; words--)
            {
                if (command.Options.Count > 0 && random.Next(3) > 0)
                    line.Add(command.Options[random.Next(command.Options.Count)].Name);
                line.Add(random.Next(2) == 0 ? Mutation.NastyWord(random) : "3");
            }

            Exception? broken = Record.Exception(() => CommandRunner.Parse(root, [.. line]));
            Assert.True(broken is null, $"seed {seed}, '{string.Join("' '", line)}': {broken}");
        }
    }

    private static void Survives(int rounds, byte[] valid, Action<byte[]> parse)
    {
        parse(valid);
        for (int seed = 0; seed < rounds; seed++)
        {
            byte[] damaged = Mutation.Of(valid, seed);
            Exception? broken = Record.Exception(() => parse(damaged));
            Assert.True(broken is null or UserErrorException, $"seed {seed}, {Convert.ToHexString(damaged.AsSpan(0, Math.Min(damaged.Length, 200)))}: {broken}");
        }
    }

    private static void AcceptsOrRefuses(Action parse)
    {
        try
        {
            parse();
        }
        catch (UserErrorException error)
        {
            Assert.NotEmpty(error.Message);
        }
    }
}
