using Diffusion.Cli;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Cli;

/// <summary>Every solver, grid and setting from the command line. These run within the process of the tests, as there are many.</summary>
[TestClass]
public sealed class SolverOptionTests
{
    private static readonly string Moons = ShippedModels.PathOf("moons");

    public static IEnumerable<object[]> SolversAndGrids
        => from entry in KnownSolvers.All from grid in TimestepGrids.All select new object[] { entry.Name, grid.Name };

    [TestMethod]
    [DynamicData(nameof(SolversAndGrids))]
    public async Task EverySolver_Samples_OnEveryGrid(string solver, string grid)
    {
        using TemporaryFolder folder = new();
        PointSet points = await Sample(folder, "--solver", solver, "--spacing", grid, "--steps", "100");
        Assert.AreEqual((50, 2), (points.Count, points.Dimension));

        // The moons lie within 2.3 of their middle; a solver that went astray would not.
        Assert.IsTrue(points.Values.ToArray().All(value => Math.Abs(value) < 3));
    }

    [TestMethod]
    [DataRow("euler")]
    [DataRow("heun")]
    [DataRow("rk4")]
    public async Task RungeKutta_TakesBothForms(string solver)
    {
        using TemporaryFolder folder = new();
        float[] sigma = (await Sample(folder, "--solver", solver, "--ode", "sigma", "--steps", "100")).Values.ToArray();
        float[] unsaid = (await Sample(folder, "--solver", solver, "--steps", "100")).Values.ToArray();
        float[] time = (await Sample(folder, "--solver", solver, "--ode", "time", "--steps", "100")).Values.ToArray();
        CollectionAssert.AreEqual(sigma, unsaid);
        CollectionAssert.AreNotEqual(sigma, time);
        Assert.IsTrue(
            sigma.Zip(time).All(pair => Math.Abs(pair.First - pair.Second) < 1),
            "Both forms lead from the same noise to about the same points.");
    }

    [TestMethod]
    public async Task Settings_ChangeTheSamples()
    {
        using TemporaryFolder folder = new();
        CollectionAssert.AreNotEqual(
            (await Sample(folder, "--solver", "ddim", "--eta", "0.5")).Values.ToArray(),
            (await Sample(folder, "--solver", "ddim", "--eta", "0")).Values.ToArray());
        CollectionAssert.AreNotEqual(
            (await Sample(folder, "--solver", "ddpm", "--variance", "posterior")).Values.ToArray(),
            (await Sample(folder, "--solver", "ddpm", "--variance", "beta")).Values.ToArray());
        CollectionAssert.AreEqual(
            (await Sample(folder, "--solver", "ddim", "--times", "1000,501.5,1")).Values.ToArray(),
            (await Sample(folder, "--solver", "ddim", "--times", " 1000, 501.5, 1 ")).Values.ToArray());
    }

    /// <summary>Times are those of the papers: one more than the timesteps that a program names.</summary>
    [TestMethod]
    public async Task Times_AreOneMoreThanTimesteps()
    {
        using TemporaryFolder folder = new();
        using DiffusionSampler sampler = ShippedModels.Load("moons");
        SamplingJob job = new() { Count = 50, Plan = SamplingPlan.At(sampler.Card.Schedule, new Ddim(), [999, 500.5, 0]) };
        CollectionAssert.AreEqual(
            sampler.Sample(job).Values.ToArray(), (await Sample(folder, "--solver", "ddim", "--times", "1000,501.5,1")).Values.ToArray());
    }

    [TestMethod]
    public async Task Clipping_KeepsSamplesWithinTheBound()
    {
        using TemporaryFolder folder = new();
        Assert.IsGreaterThan(0.6f, (await Sample(folder)).Values.ToArray().Max(Math.Abs));
        Assert.AreEqual(0.5, (await Sample(folder, "--clip", "0.5")).Values.ToArray().Max(Math.Abs), 1e-4);
        Assert.AreEqual(0.5, (await Sample(folder, "--clip", "0.5", "--threshold", "1")).Values.ToArray().Max(Math.Abs), 1e-4);
    }

    /// <summary>
    /// The way there and back misses by an error of first order: with four times the steps by a quarter. The median, as a
    /// few points past the ends of the moons lie where the trained network's ODE carries small errors far.
    /// </summary>
    [TestMethod]
    public async Task Encode_FindsTheNoise_ThatSampleLeadsBackFrom()
    {
        using TemporaryFolder folder = new();
        double coarse = await ThereAndBack(folder, "250");
        double fine = await ThereAndBack(folder, "1000");
        Assert.AreEqual(4, coarse / fine, 0.5);
        Assert.IsLessThan(0.005, fine);
    }

    private static async Task<double> ThereAndBack(TemporaryFolder folder, string steps)
    {
        PointSet points = await Sample(folder, "--solver", "ddim", "--steps", steps);
        Assert.AreEqual(ExitCode.Done, await Run("encode", folder["points.npy"], Moons, "-o", folder["noise.npy"], "--steps", steps));
        PointSet again = await Sample(folder, "--noise", folder["noise.npy"], "--solver", "ddim", "--steps", steps);
        double[] distances = [.. Enumerable.Range(0, points.Count)
            .Select(i => double.Hypot(points[i][0] - again[i][0], points[i][1] - again[i][1]))
            .Order()];
        return distances[distances.Length / 2];
    }

    private static async Task<PointSet> Sample(TemporaryFolder folder, params string[] options)
    {
        string[] count = options.Contains("--noise") ? [] : ["-n", "50"];
        Assert.AreEqual(ExitCode.Done, await Run(["sample", Moons, .. count, "-o", folder["points.npy"], .. options]));
        return PointFile.Read(folder["points.npy"]);
    }

    private static Task<int> Run(params string[] arguments) => CommandHost.RunAsync(DiffusionCommand.Create(), arguments);
}
