using Diffusion.CommandLine;
using Diffusion.Training;

return await CommandHost.RunAsync(TrainCommand.Create(), args).ConfigureAwait(false);
