using Diffusion.Cli;
using Diffusion.CommandLine;

return await CommandHost.RunAsync(DiffusionCommand.Create(), args).ConfigureAwait(false);
