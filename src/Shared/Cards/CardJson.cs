using System.Text.Json.Serialization;

namespace Diffusion.Cards;

/// <summary>The JSON of a model card, generated at build so that it survives trimming.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SchedulerConfig))]
[JsonSerializable(typeof(DataJson))]
[JsonSerializable(typeof(ConditionsJson))]
[JsonSerializable(typeof(SamplingInfo))]
[JsonSerializable(typeof(TrainingInfo))]
[JsonSerializable(typeof(SolverInfo))]
internal sealed partial class CardJson : JsonSerializerContext;
