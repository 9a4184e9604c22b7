namespace Diffusion.Training;

/// <summary>What is known of an iteration that was done.</summary>
/// <param name="Loss">The mean loss of its batch.</param>
/// <param name="HoldOutLoss">The mean loss of the averaged weights on the samples held out; NaN where it was not computed.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Seconds">Seconds of training up to its end.</param>
public readonly record struct TrainingStep(float Loss, float HoldOutLoss, float LearningRate, float Seconds);
