using System.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Files;
using Diffusion.Sampling;
using Diffusion.Tables;

namespace Diffusion.Cli;

/// <summary>What commands take that complete rows of a table: a model, rows, a file to write and a seed.</summary>
internal sealed class RowArguments
{
    private readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file that diffusion-train wrote from a table" };
    private readonly Argument<string> _rows = new("ROWS") { Description = $"Rows of such a table: a {TableFile.Endings} file" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file to write", Required = true };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the noise", DefaultValueFactory = _ => 0 };

    private readonly Option<double?> _guidance = GuidanceOption.Create();

    /// <summary>Adds the arguments and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_rows);
        command.Add(_output);
        command.Add(_seed);
        command.Add(_guidance);
    }

    /// <summary>Returns how rows are completed.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public FillOptions Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed), Guidance = GuidanceOption.Read(parsed, _guidance),
    };

    /// <summary>Reads the rows, completes them and writes the result.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="complete">Completes the rows.</param>
    /// <exception cref="DiffusionException">The model or the rows are not usable, or the place cannot be written.</exception>
    public void Run(ParseResult parsed, Func<DiffusionSampler, Table, Table> complete)
    {
        string output = parsed.GetRequiredValue(_output);
        TableFile.RequireEnding(output);
        AtomicFile.Check(output);
        using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(_model));
        string rows = parsed.GetRequiredValue(_rows);
        TableFileContent content = TableFile.Read(rows, new TableFileOptions
        {
            HasHeader = TableFile.IsText(rows) ? sampler.Card.Data.Table?.HasHeader : null,
        });
        TableFile.Write(output, [complete(sampler, content.Table)]);
    }
}
