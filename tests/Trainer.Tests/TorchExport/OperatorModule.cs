using Diffusion.TorchExport;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>A module of one operator of inputs x and y. It is late bound, so that a table can have one line for each operator.</summary>
/// <param name="operation">The operator: of the net, x and y.</param>
internal sealed class OperatorModule(Func<dynamic, dynamic, dynamic, dynamic> operation) : PortableModule("operator")
{
    /// <summary>Gets the number of axes that the graph expects of the output, and the number that the last tensor had.</summary>
    public (long Graph, long Tensor) Ranks { get; private set; }

    public override T Forward<T>(INet<T> net, Inputs<T> inputs)
    {
        T output = operation(net, inputs["x"], inputs["y"]);
        Ranks = output switch
        {
            GraphValue value => (value.Rank, Ranks.Tensor),
            TensorValue value => (Ranks.Graph, value.Tensor.dim()),
            _ => Ranks,
        };
        return output;
    }
}
