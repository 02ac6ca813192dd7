using Realtime.Filter.Commands;

return FilterCommands.Run(args);
