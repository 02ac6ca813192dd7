using System.CommandLine;
using Realtime.Filter.Serve;
using Realtime.Filter.Serve.Configuration;

namespace Realtime.Filter.Commands;

/// <summary><c>serve</c>: the command line of <see cref="ServeRun"/>.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Option<string> config = new("--config") { Description = "The configuration, a YAML file; docs/operations.md has its keys. SIGHUP reads it again.", HelpName = "FILE", Required = true };
        Option<bool> check = new("--check") { Description = "Check the configuration and end." };
        Option<bool> print = new("--print-config") { Description = "Print the configuration as it is with all defaults, environment variables and flags, without passwords, and end." };
        Command command = new("serve", $"Runs several streams through one purifier, as a configuration says. The other flags stand above the variables {ServeOverrides.Prefix}..., and those above the file.") { config, check, print };
        _ = new SharedOptions(command);
        command.Validators.Clear();     // what flags need of each other may stand in the file
        command.SetAction((parsed, cancellation) =>
        {
            string path = parsed.GetValue(config)!;
            ServeConfigurationReader reader = new(
                Environment.GetEnvironmentVariable,
                ServeOverrides.OfEnvironment(Environment.GetEnvironmentVariables()),
                ServeOverrides.OfFlags(parsed, ServeConfigurationReader.SharedSchema.Keys));
            if (parsed.GetValue(print))
                Console.Out.Write(ServeYaml.Write(reader.ReadFile(path)));
            else if (parsed.GetValue(check))
                Console.Error.WriteLine($"realtime: '{path}' is sound: {string.Join(", ", reader.ReadFile(path).Streams.Select(stream => stream.Name))}");
            else
                return Task.FromResult((int)new ServeRun(reader, path).Execute(cancellation));
            return Task.FromResult(0);
        });
        return command;
    }
}
