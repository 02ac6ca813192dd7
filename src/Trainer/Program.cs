using Realtime.Trainer.Commands;

return TrainerCommands.Run(args);
