using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Training.Data;

namespace Diffusion.Training.Tests.Training;

/// <summary>Fresh normal numbers with mean 0, without any conditions.</summary>
internal sealed class GaussianSource(double deviation) : IBatchSource
{
    public SampleShape Shape => SampleShape.Vector(1);

    public CleanBatch Draw(ulong seed, long first, int count)
    {
        float[] values = new float[count];
        new PhiloxNormal(seed, RandomDomain.Data).Fill(0, first, values);
        return new CleanBatch(new SampleBatch(Array.ConvertAll(values, value => (float)deviation * value), Shape));
    }
}
