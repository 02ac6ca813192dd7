using System.CommandLine;
using Realtime.Filter.Commands;
using Realtime.Viewer.App;

Command root = CommandRunner.Root("Raw, attacked and purified, live, side by side.");
root.Add(ViewCommand.Create());
return CommandRunner.Run(root, args);
