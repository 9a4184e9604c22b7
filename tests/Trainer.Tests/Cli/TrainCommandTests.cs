using System.Diagnostics;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using SkiaSharp;

namespace Diffusion.Training.Tests.Cli;

/// <summary>Runs the command as a user does, in a process of its own.</summary>
[TestClass]
public sealed class TrainCommandTests
{
    [TestMethod]
    public void OneCommand_LeavesAModelThatCanBeSampled_AndAllPictures()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = Train(
            folder, "circles", "--iterations", "20", "--batch", "32", "--train-timesteps", "100", "--figures", "pictures");
        Assert.AreEqual(0, code, messages);
        StringAssert.Contains(output, "largest difference between Torch and ONNX");
        string[] pictures =
        [
            "forward.png", "loss.png", "reverse-ddpm.png", "reverse-ddim.png", "reverse.gif", "untrained-ddpm.png", "untrained-ddim.png",
        ];
        string[] expected =
        [
            Path.Combine("models", "circles.onnx"),
            .. pictures.Select(picture => Path.Combine("pictures", $"circles-{picture}")),
        ];
        CollectionAssert.AreEquivalent(expected, folder.Files.Select(file => Path.GetRelativePath(folder.Root, file)).ToArray());
        foreach (string file in folder.Files.Where(file => !file.EndsWith(".onnx", StringComparison.Ordinal)))
        {
            using SKCodec codec = SKCodec.Create(file);
            Assert.IsNotNull(codec, file);
        }

