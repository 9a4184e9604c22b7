using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Denoising;

/// <summary>Around a network come its prediction type, guidance, clipping and what is known, in this order.</summary>
[TestClass]
public sealed class DenoiserStackTests
{
    private const int Count = 4;
    private const double Weight = 6;
    private static readonly NoiseLevel Level = NoiseSchedule.Linear().At(200);
    private static readonly ConditionBatch Conditions = ConditionalNetwork.ConditionsOf(ConditionalNetwork.Labels, Count);
    private static readonly ClippingOptions Bounds = new() { Bound = 1 };
    private static readonly KnownValues Known = new(new SampleBatch(new float[] { 5, 0 }, SampleShape.Vector(2)), new[] { true, false });
    private static readonly ConditionalNetwork Network = new(ConditionalNetwork.Labels);

    private static readonly SamplingJob Job = new()
    {
        Count = Count, Conditions = Conditions, Guidance = Weight, Clipping = Bounds, Constraint = Known,
    };

    [TestMethod]
    public void TheOrder_IsGuidanceThenClippingThenWhatIsKnown()
    {
        Clipping clipping = new(Bounds);
        float[] found = Answer(DenoiserStack.Build(Network, ConditionalNetwork.CardOf(ConditionalNetwork.Labels), Job));
        CollectionAssert.AreEqual(
            Answer(new ConstrainedDenoiser(new ConstrainedDenoiser(new GuidedDenoiser(Network, Weight), clipping), Known)), found);
        CollectionAssert.AreNotEqual(
            Answer(new ConstrainedDenoiser(new GuidedDenoiser(new ConstrainedDenoiser(Network, clipping), Weight), Known)), found);
        CollectionAssert.AreNotEqual(
            Answer(new ConstrainedDenoiser(new ConstrainedDenoiser(new GuidedDenoiser(Network, Weight), Known), clipping)), found);
    }

    /// <summary>However much guidance exaggerates, clean data are within the bounds, and known values are what they are.</summary>
    [TestMethod]
    public void GuidedCleanData_AreWithinTheBounds_ButForWhatIsKnown()
    {
        double[] guided = Clean(Answer(new GuidedDenoiser(Network, Weight)));
        double[] found = Clean(Answer(DenoiserStack.Build(Network, ConditionalNetwork.CardOf(ConditionalNetwork.Labels), Job)));
        Assert.IsGreaterThan(1, guided.Max(Math.Abs));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.AreEqual(i % 2 == 0 ? 5 : Math.Clamp(guided[i], -1, 1), found[i], 1e-5);
        }
    }

    [TestMethod]
    public void TheClippingOfTheCard_StandsIn_WhereTheJobHasNone()
    {
        SamplingJob plain = Job with { Clipping = null, Constraint = null };
        float[] expected = Answer(
            DenoiserStack.Build(Network, ConditionalNetwork.CardOf(ConditionalNetwork.Labels), plain with { Clipping = Bounds }));
        CollectionAssert.AreEqual(
            expected,
            Answer(DenoiserStack.Build(Network, ConditionalNetwork.CardOf(ConditionalNetwork.Labels) with { ClipSample = 1 }, plain)));
        CollectionAssert.AreNotEqual(
            expected, Answer(DenoiserStack.Build(Network, ConditionalNetwork.CardOf(ConditionalNetwork.Labels), plain)));
    }

    /// <summary>The prediction type comes first: a network that tells the same as clean data is guided as one that tells ε̂.</summary>
    [TestMethod]
    public void WhatANetworkPredicts_IsTurnedIntoNoise_BeforeAllElse()
    {
        Assert.AreSame(Network, DenoiserStack.PredictNoise(Network));
        NoisePredictor told = new(new ToldAsClean(Network));
        Assert.AreEqual(Network.Signature, told.Signature);
        float[] expected = Answer(DenoiserStack.Build(Network, ConditionalNetwork.CardOf(ConditionalNetwork.Labels), Job));
        float[] found = Answer(DenoiserStack.Build(new ToldAsClean(Network), ConditionalNetwork.CardOf(ConditionalNetwork.Labels), Job));
        Numbers.AreClose(Array.ConvertAll(expected, value => (double)value), Array.ConvertAll(found, value => (double)value), 1e-4);
    }

    /// <summary>With weight 1 the answer to "none" counts 0 times, so it is not asked for.</summary>
    [TestMethod]
    [DataRow(1.0, 1)]
    [DataRow(0.0, 2)]
    [DataRow(1.5, 2)]
    public void TheNetworkIsAskedOnce_ForWeightOne_AndTwiceForOthers(double weight, int expected)
    {
        CountingNetwork network = new(Network);
        ModelCard card = ConditionalNetwork.CardOf(ConditionalNetwork.Labels);
        Answer(DenoiserStack.Build(network, card, new SamplingJob { Count = Count, Guidance = weight }));
        Assert.AreEqual(expected, network.Calls);
    }

    [TestMethod]
    public void WeightOne_IsThePlainConditionalAnswer()
    {
        ModelCard card = ConditionalNetwork.CardOf(ConditionalNetwork.Labels);
        CollectionAssert.AreEqual(
            Answer(Network), Answer(DenoiserStack.Build(Network, card, new SamplingJob { Count = Count, Guidance = 1 })));
    }

    [TestMethod]
    public void GuidanceOfANetworkWithoutConditions_IsRefused() => StringAssert.StartsWith(
        Assert.ThrowsExactly<DiffusionException>(
            () => DenoiserStack.Build(new MixturePredictor(), MixturePredictor.Card, new SamplingJob { Count = 1, Guidance = 1 })).Message,
        "The model takes neither class labels nor given values, so there is nothing to guide to.");

    private static double[] Clean(float[] epsilon)
    {
        (double ofX, double ofEpsilon) = ForwardProcess.CleanData(Level);
        return [.. X().Zip(epsilon, (x, noise) => (ofX * x) + (ofEpsilon * noise))];
    }

    private static float[] X() => [.. Enumerable.Range(0, 2 * Count).Select(k => MathF.Cos(k))];

    private static float[] Answer(IDenoiser denoiser)
    {
        float[] answer = new float[2 * Count];
        denoiser.Predict(new DenoiserCall(X(), Level, Conditions), answer);
        return answer;
    }

    private sealed class CountingNetwork(IDenoiser network) : IDenoiser
    {
        public int Calls { get; private set; }

        public DenoiserSignature Signature => network.Signature;

        public void Predict(in DenoiserCall input, Span<float> output)
        {
            Calls++;
            network.Predict(input, output);
        }
    }

    private sealed class ToldAsClean(IDenoiser network) : IDenoiser
    {
        public DenoiserSignature Signature { get; } = network.Signature with { Prediction = PredictionType.Sample };

        public void Predict(in DenoiserCall input, Span<float> output)
        {
            network.Predict(input, output);
            (double ofX, double ofEpsilon) = ForwardProcess.CleanData(input.Level);
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (float)((ofX * input.X[i]) + (ofEpsilon * output[i]));
            }
        }
    }
}
