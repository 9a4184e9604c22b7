namespace Diffusion.Files.Models;

/// <summary>Finds operators that mix the samples of a batch, so that a sample depends on those beside it.</summary>
internal static class BatchOperator
{
    private const int Input = 1, Output = 2, OperatorType = 4, Attribute = 5;
    private const string TrainingMode = "training_mode";

    /// <summary>The number of the input of Dropout that switches it on; without it Dropout changes nothing.</summary>
    private const int TrainingModeInput = 3;

    /// <summary>Describes the operator if it is one of those; null if it is not.</summary>
    /// <param name="node">A NodeProto.</param>
    /// <exception cref="FormatException">The bytes are no node.</exception>
    public static string? Find(ReadOnlySpan<byte> node)
    {
        (string type, int inputs, int outputs, bool isTraining, bool isSwitched) = ("", 0, 0, false, false);
        ProtobufReader field = new(node);
        while (field.Next())
        {
            switch (field.Number)
            {
                case Input:
                    // An input without a name is one that is left out.
                    isSwitched |= ++inputs == TrainingModeInput && ModelFileCheck.Text(field).Length > 0;
                    break;
                case Output:
                    outputs++;
                    break;
                case OperatorType:
                    type = ModelFileCheck.Text(field);
                    break;
                case Attribute:
                    isTraining |= IsTrainingMode(ModelFileCheck.Message(field, "attribute"));
                    break;
            }
        }

        return type switch
        {
            "DynamicQuantizeLinear" => type,
            "BatchNormalization" when isTraining || outputs > 1 => $"{type} in training mode",
            "Dropout" when isSwitched => $"{type} with a training mode",
            _ => null,
        };
    }

    private static bool IsTrainingMode(ReadOnlySpan<byte> attribute)
    {
        const int name = 1, number = 3;
        (bool isNamed, bool isSet) = (false, false);
        ProtobufReader field = new(attribute);
        while (field.Next())
        {
            switch (field.Number)
            {
                case name:
                    isNamed = ModelFileCheck.Text(field) == TrainingMode;
                    break;
                case number:
                    isSet = field.Value != 0;
                    break;
            }
        }

        return isNamed && isSet;
    }
}
