using Diffusion.Cards;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Models;

/// <summary>What the entries of a card recommend, and what they refuse.</summary>
[TestClass]
public sealed class CardEntryTests
{
    [TestMethod]
    public void ARecommendedSolver_HasTheVarianceOfTheCard_UnlessItSaysAnother()
    {
        ModelCard card = MixturePredictor.Card with
        {
            Variance = DdpmVariance.Posterior, Sampling = new SamplingInfo { Solver = "ddpm", Steps = 7 },
        };
        Assert.AreEqual("ddpm posterior variance, 7 steps", card.Sampling!.CreatePlan(card.Schedule, card.Variance).Caption);
        using (DiffusionSampler sampler = new(new MixturePredictor(), card))
        {
            Assert.AreEqual("ddpm posterior variance, 7 steps", sampler.Plan.Caption);
        }

        SamplingInfo other = card.Sampling with { Settings = new SolverSettings { Variance = DdpmVariance.Beta } };
        Assert.AreEqual("ddpm, 7 steps", other.CreatePlan(card.Schedule, card.Variance).Caption);
        Assert.AreEqual("ddim, 7 steps", (card.Sampling with { Solver = "ddim" }).CreatePlan(card.Schedule, card.Variance).Caption);
    }

    [TestMethod]
    [DataRow("diffusion.sampling", """{"solver":"ddim","settings":{"noise":1}}""", "noise")]
    [DataRow("diffusion.data", """{"kind":"points","name":"p","shape":[2],"dimension":3}""", "dimension")]
    [DataRow(
        "diffusion.data",
        """{"kind":"table","name":"p","shape":[2],"columns":["a","b"],"constants":[{"position":0,"name":"c","value":1,"unit":"m"}]}""",
        "unit")]
    public void AKeyWithinAnEntry_ThatIsNotKnown_IsRefusedByName(string entry, string json, string key)
    {
        Dictionary<string, string> metadata = new(MixturePredictor.Card.ToMetadata()) { [entry] = json };
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => ModelCard.FromMetadata(metadata, "m")).Message, $"'{key}'");
    }
}
