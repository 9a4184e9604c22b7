using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Tests.Models;

[TestClass]
public sealed class ModelCardTests
{
    private static readonly NoiseSchedule[] Schedules =
    [
        NoiseSchedule.Linear(), NoiseSchedule.Linear(50), NoiseSchedule.Cosine(100), NoiseSchedule.FromBetas([0.1, 0.2, 0.7]),
        NoiseSchedule.ScaledLinear(1000, 0.00085, 0.012), NoiseSchedule.Sigmoid(100, 0.001, 0.3),
    ];

    private static readonly ModelCard Card = new()
    {
        Schedule = NoiseSchedule.Linear(),
        Data = new DataInfo { Name = "heights", Dimension = 2, Columns = ["a", "b"], Shift = [0.1, -3], Scale = [1.0 / 3, 7] },
        Training = new TrainingInfo
        {
            Command = "diffusion-train heights.csv",
            Seed = ulong.MaxValue,
            Iterations = 9,
            Loss = 0.1,
            Packages = new Dictionary<string, string> { ["TorchSharp"] = "0.1" },
        },
    };

    [TestMethod]
    public void EverySchedule_AndPredictionType_ReadsBackAsItWas()
    {
        foreach (NoiseSchedule schedule in Schedules)
        {
            foreach (PredictionType prediction in Enum.GetValues<PredictionType>())
            {
                ModelCard read = ModelCard.FromMetadata((Card with { Schedule = schedule, Prediction = prediction }).ToMetadata(), "m");
                Assert.AreEqual(prediction, read.Prediction);
                Assert.AreEqual(schedule.Kind, read.Schedule.Kind);
                CollectionAssert.AreEqual(schedule.AlphaBars.ToArray(), read.Schedule.AlphaBars.ToArray());
            }
        }
    }

    [TestMethod]
    public void DataAndTraining_ReadBackAsTheyWere()
    {
        ModelCard read = ModelCard.FromMetadata(Card.ToMetadata(), "m");
        CollectionAssert.AreEqual(Card.Data.Columns!.ToArray(), read.Data.Columns!.ToArray());
        CollectionAssert.AreEqual(Card.Data.Shift!.ToArray(), read.Data.Shift!.ToArray());
        CollectionAssert.AreEqual(Card.Data.Scale!.ToArray(), read.Data.Scale!.ToArray());
        Assert.AreEqual(Card.Training!.Seed, read.Training!.Seed);
        Assert.AreEqual(Card.Training.Command, read.Training.Command);
        Assert.AreEqual("0.1", read.Training.Packages["TorchSharp"]);
    }

