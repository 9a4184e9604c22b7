using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

/// <summary>What the sampler allocates while it runs.</summary>
[TestClass]
public sealed class AllocationTests
{
    [TestMethod]
    public void ARaggedChunk_KeepsItsBuffersFromRowToRow()
    {
        using DiffusionSampler sampler = ShippedModels.Load("2gmm");
        SamplingJob job = new() { Count = 100, Plan = sampler.CreatePlan(new Ddim(), 40) };
        ExecutionOptions execution = new() { ChunkSize = 64, Threads = 1 };
        _ = sampler.Frames(job, execution).Last();
        long even = Allocated(128);
        long ragged = Allocated(100);
        Assert.IsLessThanOrEqualTo(even, ragged);

        long Allocated(int count)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (Frame frame in sampler.Frames(job with { Count = count }, execution))
            {
                Assert.AreEqual(count, frame.Points.Count);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [TestMethod]
    [DataRow("dpm++3m", 1)]
    [DataRow("rk4", 100)]
    [DataRow("ddpm", 100)]
    public void Rows_AllocateNothing(string solver, int count)
    {
        const int Warm = 50;
        using DiffusionSampler sampler = ShippedModels.Load("2gmm");
        Tableau tableau = sampler.CreatePlan(KnownSolvers.Find(solver).Create(new SolverSettings()), 100).Tableau;
        PhiloxNormal normal = new(0, RandomDomain.Sampling);
        TableauExecutor<float> executor = new(tableau, new float[2 * count], Predict, (row, z) => normal.Fill((uint)row, 0, z));
        for (int row = 0; row < Warm; row++)
        {
            executor.Advance();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        executor.Run();
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());

        void Predict(ReadOnlySpan<float> x, NoiseLevel level, Span<float> epsilon)
            => sampler.Denoiser.Predict(new DenoiserCall(x, level), epsilon);
    }
}
