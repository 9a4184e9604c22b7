using Diffusion.CommandLine;
using Diffusion.Training.Cli;

return await CommandHost.RunAsync(TrainCommand.Create(), args).ConfigureAwait(false);
