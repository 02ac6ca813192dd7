using System.Collections;
using System.CommandLine;
using Realtime.Filter.Commands;
using Realtime.Filter.Errors;
using Realtime.Filter.Events;
using Realtime.Filter.Guard;
using Realtime.Filter.Live;
using Realtime.Filter.Serve.Configuration;

namespace Realtime.Filter.Tests.Serve;

public sealed class ServeConfigurationTests
{
    private const string Whole = """
        # Two doors
        model: maep-solids
        batch: 64
        metrics: 9464
        log-level: warning
        defaults:
          classifier: solids
          protect: classifier
          events: /tmp/${STREAM}.jsonl
          events-on: change
          latency-policy: latency
          tiles-per-second: 500
        streams:
          front:
            input: rtsp://admin:${FRONT_PASSWORD}@10.0.0.7/live
            output: none
          back-2:
            input: solids:seconds=1
            output: /tmp/${STREAM}.mkv
            overwrite: true
            classifier: null
            protect:
            latency-policy: ~
            e: [preset=fast, tune=film]
            tile-tolerance: 2
            tiles-per-second:
        """;

    private static readonly Dictionary<string, string> Variables = new() { ["FRONT_PASSWORD"] = "hunter2hunter2", ["EMPTY"] = "", ["NUMBER"] = "secret-not-a-number" };

    [Fact]
    public void Every_setting_arrives_and_a_stream_takes_the_defaults_or_its_own()
    {
        ServeConfiguration configuration = Read(Whole);

        Assert.Equal(("maep-solids", 64, 9464, LogLevel.Warning), (configuration.Shared.Model, configuration.Shared.Batch, configuration.Shared.Endpoint!.Port, configuration.Shared.LogLevel));
        ServedStream front = configuration.Streams[0], back = configuration.Streams[1];
        Assert.Equal(("front", 500d, "rtsp://admin:hunter2hunter2@10.0.0.7/live", "none"), (front.Name, front.TilesPerSecond, front.Run.Input, front.Run.Output));
        Assert.Equal((Protection.Classifier, LatencyPolicy.Latency, EventRule.Change, "/tmp/front.jsonl"), (front.Run.Classifier!.Protection, front.Run.Live.Policy, front.Run.Telemetry.Rule, front.Run.Telemetry.Events));
        Assert.Equal(("back-2", null, "/tmp/back-2.mkv", true, 2), (back.Name, back.TilesPerSecond, back.Run.Output, back.Run.Overwrite, back.Run.TileTolerance));
        Assert.Null(back.Run.Classifier);
        Assert.Null(back.Run.Live.Policy);
        Assert.Equal(["preset=fast", "tune=film"], back.Run.Sink.EncoderOptions);
    }

