using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Denoising;

/// <summary>Classifier-free guidance lies on the line through the answers without and with a label.</summary>
[TestClass]
public sealed class GuidedDenoiserTests
{
    private const int Count = 5;
    private static readonly NoiseLevel Level = NoiseSchedule.Linear().At(400);

    public static IEnumerable<object[]> Signatures => [[ConditionalNetwork.Labels], [ConditionalNetwork.LabelsAndGiven]];

    [TestMethod]
    [DynamicData(nameof(Signatures))]
    public void WithWeightZero_ItIsTheAnswerToNone_WithTheSameGivenValues(ConditionSignature signature)
    {
        ConditionBatch conditions = ConditionalNetwork.ConditionsOf(signature, Count);
        ConditionBatch none = new(Count)
        {
            Labels = ConditionBatch.OfLabel(Count, signature.NoLabel).Labels,
            Given = conditions.Given,
            Mask = conditions.Mask,
        };
        CollectionAssert.AreEqual(Answer(new ConditionalNetwork(signature), none), Guided(signature, 0));
        CollectionAssert.AreNotEqual(Answer(new ConditionalNetwork(signature), conditions), Guided(signature, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Signatures))]
    public void WithWeightOne_ItIsThePlainConditionalAnswer(ConditionSignature signature)
        => AssertClose(Answer(new ConditionalNetwork(signature), ConditionalNetwork.ConditionsOf(signature, Count)), Guided(signature, 1));

    [TestMethod]
    [DataRow(-1.0)]
    [DataRow(0.3)]
    [DataRow(7.5)]
    public void ItIsAffineInTheWeight(double weight)
    {
        float[] without = Guided(ConditionalNetwork.Labels, 0);
        float[] with = Guided(ConditionalNetwork.Labels, 1);
        AssertClose(
            [.. without.Zip(with, (none, label) => (float)(none + (weight * (label - none))))], Guided(ConditionalNetwork.Labels, weight));
    }

    /// <summary>A network without labels is guided to its given values, which themselves stay what they are.</summary>
    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.0)]
    [DataRow(1.5)]
    public void WithoutLabels_ItGuidesToTheGivenValues(double weight)
    {
        ConditionSignature signature = ConditionalNetwork.Given;
        ConditionBatch conditions = ConditionalNetwork.ConditionsOf(signature, Count);
        float[] nothing = new float[2 * Count];
        float[] with = Answer(new ConditionalNetwork(signature), conditions);
        float[] without = Answer(new ConditionalNetwork(signature), new(Count) { Given = nothing, Mask = nothing });
        float[] expected = [.. Enumerable.Range(0, 2 * Count).Select(
            k => conditions.Mask.Span[k] > 0 ? with[k] : (float)(without[k] + (weight * (with[k] - without[k]))))];
        AssertClose(expected, Guided(signature, weight));
        Assert.AreNotEqual(with[0], without[0]);
    }

    [TestMethod]
    public void WithoutConditions_ItIsRefused()
    {
        GuidedDenoiser guided = new(new ConditionalNetwork(ConditionalNetwork.Labels), 2);
        Assert.ThrowsExactly<ArgumentNullException>(() => guided.Predict(new DenoiserCall(new float[2], Level), new float[2]));
    }

    private static float[] Guided(ConditionSignature signature, double weight)
        => Answer(new GuidedDenoiser(new ConditionalNetwork(signature), weight), ConditionalNetwork.ConditionsOf(signature, Count));

    private static float[] Answer(IDenoiser denoiser, ConditionBatch conditions)
    {
        float[] x = [.. Enumerable.Range(0, 2 * Count).Select(k => MathF.Cos(k))];
        float[] answer = new float[x.Length];
        denoiser.Predict(new DenoiserCall(x, Level, conditions), answer);
        return answer;
    }

    private static void AssertClose(float[] expected, float[] actual)
        => Support.Numbers.AreClose(
            Array.ConvertAll(expected, value => (double)value),
            Array.ConvertAll(actual, value => (double)value), 1e-5);
}