        using DiffusionSampler sampler = DiffusionSampler.Load(folder["models/circles.onnx"]);
        PointSet samples = sampler.Sample(100);
        Assert.AreEqual((100, 2), (samples.Count, samples.Dimension));
        Assert.AreEqual(100, sampler.Card.Schedule.TrainTimesteps);
        StringAssert.StartsWith(
            sampler.Card.Training!.Command, "diffusion-train circles --iterations 20 --batch 32 --train-timesteps 100 --threads ");
    }

    [TestMethod]
    public void TheCommandOfTheCard_MakesTheSameModelAgain()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(
            0, Train(folder, "2gmm", "--iterations", "30", "--batch", "64", "--points", "50", "--seed", "4", "-o", "first.onnx").Code);
        string command;
        using (DiffusionSampler sampler = DiffusionSampler.Load(folder["first.onnx"]))
        {
            command = sampler.Card.Training!.Command;
        }

        Assert.AreEqual(0, Train(folder, [.. command.Split(' ').Skip(1), "-o", "second.onnx"]).Code);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["first.onnx"]), File.ReadAllBytes(folder["second.onnx"]));
    }

    [TestMethod]
    public void ATableOfOnesOwn_ComesBackInItsUnitsAndColumns()
    {
        using TemporaryFolder folder = new();
        string rows = string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{100 + i},{0.001 * i}\n")));
        folder.Write("heights.csv", "height,share\n" + rows);
        (int code, _, string messages) = Train(folder, "heights.csv", "--as", "points", "--iterations", "300", "--batch", "64");
        Assert.AreEqual(0, code, messages);
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["models/heights.onnx"]);
        PointSet samples = sampler.Sample(500);
        CollectionAssert.AreEqual(new[] { "height", "share" }, samples.Columns!.ToArray());
        (double[] mean, _) = Numbers.Moments(samples.Values, 2);
        Assert.AreEqual(124.5, mean[0], 5);
        Assert.AreEqual(0.0245, mean[1], 0.005);
    }

    [TestMethod]
    [DataRow(
        "There is no data set 'mons'. Choose one of: moons, circles, 2gmm, radial_gmm. "
            + "Or use a .csv, .tsv, .csv.gz, .tsv.gz, .parquet or .npy file.",
        "mons")]
    [DataRow("The file 'nowhere.csv' does not exist.", "nowhere.csv")]
    [DataRow("Cannot write", "moons", "-o", "moons.csv/m.onnx")]
    [DataRow("A model must be an .onnx file; 'm.pt' has another extension.", "moons", "-o", "m.pt")]
    [DataRow("Cannot write", "moons", "--figures", "moons.csv/pictures")]
    [DataRow("The model of 'moons.csv' would overwrite the model of the data set moons. Specify another file with --output.", "moons.csv")]
    [DataRow("The number of iterations must be at least 1; was 0.", "moons", "--iterations", "0")]
    [DataRow("The batch size must be between 1 and 1048576; was 2000000000.", "moons", "--batch", "2000000000")]
    [DataRow("The number of threads must be between 1 and 1024; was 0.", "moons", "--threads", "0")]
    [DataRow("The number of points must be between 1 and", "moons", "--points", "2000000000")]
    [DataRow("A number of points applies to built-in data sets; of a file, all rows are used.", "moons.csv", "--points", "5")]
    [DataRow("The learning rate must be greater than 0; was 0.", "moons", "--learning-rate", "0")]
    [DataRow("--beta-start and --beta-end apply to the linear schedule.", "moons", "--schedule", "cosine", "--beta-end", "0.1")]
    [DataRow("The number of training timesteps must be between 2 and 1000000; was 1.", "moons", "--train-timesteps", "1")]
    [DataRow("There is no recipe 'best'. Choose one of: default, lab.", "moons", "--recipe", "best")]
    [DataRow("The hold-out share must be between 0 and 0.5; was 0.9.", "moons.csv", "-o", "m.onnx", "--hold-out", "0.9")]
    [DataRow("so no points are held out", "moons", "--hold-out", "0.1")]
    [DataRow("Patience requires samples that are held out; there are none.", "moons", "--patience", "100")]
    [DataRow("A choice of columns applies to files, not to built-in data sets.", "moons", "--columns", "1")]
    [DataRow(
        "has no column 'age'. The columns have no names; choose a number between 1 and 2.",
        "moons.csv", "-o", "m.onnx", "--columns", "age")]
    [DataRow(
        "'moons.csv' is both --log and DATA, and one would overwrite the other. Use two different files.",
        "moons.csv", "-o", "m.onnx", "--log", "moons.csv")]
    [DataRow(
        "Cannot parse argument '0,003' for option '--learning-rate': expected a number with a decimal point, such as 0.5.",
        "moons", "--learning-rate", "0,003")]
    [DataRow("The folder name of --figures must not be empty.", "moons", "--figures", "")]
    [DataRow("Cannot write 'moons.csv/log.csv'", "moons", "--log", "moons.csv/log.csv")]
    [DataRow("Unrecognized command or argument '--iteration'.", "moons", "--iteration", "5")]
    public void BadInput_IsAnsweredByOneLine_ExitCodeTwo_AndNoFile(string message, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        folder.Write("moons.csv", "1,2\n3,4\n");
        CommandRun.AssertRefused(message, Train(folder, arguments));
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void ATableWhoseNameNoModelCanCarry_IsRefusedBeforeTraining()
    {
        using TemporaryFolder folder = new();
        folder.Write(".csv", "1,2\n3,4\n");
        CommandRun.AssertRefused("the name must be a plain word", Train(folder, ".csv", "-o", "m.onnx"));
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void AFolderWhereTheCheckpointWouldBe_IsSeenBeforeTraining()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["m.checkpoint"]);
        CommandRun.AssertRefused("Cannot write 'm.checkpoint': it is a folder.", Train(folder, "moons", "-o", "m.onnx"));
        Assert.IsEmpty(folder.Files);
    }

    [TestMethod]
    public void AnInterruptedRun_ExitsWith130_SaysHowToGoOn_AndGoesOnToTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string[] run = ["moons", "--iterations", "8000", "--batch", "16", "--width", "16", "--threads", "1"];
        Assert.AreEqual(0, Train(folder, [.. run, "-o", "whole.onnx"]).Code);
        using (Process process = CommandRun.Start("diffusion-train", folder.Root, [.. run, "-o", "m.onnx", "--log", "log.csv"]))
        {
            CommandRun.WaitFor(() => File.Exists(folder["log.csv"]) && new FileInfo(folder["log.csv"]).Length > 0);
            Assert.AreEqual(130, CommandRun.Interrupt(process));
            StringAssert.Contains(process.StandardError.ReadToEnd(), "is saved in 'm.checkpoint'. Add --resume to continue.");
        }

        Assert.IsFalse(File.Exists(folder["m.onnx"]));
        (int code, _, string messages) = Train(folder, [.. run, "-o", "m.onnx", "--log", "log.csv", "--resume"]);
        Assert.AreEqual(0, code, messages);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["whole.onnx"]), File.ReadAllBytes(folder["m.onnx"]));
        Assert.HasCount(8_001, File.ReadAllLines(folder["log.csv"]));
        Assert.IsFalse(File.Exists(folder["m.checkpoint"]));
    }

    [TestMethod]
    public void TheLabsRecipe_Trains_AndOptionsGoBeforeIt()
    {
        using TemporaryFolder folder = new();
        (int code, _, string messages) = Train(folder, "circles", "--recipe", "lab", "--iterations", "20", "--log", "log.csv");
        Assert.AreEqual(0, code, messages);
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["models/circles.onnx"]);
        Assert.AreEqual(20, sampler.Card.Training!.Iterations);
        StringAssert.StartsWith(sampler.Card.Training.Command, "diffusion-train circles --recipe lab --iterations 20 ");

        // The same losses with --batch 256 said, others with 1,000: that is how many points the recipe's batches have.
        Assert.AreEqual(0, Train(folder, "circles", "--recipe", "lab", "--iterations", "20", "--batch", "256", "--log", "256.csv").Code);
        Assert.AreEqual(0, Train(folder, "circles", "--recipe", "lab", "--iterations", "20", "--batch", "1000", "--log", "1000.csv").Code);
        CollectionAssert.AreEqual(Losses("log.csv"), Losses("256.csv"));
        CollectionAssert.AreNotEqual(Losses("log.csv"), Losses("1000.csv"));

        string[] Losses(string file) => [.. File.ReadLines(folder[file]).Skip(1).Select(line => line.Split(',')[1])];
    }

    [TestMethod]
    public void ChosenColumns_AreLearned_AndThoseHeldOutAreMeasured()
    {
        using TemporaryFolder folder = new();
        folder.Write("people.csv", "name,age,height\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"p{i},{20 + i},{150 + i}\n")));
        (int code, string output, string messages) = Train(
            folder, "people.csv", "--as", "points", "--columns", "height,age",
            "--hold-out", "0.25", "--patience", "200", "--iterations", "200", "--batch", "16");
        Assert.AreEqual(0, code, messages);
        StringAssert.Contains(messages, "10 of 40 points are held out");
        StringAssert.Contains(messages, "hold-out 0.");
        StringAssert.Contains(output, "hold-out loss 0.");
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["models/people.onnx"]);
        CollectionAssert.AreEqual(new[] { "height", "age" }, sampler.Card.Data.Columns!.ToArray());
        Assert.IsNotNull(sampler.Card.Training!.HoldOutLoss);
    }

    private static (int Code, string Output, string Messages) Train(TemporaryFolder folder, params string[] arguments)
        => CommandRun.Of("diffusion-train", folder.Root, arguments);
}
