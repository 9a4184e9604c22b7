// Draws points from a model that travels inside the program, and shows them as a picture of characters.
using Diffusion.Points;
using Diffusion.Sampling;

using Stream model = typeof(Program).Assembly.GetManifestResourceStream("moons.onnx")!;
using DiffusionSampler sampler = DiffusionSampler.Load(model);
PointSet points = sampler.Sample(3_000, seed: 42);

int[,] counts = new int[20, 64];
for (int i = 0; i < points.Count; i++)
{
    int row = (int)(20 * (1.2 - points[i][1]) / 2);
    int column = (int)(64 * (points[i][0] + 1.4) / 3.8);
    if (row is >= 0 and < 20 && column is >= 0 and < 64)
    {
        counts[row, column]++;
    }
}

for (int row = 0; row < 20; row++)
{
    Console.WriteLine(string.Concat(Enumerable.Range(0, 64).Select(column => " .:oO@"[Math.Min(counts[row, column] / 3, 5)])).TrimEnd());
}
