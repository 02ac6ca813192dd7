using System.CommandLine;

namespace Realtime.Filter.Commands;

/// <summary>The commands of this room: one file a command, listed here.</summary>
public static class FilterCommands
{
    /// <summary>Parses and runs a command line.</summary>
    /// <returns>The process exit code.</returns>
    public static int Run(string[] args)
    {
        Command root = CommandRunner.Root("Realtime: removes adversarial perturbations from video, live.");
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(PurifyCommand.Create());
        root.Subcommands.Add(BatchCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(AttackCommand.Create());
        root.Subcommands.Add(DevicesCommand.Create());
        root.Subcommands.Add(ModelsCommand.Create());
        return CommandRunner.Run(root, args);
    }
}
