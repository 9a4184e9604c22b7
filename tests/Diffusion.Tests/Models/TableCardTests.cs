using System.Text.Json.Nodes;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Samples;
using Diffusion.Tables;
using Diffusion.Time;

namespace Diffusion.Tests.Models;

/// <summary>The table in the card of a model.</summary>
[TestClass]
public sealed class TableCardTests
{
    private const string Data = "diffusion.data";

    private static readonly TableSpec Spec = new()
    {
        Columns =
        [
            new NumberColumnSpec
            {
                Name = "start", Format = new TimeFormat("yyyy-MM-dd"), Decimals = 0, Z = [-2, 2], Values = [100, 200], Count = 9,
            },
            new NumberColumnSpec
            {
                Name = "end", Format = new TimeFormat("yyyy-MM-dd"), Decimals = 0, Z = [-2, 0, 2], Values = [0, 5, 9], Count = 9,
                Base = "start", Least = 103, Greatest = 205,
            },
            new NumberColumnSpec
            {
                Name = "price", Format = new DecimalFormat { Places = 2, IsPadded = true, Prefix = "$", GroupSeparator = ',' },
                Decimals = 2, Z = [-2, 2], Values = [10, 90_000], Count = 6, MissingCount = 3, MissingText = "NA",
            },
            new CategoryColumnSpec { Name = "city", Texts = ["Ulm", "Bonn", "Jena"], Counts = [5, 3, 1] },
            new CategoryColumnSpec { Name = "south", Texts = ["no", "yes"], Counts = [4, 5], Source = "city", Map = [1, 0, 0] },
            new CategoryColumnSpec { Name = "rooms", Numbers = [2, 3], Format = new DecimalFormat { Places = 0 }, Counts = [6, 3] },
            new CategoryColumnSpec { Name = "land", Texts = ["D"], Counts = [9] },
        ],
        HasHeader = false,
    };

    private static ModelCard Card => new()
    {
        Schedule = NoiseSchedule.Linear(),
        Conditions = new ConditionSignature(TakesGiven: true),
        Data = new DataInfo { Name = "homes", Dimension = Spec.Dimension, Table = Spec },
    };

    /// <summary>What is written is read back: the same samples decode to the same cells.</summary>
    [TestMethod]
    public void ATable_IsReadAsItWasWritten()
    {
        Assert.AreEqual(3 + 1 + 2 + 1, Spec.Dimension);
        ModelCard read = ModelCard.FromMetadata(Card.ToMetadata(), "m");
        CollectionAssert.AreEqual(Card.ToMetadata().Values.ToArray(), read.ToMetadata().Values.ToArray());
        float[] values = [.. Enumerable.Range(0, 700).Select(i => 2 * MathF.Sin(i * i))];
        SampleBatch samples = new(values, SampleShape.Vector(Spec.Dimension));
        Table expected = Spec.Decode(samples);
        Table actual = read.Data.Table!.Decode(samples);
        Assert.IsFalse(actual.HasHeader);
        foreach (TableColumn column in expected.Columns)
        {
            for (int row = 0; row < expected.Count; row++)
            {
                Assert.AreEqual(column.GetText(row), actual[column.Name].GetText(row), column.Name);
            }
        }

        // Each kind of cell is there.
        string[] prices = [.. Enumerable.Range(0, expected.Count).Select(expected["price"].GetText)];
        Assert.IsTrue(prices.Contains("NA") && prices.Any(price => price.StartsWith('$')));
        Assert.IsTrue(Enumerable.Range(0, expected.Count).All(
            row => (expected["city"].GetText(row) == "Ulm") == (expected["south"].GetText(row) == "yes")));
    }

    [TestMethod]
    [DataRow(0, "name", "\"end\"", "1 to 10000 columns with different names")]
    [DataRow(0, "type", "\"word\"", "the type 'word' is not supported; expected number or category")]
    [DataRow(0, "z", "[1]", "z and values must have equally many numbers")]
    [DataRow(0, "z", "[2, 1]", "which are finite and ascend")]
    [DataRow(0, "z", "null", "the key 'z' is missing")]
    [DataRow(0, "count", "0", "the count must be at least 1")]
    [DataRow(0, "decimals", "16", "the decimals must be between 0 and 15")]
    [DataRow(0, "missing_count", "-1", "the number of missing cells must not be negative")]
    [DataRow(0, "format", "{\"pattern\": \"%\"}", "is no pattern of dates or times")]
    [DataRow(2, "format", "{\"places\": 16}", "the places must be between 0 and 15; was 16")]
    [DataRow(1, "base", "\"city\"", "the base 'city' must be a column of numbers")]
    [DataRow(1, "base", "\"end\"", "the base 'end' must be a column of numbers that has none itself")]
    [DataRow(1, "least", "300", "least and greatest must be there, in this order")]
    [DataRow(0, "least", "1", "least and greatest must be there, in this order")]
    [DataRow(3, "texts", "[\"a\", \"b\"]", "and a count for each")]
    [DataRow(3, "texts", "[\"a\", \"b\", \"a\"]", "categories must be different and finite")]
    [DataRow(3, "counts", "[1, 2, 0]", "occur at least once each")]
    [DataRow(5, "format", "null", "texts or values with a format")]
    [DataRow(4, "source", "\"land\"", "the source 'land' must be a category with coordinates of its own")]
    [DataRow(4, "source", "\"south\"", "the source 'south' must be a category with coordinates of its own")]
    [DataRow(4, "map", "[1, 0]", "the map must have an entry for each")]
    [DataRow(4, "map", "[1, 0, 2]", "the map must have an entry for each")]
    [DataRow(3, "map", "[0, 0, 0]", "a map needs a source")]
    [DataRow(3, "colour", "1", "the key 'colour' is unknown")]
    public void ADamagedTable_IsRefused(int column, string key, string value, string message)
    {
        Dictionary<string, string> metadata = new(Card.ToMetadata());
        JsonNode data = JsonNode.Parse(metadata[Data])!;
        data["table"]!["columns"]![column]!.AsObject()[key] = JsonNode.Parse(value);
        metadata[Data] = data.ToJsonString();
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => ModelCard.FromMetadata(metadata, "m")).Message, message);
    }

    [TestMethod]
    public void ATable_OfAnotherWidthThanItsSamples_IsRefused()
    {
        ModelCard wide = Card with { Data = Card.Data with { Dimension = Spec.Dimension + 1 } };
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => wide.Validate("m")).Message, "a table of 7 coordinates");
        ModelCard still = Card with
        {
            Data = Card.Data with { Table = new TableSpec { Columns = [Spec.Columns[^1]] }, Dimension = 1 },
        };
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => still.Validate("m")).Message, "at least one column must vary");
    }
}
