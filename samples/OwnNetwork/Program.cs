// Trains a network of one's own, writes it to one .onnx file that is proved against Torch, and samples that file.
// dotnet run -- 3000 trains for 3,000 iterations.
using System.Globalization;
using Diffusion.Cards;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Time;
using Diffusion.Training;
using Diffusion.Training.Data;
using Diffusion.Training.Export;
using Diffusion.Training.Native;
using Diffusion.Training.Networks;

const string Model = "own.onnx";
int iterations = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3_000;
TorchRuntime.EnsureLoadable();

NoiseSchedule schedule = NoiseSchedule.Linear();
TrainingSet moons = TrainingData.Open(new DataRequest("moons"));
Trainer trainer = new(() => new ResidualMlp(schedule)) { Options = new TrainingOptions { Iterations = iterations } };
using TrainingResult result = trainer.Train(moons.Source);
double difference = ModelExport.Save(Model, result.Network, new ModelCard { Schedule = schedule, Data = moons.Info });
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{Model}: loss {result.FinalLoss:0.000}, Torch and ONNX differ by {difference:0.0e+0} of the largest output"));

using DiffusionSampler sampler = DiffusionSampler.Load(Model);
PointSet points = sampler.Sample(1_000, seed: 42);
double distance = Enumerable.Range(0, points.Count).Average(i => new Moons().DistanceToCurve(points[i]));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{points.Count} samples lie {distance:0.00} from the two moons on average"));
