using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Data.Tables;
using Diffusion.Denoising;
using Diffusion.Evaluation;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Evaluation;

[TestClass]
public sealed class EvaluatorTests
{
    private const double Scale = 2;

    private static readonly GaussianMixture Mixture = (GaussianMixture)KnownDataSets.Find("2gmm");

    /// <summary>The exact prediction of the same mixture at half its size, which the card scales back.</summary>
    private static readonly MixturePredictor Half = new(new GaussianMixture("half", [.. Mixture.Components.Select(HalfOf)]));

    private static readonly DataInfo Data = new() { Name = "scaled", File = "scaled.csv", Dimension = 2, Scale = [Scale, Scale] };

    [TestMethod]
    public void AScaledModel_IsAsGoodAsItIs_AgainstTheDataSetAndAgainstRows()
    {
        PointSet rows = Mixture.Draw(4_000, seed: 11);
        FileTruth file = new("rows.npy", Data, new TableContent(NumericTable.FromPoints(rows), []));
        foreach (ITruth truth in new ITruth[] { new DataSetTruth(Mixture), file })
        {
            EvaluationResult result = Evaluate(Half, truth);
            Assert.AreEqual(0.5, result.Measures.Single(measure => measure.Name == "1-NN accuracy").Samples.Mean, 0.03, truth.Name);
        }
    }

    [TestMethod]
    public void SamplesThatAreNotFinite_AreRefused()
        => StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(
                () => Evaluate(new ClosedForm(2, (_, _, epsilon) => epsilon.Fill(float.NaN)), new DataSetTruth(Mixture))).Message,
            "gives points that are not finite");

    [TestMethod]
    public void Statistics_ShowTheDigitsThatTheirSpreadIsGoodFor()
    {
        Assert.AreEqual("0.5000 ± 0.0014", Statistic.Of([0.499, 0.501]).ToString());
        Assert.AreEqual("0.25", Statistic.Of([0.25]).ToString());
        Assert.AreEqual("3.0 ± 1.0", Statistic.Of([2, 3, 4]).ToString());
    }

    private static GaussianComponent HalfOf(GaussianComponent component) => new(
        component.Weight,
        (component.Mean.X / Scale, component.Mean.Y / Scale),
        (component.Factor.A11 / Scale, component.Factor.A12 / Scale, component.Factor.A21 / Scale, component.Factor.A22 / Scale));

    private static EvaluationResult Evaluate(IDenoiser network, ITruth truth)
    {
        using DiffusionSampler sampler = new(network, MixturePredictor.Card with { Data = Data });
        return Evaluator.Run(sampler, truth, new SamplingJob { Count = 2_000 }, seeds: 2);
    }
}
