using Diffusion.Randomness;

namespace Diffusion.Data.BuiltIn;

/// <summary>The random numbers behind the points of a data set: two normals and two uniforms for each, in 2-D.</summary>
internal sealed class PointRandomness
{
    private const int Numbers = 2;
    private const uint NormalStream = 0;
    private const uint UniformStream = 1;

    private readonly float[] _normals;
    private readonly float[] _uniforms;

    public PointRandomness(ulong seed, long first, int count)
    {
        _normals = new float[count * Numbers];
        _uniforms = new float[count * Numbers];
        new PhiloxNormal(seed, RandomDomain.Data).Fill(NormalStream, first * Numbers, _normals);
        new PhiloxUniform(seed, RandomDomain.Data).Fill(UniformStream, first * Numbers, _uniforms);
    }

    /// <summary>Two standard normals for a point.</summary>
    public (double First, double Second) Normal(int point) => (_normals[point * Numbers], _normals[(point * Numbers) + 1]);

    /// <summary>Two numbers for a point, uniform in [0, 1).</summary>
    public (double First, double Second) Uniform(int point) => (_uniforms[point * Numbers], _uniforms[(point * Numbers) + 1]);
}