    [Theory]
    [InlineData("", "serve.yaml:1:1: the file is empty")]
    [InlineData("- a", "serve.yaml:1:1: the configuration takes keys and values")]
    [InlineData("streams: [", "serve.yaml:1:")]
    [InlineData("streams: {a: {input: 'solids:', output: none}}\n---\na: b", "serve.yaml:2:1: a configuration is one document")]
    [InlineData("batch: 3", "serve.yaml:1:1: there is no stream")]
    [InlineData("streams: 3", "serve.yaml:1:10: 'streams' takes keys and values, one 'key: value' a line; found a single value")]
    [InlineData("streams: {}", "serve.yaml:1:1: there is no stream")]
    [InlineData("streams:\n  a b: {}", "serve.yaml:2:3: 'a b' is no name for a stream")]
    [InlineData("streams:\n  ..: {}", "serve.yaml:2:3: '..' is no name for a stream")]
    [InlineData("streams:\n  a: {input: x}\n  a: {input: y}", "serve.yaml:3:3: 'a' stands twice")]
    [InlineData("device: cpu\ndevice: cuda\nstreams: {}", "serve.yaml:2:1: 'device' stands twice")]
    [InlineData("devise: cpu", "serve.yaml:1:1: unknown key 'devise'; known are batch, device,")]
    [InlineData("device: gpu9", "serve.yaml:1:1: device ")]
    [InlineData("batch: 1\nmodel: nothing", "serve.yaml:2:1: unknown model 'nothing'")]
    [InlineData("batch: 0", "serve.yaml:1:1: batch must be from 1 to 4096, found 0")]
    [InlineData("batch: many", "serve.yaml:1:1: batch takes a whole number, found 'many'")]
    [InlineData("batch: 1.5", "serve.yaml:1:1: batch takes a whole number, found '1.5'")]
    [InlineData("batch: [1]", "serve.yaml:1:1: batch takes one value, found a list")]
    [InlineData("batch: {a: 1}", "serve.yaml:1:8: batch: takes a value, or a list of values; found keys and values")]
    [InlineData("model: ''", "serve.yaml:1:1: model must not be empty")]
    [InlineData("log-level: loud", "serve.yaml:1:1: log-level takes one of error, warning, info, debug, found 'loud'")]
    [InlineData("log-level: 2", "serve.yaml:1:1: log-level takes one of error, warning, info, debug, found '2'")]
    [InlineData("health-timeout: 5", "serve.yaml:1:1: health-timeout is about /health")]
    [InlineData("metrics: here", "serve.yaml:1:1: metrics 'here' must be a port")]
    [InlineData("defaults:\n  inptu: x", "serve.yaml:2:3: unknown key 'inptu'; known are classifier,")]
    [InlineData("defaults:\n  top: -1", "serve.yaml:2:3: top must be at least 1, found -1")]
    [InlineData("defaults: &a\n  top: 1\nstreams: *a", "serve.yaml:3:10: 'streams' takes keys and values, one 'key: value' a line; found an alias")]
    [InlineData("streams:\n  a:", "serve.yaml:2:3: the stream needs an input")]
    [InlineData("streams:\n  a:\n    input: 'solids:'", "serve.yaml:2:3: the stream needs an output (none, for no pictures) or events")]
    [InlineData("streams:\n  a:\n    input: '-'\n    output: none", "serve.yaml:3:5: input is '-', but serve has no standard input")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: '-'", "serve.yaml:4:5: output is '-'")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    overwrite: yes", "serve.yaml:5:5: overwrite takes true or false, found 'yes'")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    model: maep-patch4", "serve.yaml:5:5: unknown key 'model'")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    rtsp-transport: smoke", "serve.yaml:5:5: rtsp-transport: ")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    latency-policy: latency", "serve.yaml:5:5: latency-policy latency drops frames of a live input")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    latency-target: .nan", "serve.yaml:5:5: latency-target takes a number")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    latency-target: NaN", "serve.yaml:5:5: latency-target must be from 1 to 60000")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    top: 3", "serve.yaml:5:5: top is about a classifier")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    e: fast", "serve.yaml:5:5: e takes a list")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    e: [fast]", "serve.yaml:5:5: e takes key=value, found 'fast'")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    e: [[fast]]", "serve.yaml:5:9: e: a list holds values; found a list")]
    [InlineData("streams:\n  a:\n    input: wss://host/live\n    output: none", "serve.yaml:3:5: input wss://host/live: 'wss' is no protocol")]
    [InlineData("streams:\n  a:\n    input: \"sol\\nids:\"\n    output: none", "serve.yaml:3:5: input holds a control character")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    tiles-per-second: 0", "serve.yaml:5:5: tiles-per-second must be at least 1, found 0")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    no-tile-reuse: true\n    tile-tolerance: 1", "serve.yaml:5:5: no-tile-reuse and tile-tolerance exclude each other")]
    [InlineData("streams:\n  a: {input: 'solids:', output: /tmp/x.mkv}\n  b:\n    input: 'solids:'\n    output: /tmp/../tmp/x.mkv", "serve.yaml:5:5: output: streams 'a' and 'b' would write to the same place")]
    [InlineData("streams:\n  a: {input: 'solids:', events: e}\n  b: {input: 'solids:', events: ./e}", "serve.yaml:3:25: events: streams 'a' and 'b'")]
    [InlineData("streams:\n  a:\n    input: ${ABSENT}\n    output: none", "serve.yaml:3:5: input: the environment variable ABSENT is not set")]
    [InlineData("streams:\n  a:\n    input: ${EMPTY}\n    output: none", "serve.yaml:3:5: input must not be empty")]
    [InlineData("streams:\n  a:\n    input: ${a-b}\n    output: none", "serve.yaml:3:5: input: behind '${' stands the name")]
    [InlineData("streams:\n  a:\n    input: 'solids:'\n    output: none\n    crf: ${NUMBER}", "serve.yaml:5:5: crf takes a whole number, found '${NUMBER}'")]
    public void What_is_wrong_is_named_with_its_place_and_key(string text, string message)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Read(text));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(message.Contains("unknown model", StringComparison.Ordinal) ? ExitCode.ModelRejected : ExitCode.Usage, error.ExitCode);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "64")]
    [InlineData("32", "", "32")]
    [InlineData("", "16", "16")]
    [InlineData("32", "16", "16")]
    public void Flags_are_above_the_environment_and_that_above_the_file(string variable, string flag, string expected)
    {
        Command serve = ServeCommand.Create();
        ParseResult parsed = serve.Parse(["--config", "serve.yaml", .. flag.Length > 0 ? (string[])["--batch", flag] : []]);
        IReadOnlyList<Setting> flags = ServeOverrides.OfFlags(parsed, ServeConfigurationReader.SharedSchema.Keys);

        ServeConfiguration configuration = Read(Whole, ServeOverrides.OfEnvironment(new Hashtable { ["REALTIME_SERVE_BATCH"] = variable, ["PATH"] = "x" }), flags);

        Assert.Equal(expected, $"{configuration.Shared.Batch}");
        Assert.Equal("maep-solids", configuration.Shared.Model);
    }

    [Theory]
    [InlineData("REALTIME_SERVE_BATHC", "1", "REALTIME_SERVE_BATHC: unknown key 'bathc'")]
    [InlineData("REALTIME_SERVE_BATCH", "0", "REALTIME_SERVE_BATCH: batch must be from 1")]
    [InlineData("REALTIME_SERVE_LOG_LEVEL", "loud", "REALTIME_SERVE_LOG_LEVEL: log-level takes one of")]
    public void A_variable_that_is_wrong_is_named(string name, string value, string message)
    {
        IReadOnlyList<Setting> environment = ServeOverrides.OfEnvironment(new Hashtable { [name] = value });

        Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => Read(Whole, environment)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_printed_is_the_effective_configuration_without_secrets_and_can_be_read_again()
    {
        string text = Whole
            .Replace("output: none", "output: rtmp://live.example/app/streamkey77", StringComparison.Ordinal)
            .Replace("events: /tmp/${STREAM}.jsonl", $"events: {Uri.UriSchemeHttps}{Uri.SchemeDelimiter}hook.example/services/T0/hooksecret", StringComparison.Ordinal);
        ServeConfiguration configuration = Read(text, [new Setting("batch", new Place("X"), ["16"])]);

        string printed = ServeYaml.Write(configuration);

        Assert.DoesNotContain("hunter2", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("streamkey77", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("hooksecret", printed, StringComparison.Ordinal);
        Assert.Contains("batch: 16\n", printed, StringComparison.Ordinal);
        Assert.Contains("overlap: 2\n", printed, StringComparison.Ordinal);
        Assert.Contains("    protect: classifier\n", printed, StringComparison.Ordinal);
        Assert.Contains("- preset=fast", printed.Replace("[", "- ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(printed, ServeYaml.Write(Read(printed)));
    }

    [Fact]
    public void Streams_are_the_same_where_all_their_settings_are()
    {
        ServeConfiguration before = Read(Whole), after = Read(Whole.Replace("tile-tolerance: 2", "tile-tolerance: 3", StringComparison.Ordinal) + "\n# a note");

        Assert.True(before.Streams[0].IsSame(after.Streams[0]));
        Assert.False(before.Streams[1].IsSame(after.Streams[1]));
        Assert.Empty(before.SharedDifferences(after));
        Assert.Equal(["model", "batch"], before.SharedDifferences(Read(Whole.Replace("batch: 64", "", StringComparison.Ordinal).Replace("maep-solids", "maep-patch4", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_file_that_is_not_there_or_too_large_is_named()
    {
        Assert.Contains("'absent.yaml' cannot be read", Assert.Throws<UserErrorException>(() => Reader().ReadFile("absent.yaml")).Message, StringComparison.Ordinal);
        string large = Path.GetTempFileName();
        File.WriteAllText(large, new string('#', (1 << 20) + 1));
        Assert.Contains("larger than", Assert.Throws<UserErrorException>(() => Reader().ReadFile(large)).Message, StringComparison.Ordinal);
        File.Delete(large);
    }

    private static ServeConfiguration Read(string text, IReadOnlyList<Setting>? environment = null, IReadOnlyList<Setting>? flags = null) => Reader(environment, flags).Read(text, "serve.yaml");

    private static ServeConfigurationReader Reader(IReadOnlyList<Setting>? environment = null, IReadOnlyList<Setting>? flags = null) => new(name => Variables.GetValueOrDefault(name), environment ?? [], flags ?? []);
}
