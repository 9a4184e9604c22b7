using System.Text.Json;

namespace Diffusion.Cards;

/// <summary>
/// The keys of a scheduler_config.json that <see cref="SchedulerConfig"/> has no property for: those that choose diffusers' own
/// solver, which is chosen by other means here, and those whose usual value changes nothing. Any other key may change the
/// samples and is refused.
/// </summary>
internal static class SchedulerKeys
{
    private const string Discrete = "discrete";
    private const string Linear = "linear";
    private const string MinusInfinity = "-Infinity";

    /// <summary>Keys whose every value is accepted: they say how diffusers solves the equation, not which equation.</summary>
    private static readonly string[] OfSolver =
    [
        "solver_order", "algorithm_type", "solver_type", "lower_order_final", "euler_at_final", "skip_prk_steps", "disable_corrector",
        "solver_p", "predict_x0",
    ];

    /// <summary>Keys that switch something on that is not supported, and keys that have a meaning only then.</summary>
    private static readonly string[] Off = ["use_flow_sigmas", "use_beta_sigmas", "use_dynamic_shifting"];
    private static readonly string[] OfFlow = ["flow_shift", "time_shift_type"];

    /// <summary>Keys that override noise levels.</summary>
    private static readonly string[] Overriding = ["sigma_min", "sigma_max", "shift_terminal"];

    /// <summary>Returns what is wrong with a key; null if it changes nothing.</summary>
    public static string? Fault(string key, JsonElement value) => key switch
    {
        _ when key.StartsWith('_') || OfSolver.Contains(key) || OfFlow.Contains(key) || value.ValueKind == JsonValueKind.Null => null,
        _ when Off.Contains(key) => value.ValueKind == JsonValueKind.False ? null : Unsupported(key, value, "false"),
        _ when Overriding.Contains(key) => Unsupported(key, value, "null"),
        "timestep_type" => IsText(value, Discrete) ? null : Unsupported(key, value, Discrete),
        "interpolation_type" => IsText(value, Linear) ? null : Unsupported(key, value, Linear),
        "lambda_min_clipped" => IsText(value, MinusInfinity) ? null : Unsupported(key, value, MinusInfinity),
        _ => $"the key '{key}' is unknown and might change the samples",
    };

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.GetString() == text;

    private static string Unsupported(string key, JsonElement value, string expected)
        => $"{key} {value.GetRawText()} is not supported; expected {expected}";
}
