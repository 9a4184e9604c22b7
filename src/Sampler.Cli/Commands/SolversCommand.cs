using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Solvers;
using Diffusion.Time;
using Spectre.Console;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion solvers: lists the solvers.</summary>
internal static class SolversCommand
{
    public static Command Create()
    {
        Command command = new("solvers", "Lists the solvers.");
        command.SetWork((_, _) =>
        {
            Table table = new Table().Border(TableBorder.Minimal)
                .AddColumns("solver", "order", "calls", "random", "spacing", "steps", "source");
            foreach (SolverEntry entry in KnownSolvers.All)
            {
                ISolver solver = entry.Create(new SolverSettings());
                NoiseSchedule schedule = NoiseSchedule.Linear();
                Tableau tableau = solver.Build(schedule, solver.DefaultGrid.Create(schedule, solver.DefaultSteps(schedule)));
                table.AddRow(
                    entry.Name, $"{entry.Order}", $"{entry.EvaluationsPerStep}", tableau.IsDeterministic ? "no" : "yes",
                    solver.DefaultGrid.Name, $"{tableau.Steps}", entry.Source);
            }

            AnsiConsole.Write(table);
            Console.Error.WriteLine(
                $"calls: network evaluations per step; spacing and steps: defaults for T = {NoiseSchedule.DefaultTrainTimesteps}; "
                    + $"default solver: {KnownSolvers.Default.Name}");
        });
        return command;
    }
}
