#:project ../../src/Rendering/Diffusion.Rendering.csproj
#:project ../../src/Sampler/Diffusion.Sampler.csproj
#:project ../../src/Trainer/Diffusion.Trainer.csproj
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false

// The lab on diffusion models, solved: trains a network and draws every figure of the lab into a folder. See docs/lab.md.
//     dotnet run samples/lab/lab.cs [FOLDER] [DATA SET] [ITERATIONS]
using System.Globalization;
using Diffusion;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;
using Diffusion.Training;
using Diffusion.Training.Data;
using Diffusion.Training.Export;
using Diffusion.Training.Native;
using Diffusion.Training.Networks;
using static System.Math;

const int Count = 500;
const int T = 1_000;
const ulong Seed = 42;
const double Beta0 = 0.0001;
const double BetaT = 0.02;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args.ElementAtOrDefault(0) ?? Path.Combine("out", "lab");
IDataSet set;
TrainingOptions options;
try
{
    set = KnownDataSets.Find(args.ElementAtOrDefault(1) ?? "radial_gmm");
    // A second thread gains nothing with a network of this size.
    options = new TrainingOptions { Seed = Seed, Threads = 1, Iterations = ReadIterations(args) };
    Directory.CreateDirectory(folder);
    TorchRuntime.EnsureLoadable();
}
catch (Exception exception) when (exception is DiffusionException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

NoiseSchedule schedule = NoiseSchedule.Linear(T, Beta0, BetaT);
PointSet data = set.Draw(Count, Seed);
Vector prior = Normal(stream: 0);

// 1. The forward process. The noise is the same at all times, so that a point can be followed.
Vector noise = Normal(stream: 0, RandomDomain.Forward);
Vector Noised(Vector x0, double t) => (Sqrt(AlphaBar(t)) * x0) + (Sqrt(1 - AlphaBar(t)) * noise);

int[] noisedTimes = [50, 100, 200, 300, 500, 1000];
IEnumerable<Panel> noised = noisedTimes.Select(t => new Panel(MomentLabel.Of(At(t)), ToPoints(Noised(ToVector(data), t)), IsData: true));
DrawStrip("1-forward", "√ᾱ·x₀ + √(1−ᾱ)·ε", [new Panel("data", data, IsData: true), .. noised, new Panel("prior", ToPoints(prior))]);

// 2. The reverse process with a network that has learned nothing.
double[] everyTime = [.. Enumerable.Range(0, T + 1).Select(k => (double)(T - k))];
EpsilonMlp NewNetwork() => new(new EpsilonMlpOptions { Dimension = set.Dimension }, schedule, Seed);
ModelCard card = new() { Schedule = schedule, Data = new DataInfo { Name = set.Name, Dimension = set.Dimension } };
using EpsilonMlp untrained = NewNetwork();
DiffusionSampler sampler = DiffusionSampler.Load(ModelExport.Build(untrained, card));
DrawReverse("2-untrained", "DDPM without training", everyTime, Ddpm, new Ddpm());
sampler.Dispose();

// 3. Training on fresh points, times and noise. What comes out is one .onnx file, and all that follows uses only that.
using TrainingResult result = new Trainer(NewNetwork) { Options = options }.Train(new FreshPoints(set));
string model = Path.Combine(folder, $"{set.Name}.onnx");
ModelExport.Save(model, result.Network, card);
Drawing losses = LossFigure.Draw($"{set.Name}: training", [.. result.Steps.Select(step => step.Loss)]);
Save("3-loss", losses, $"{options.Iterations} iterations, mean loss of the last tenth {result.FinalLoss:0.0000}");
sampler = DiffusionSampler.Load(model);

// 4 and 5. One network, two ways to use it: each step of DDPM adds noise, those of DDIM add none.
DrawReverse("4-ddpm", "DDPM", everyTime, Ddpm, new Ddpm());
Vector reference = DrawReverse("5-ddim", "DDIM", everyTime, Ddim, new Ddim());

// 6. DDIM at 20 of the times. Where the lab stops at t = 1, the last step leads to clean data.
double[] fewTimes = [.. Enumerable.Range(0, 20).Select(k => 1 + Floor(999 * (19 - k) / 19.0)), 0];
Vector accelerated = DrawReverse("6-accelerated", "DDIM", fewTimes, Ddim, new Ddim());

// 7 to 9. Solvers of the lab's ODE, at the same 20 times.
Vector euler = DrawReverse("7-euler", "Euler", fewTimes, Euler, new TimeOde("euler", ButcherTableau.Euler));
Vector heun = DrawReverse("8-heun", "Heun", fewTimes, Heun, new TimeOde("heun", ButcherTableau.Heun));
Vector rk4 = DrawReverse("9-rk4", "RK4", fewTimes, Rk4, new TimeOde("rk4", ButcherTableau.Classical));
Console.WriteLine("RMS distance from the 1,000 steps of DDIM: " + string.Join(", ",
    $"DDIM {Rms(accelerated - reference):0.000}", $"Euler {Rms(euler - reference):0.000}",
    $"Heun {Rms(heun - reference):0.000}", $"RK4 {Rms(rk4 - reference):0.000}"));
sampler.Dispose();
return 0;

// The steps. Each takes the points x at the time t and returns them at the time s < t.

Vector Ddpm(Vector x, double t, double s)
{
    double beta = Beta0 + ((BetaT - Beta0) * t / T);
    Vector mean = 1 / Sqrt(1 - beta) * (x - (beta / Sqrt(1 - AlphaBar(t)) * Epsilon(x, t)));
    return s > 0 ? mean + (Sqrt(beta) * Normal(stream: (uint)(T - s))) : mean;
}

Vector Ddim(Vector x, double t, double s)
{
    Vector epsilon = Epsilon(x, t);
    Vector clean = 1 / Sqrt(AlphaBar(t)) * (x - (Sqrt(1 - AlphaBar(t)) * epsilon));
    return (Sqrt(AlphaBar(s)) * clean) + (Sqrt(1 - AlphaBar(s)) * epsilon);
}

// The slope of the ODE: where DDIM leads from t to t − 1, less x. At t = 0 it is 0.
Vector F(Vector x, double t) => Ddim(x, t, Max(t - 1, 0)) - x;

Vector Euler(Vector x, double t, double s) => x + ((t - s) * F(x, t));

Vector Heun(Vector x, double t, double s)
{
    double h = t - s;
    Vector k1 = F(x, t);
    Vector k2 = F(x + (h * k1), t - h);
    return x + (h / 2 * (k1 + k2));
}

Vector Rk4(Vector x, double t, double s)
{
    double h = t - s;
    Vector k1 = F(x, t);
    Vector k2 = F(x + (h / 2 * k1), t - (h / 2));
    Vector k3 = F(x + (h / 2 * k2), t - (h / 2));
    Vector k4 = F(x + (h * k3), t - h);
    return x + (h / 6 * (k1 + (2 * k2) + (2 * k3) + k4));
}

// What the steps are made of.

NoiseLevel At(double t) => schedule.At(PaperTime.ToTimestep(t));

// ᾱ_t is the product of 1 − β up to t. It is interpolated between whole times, and 1 at t = 0, clean data.
double AlphaBar(double t) => At(t).AlphaBar;

// ε̂(x, t). The network has learned no times below 1.
Vector Epsilon(Vector x, double t)
{
    float[] epsilon = new float[x.Values.Length];
    sampler.Denoiser.Predict(new DenoiserCall([.. x.Values.Select(value => (float)value)], At(Max(t, 1))), epsilon);
    return new Vector([.. epsilon]);
}

// The numbers that the library's sampler uses: stream 0 is its prior, stream k the noise that its step k adds.
Vector Normal(uint stream, RandomDomain domain = RandomDomain.Sampling)
{
    float[] numbers = new float[Count * set.Dimension];
    new PhiloxNormal(Seed, domain).Fill(stream, 0, numbers);
    return new Vector([.. numbers]);
}

// Takes every step, draws the way, and compares its end with that of the library's solver from the same noise.
Vector DrawReverse(string name, string caption, double[] times, Func<Vector, double, double, Vector> step, ISolver solver)
{
    List<Vector> states = [prior];
    foreach ((double t, double s) in times.Zip(times.Skip(1)))
    {
        states.Add(step(states[^1], t, s));
    }

    SamplingPlan plan = SamplingPlan.At(schedule, solver, [.. times.SkipLast(1).Select(PaperTime.ToTimestep)]);
    PointSet expected = sampler.Sample(new SamplingJob { Count = Count, Seed = Seed, Plan = plan });
    double difference = (states[^1] - ToVector(expected)).Values.Max(Abs);
    IEnumerable<Panel> panels = FrameChoice.Of(plan.Tableau, frames: 7).Order()
        .Select(k => new Panel(k == 0 ? "prior" : MomentLabel.Of(At(times[k])), ToPoints(states[k])));
    DrawStrip(
        name, $"{caption}, {plan.Tableau.Steps} steps, {plan.Tableau.Rows.Length} network evaluations",
        [.. panels, new Panel("data", data, IsData: true)], $", differs from the library by {difference:0e-0} at most");
    return states[^1];
}

void DrawStrip(string name, string caption, Panel[] panels, string remark = "")
{
    PlotRange range = PlotRange.Around([data, ToPoints(prior)]);
    Save(name, StripFigure.Draw($"{set.Name}: {caption}", $"{Count} points", panels, range, columns: 4), caption + remark);
}

void Save(string name, Drawing drawing, string remark)
{
    string path = Path.Combine(folder, $"{name}.png");
    using FileStream file = File.Create(path);
    drawing.WritePng(file);
    Console.WriteLine($"{path}: {remark}");
}

static int ReadIterations(string[] args) => args.Length > 3
    ? throw new DiffusionException($"At most 3 arguments are allowed, FOLDER, DATA SET and ITERATIONS; found {args.Length}.")
    : args.Length < 3 ? 6_000
    : int.TryParse(args[2], out int iterations) ? iterations
    : throw new DiffusionException($"The number of iterations must be a whole number; was '{args[2]}'.");

static double Rms(Vector x) => Sqrt(x.Values.Average(value => value * value) * 2);

PointSet ToPoints(Vector x) => new([.. x.Values.Select(value => (float)value)], set.Dimension);

static Vector ToVector(PointSet points) => new([.. points.AsMemory().ToArray()]);

/// <summary>All coordinates of all points, added and scaled as a whole.</summary>
internal readonly record struct Vector(double[] Values)
{
    public static Vector operator +(Vector a, Vector b) => new([.. a.Values.Zip(b.Values, (x, y) => x + y)]);

    public static Vector operator -(Vector a, Vector b) => a + (-1 * b);

    public static Vector operator *(double factor, Vector a) => new([.. a.Values.Select(x => factor * x)]);
}