    [TestMethod]
    public void Constants_ReadBackAsTheyWere_AndCardsWithoutThemSayNothing()
    {
        DataInfo data = Card.Data with
        {
            Constants =
            [
                new ConstantColumn { Position = 2, Name = "c", Value = 1e-20 },
                new ConstantColumn { Position = 0, Name = "z", Value = 0 },
            ],
        };
        ModelCard read = ModelCard.FromMetadata((Card with { Data = data }).ToMetadata(), "m");
        CollectionAssert.AreEqual(data.Constants.ToArray(), read.Data.Constants!.ToArray());
        Assert.AreEqual((2, 4), (read.Data.Dimension, read.Data.Width));
        CollectionAssert.AreEqual(new[] { "z", "a", "c", "b" }, read.Data.TableColumns()!.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 3 }, read.Data.LearnedPositions());
        Assert.AreEqual(
            """{"kind":"table","name":"heights","shape":[2],"columns":["a","b"],"shift":[0.1,-3],"scale":[0.3333333333333333,7]}""",
            Card.ToMetadata()["diffusion.data"]);
    }

    /// <summary>Files of version 1 say the dimension in place of kind and shape.</summary>
    [TestMethod]
    public void ACardOfVersion1_IsRead()
    {
        Dictionary<string, string> metadata = new(Card.ToMetadata())
        {
            ["diffusion.version"] = "1", ["diffusion.data"] = """{"name":"heights","dimension":3,"scale":[1,2,3]}""",
        };
        DataInfo data = ModelCard.FromMetadata(metadata, "m").Data;
        Assert.AreEqual(SampleShape.Vector(3), data.Shape);
        CollectionAssert.AreEqual(new double[] { 1, 2, 3 }, data.Scale!.ToArray());
        metadata["diffusion.data"] = """{"kind":"points","name":"heights","shape":[3]}""";
        StringAssert.EndsWith(
            Assert.ThrowsExactly<DiffusionException>(() => ModelCard.FromMetadata(metadata, "m")).Message,
            "version 1 has no key 'kind'.");
    }

    [TestMethod]
    public void ImagesConditionsAndRecommendations_ReadBackAsTheyWere()
    {
        ModelCard card = Card with
        {
            Data = new DataInfo { Name = "digits", Dimension = 784, ImageLengths = [1, 28, 28] },
            Conditions = new ConditionSignature(ClassCount: 2, TakesGiven: true),
            ClassNames = ["zero", "one"],
            Sampling = new SamplingInfo { Solver = "ddim", Settings = new SolverSettings { Eta = 0.5 }, Steps = 7, Guidance = 1.5 },
        };
        ModelCard read = ModelCard.FromMetadata(card.ToMetadata(), "m");
        Assert.AreEqual(SampleShape.Image(1, 28, 28), read.Data.Shape);
        Assert.AreEqual(card.Conditions, read.Conditions);
        CollectionAssert.AreEqual(card.ClassNames.ToArray(), read.ClassNames!.ToArray());
        Assert.AreEqual(card.Sampling, read.Sampling);
        Assert.AreEqual("ddim η=0.5, 7 steps", read.Sampling!.CreatePlan(read.Schedule).Caption);
    }

    [TestMethod]
    public void Clipping_ReadsBackAsItWas_AndHasTheRangeOfDiffusers()
    {
        Assert.AreEqual(2.5, ModelCard.FromMetadata((Card with { ClipSample = 2.5 }).ToMetadata(), "m").ClipSample);
        Assert.IsNull(ModelCard.FromMetadata(Card.ToMetadata(), "m").ClipSample);
        Dictionary<string, string> metadata = new(Card.ToMetadata()) { ["diffusion.scheduler"] = """{"clip_sample":true}""" };
        Assert.AreEqual(1, ModelCard.FromMetadata(metadata, "m").ClipSample);
    }

    [TestMethod]
    public void Schedule_IsWrittenInTheWordsOfDiffusers()
        => Assert.AreEqual(
            """{"_class_name":"DDPMScheduler","num_train_timesteps":1000,"beta_start":0.00011990000000000001,"beta_end":"""
                + """0.02,"beta_schedule":"linear","prediction_type":"epsilon","clip_sample":false}""",
            Card.ToMetadata()["diffusion.scheduler"]);

    [TestMethod]
    [DataRow(
        "diffusion.version", null,
        "'m' has no model card: the metadata entry diffusion.version is missing. Export the model with its card, or supply a ModelCard.")]
    [DataRow("diffusion.version", "3", "'m' has diffusion.version 3; expected 1 or 2.")]
    [DataRow(
        "diffusion.data", null,
        "'m' has no model card: the metadata entry diffusion.data is missing. Export the model with its card, or supply a ModelCard.")]
    [DataRow(
        "diffusion.scheduler", """{"num_train_timesteps":"many"}""",
        "'m', diffusion.scheduler: $.num_train_timesteps must be a whole number; found another type.")]
    [DataRow(
        "diffusion.scheduler", """{"trained_betas":[0.1,null]}""",
        "'m', diffusion.scheduler: $.trained_betas[1] must be a number; found another type.")]
    [DataRow("diffusion.data", """{"kind":"table","name":"x"}""", "'m', diffusion.data: the shape of table must have 1 lengths; found 0.")]
    [DataRow("diffusion.data", """{"kind":"sound","name":"x","shape":[2]}""",
        "'m', diffusion.data: the kind 'sound' is not supported; expected points, table or image.")]
    [DataRow("diffusion.data", """{"kind":"image","name":"x","shape":[1,0,28]}""",
        "'m', diffusion.data: Every length of the shape of a sample must be at least 1, and their product at most 65536; was [1, 0, 28].")]
    [DataRow("diffusion.data", """{"kind":"table","name":"x","shape":[2],"log":[true,false]}""",
        "'m', diffusion.data: the key 'log' is unknown and might change the samples.")]
    [DataRow(
        "diffusion.conditions", """{"classes":-1}""",
        "'m', diffusion.conditions: the number of classes must be between 0 and 100000; was -1.")]
    [DataRow(
        "diffusion.conditions", """{"classes":2,"class_names":["a"]}""",
        "'m', diffusion.conditions: 2 class names are required; found 1.")]
    [DataRow(
        "diffusion.conditions", """{"text":true}""",
        "'m', diffusion.conditions: the key 'text' is unknown and might change the samples.")]
    [DataRow("diffusion.sampling", """{"rows":[]}""", "'m', diffusion.sampling: the key 'rows' is unknown and might change the samples.")]
    [DataRow("diffusion.sampling", """{"steps":0}""",
        "'m', diffusion.sampling: The number of steps must be between 1 and 1000, the number of training timesteps; was 0.")]
    [DataRow("diffusion.sampling", """{"guidance":2}""",
        "'m', diffusion.sampling: Guidance must be a finite number and needs class labels; was 2.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[0]}""",
        "'m', diffusion.data: the dimension must be between 1 and 4096; was 0.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[2],"scale":[1]}""",
        "'m', diffusion.data: scale must have 2 entries, one for each coordinate; found 1.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"scale":[0]}""",
        "'m', diffusion.data: every scale must be between 1E-30 and 1E+30, and every shift between -1E+30 and 1E+30.")]
    [DataRow(
        "diffusion.scheduler", """{"beta_schedule":"laplace"}""",
        "'m', diffusion.scheduler: beta_schedule 'laplace' is not supported; "
            + "expected linear, scaled_linear, squaredcos_cap_v2 or sigmoid.")]
    [DataRow(
        "diffusion.scheduler", """{"prediction_type":"flow"}""",
        "'m', diffusion.scheduler: prediction_type 'flow' is not supported; expected epsilon, v_prediction or sample.")]
    [DataRow(
        "diffusion.scheduler", """{"num_train_timesteps":2000000000}""",
        "'m', diffusion.scheduler: The number of training timesteps must be between 2 and 1000000; was 2000000000.")]
    [DataRow(
        "diffusion.scheduler", """{"num_train_timesteps":3,"trained_betas":[0.1,0.2]}""",
        "'m', diffusion.scheduler: trained_betas has 2 entries, but num_train_timesteps is 3.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"../x","shape":[2]}""",
        "'m', diffusion.data: the name must be a plain word without slashes; was '../x'.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"columns":[null]}""",
        "'m', diffusion.data: every column must have a name; at least 1 name is null.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"constants":[{"position":2,"value":1}]}""",
        "'m', diffusion.data: constants must have different positions between 0 and 1.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"constants":[{"position":-1,"value":1}]}""",
        "'m', diffusion.data: constants must have different positions between 0 and 1.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"constants":[{"position":0,"value":1},{"position":0,"value":2}]}""",
        "'m', diffusion.data: constants must have different positions between 0 and 2.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"constants":[null]}""",
        "'m', diffusion.data: constants must have different positions between 0 and 1.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[4096],"constants":[{"position":0,"value":1}]}""",
        "'m', diffusion.data: constants must have different positions between 0 and 4095.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"constants":[{"position":0,"value":1e999}]}""",
        "'m', diffusion.data: every constant must be a finite number.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"constants":[{"position":0,"value":1,"name":"c"}]}""",
        "'m', diffusion.data: constants must have names if and only if the columns have names.")]
    [DataRow(
        "diffusion.data", """{"kind":"table","name":"x","shape":[1],"columns":["a"],"constants":[{"position":0,"value":1}]}""",
        "'m', diffusion.data: constants must have names if and only if the columns have names.")]
    [DataRow(
        "diffusion.scheduler", """{"clip_sample":true,"clip_sample_range":0}""",
        "'m', diffusion.scheduler: clip_sample_range must be greater than 0; was 0.")]
    [DataRow("diffusion.scheduler", "null", "'m', diffusion.scheduler: expected a JSON object; found null.")]
    public void DamagedCards_AreRefused_WithFileAndEntry(string key, string? value, string message)
    {
        Dictionary<string, string> metadata = new(Card.ToMetadata());
        metadata.Remove(key);
        if (value is not null)
        {
            metadata[key] = value;
        }

        Assert.AreEqual(message, Assert.ThrowsExactly<DiffusionException>(() => ModelCard.FromMetadata(metadata, "m")).Message);
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("""{"name":null,"dimension":2}""")]
    [DataRow("""{"dimension":2}""")]
    [DataRow("""{"kind":"table","name":"x","shape":[1]e99}""")]
    public void TextThatIsNoCard_IsRefused(string data)
    {
        Dictionary<string, string> metadata = new(Card.ToMetadata()) { ["diffusion.data"] = data };
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DiffusionException>(() => ModelCard.FromMetadata(metadata, "m")).Message, "'m', diffusion.data: ");
    }
}
