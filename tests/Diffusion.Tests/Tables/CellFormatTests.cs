using System.Globalization;
using Diffusion.Tables;

namespace Diffusion.Tests.Tables;

/// <summary>How numbers and times stand in a file.</summary>
[TestClass]
public sealed class CellFormatTests
{
    private static DecimalFormat Money => new() { Places = 2, IsPadded = true, Prefix = "$", GroupSeparator = ',' };

    [TestMethod]
    [DataRow(1234567.5, "$1,234,567.50")]
    [DataRow(-1234.5, "-$1,234.50")]
    [DataRow(0, "$0.00")]
    [DataRow(-0.001, "$0.00")]
    [DataRow(999.999, "$1,000.00")]
    [DataRow(1e20, "$100,000,000,000,000,000,000.00")]
    public void Money_IsPrinted(double value, string expected) => Assert.AreEqual(expected, Money.Print(value));

    [TestMethod]
    [DataRow("$5", 5d)]
    [DataRow("-$5", -5d)]
    [DataRow("$-5", -5d)]
    [DataRow("+$5", 5d)]
    [DataRow("$1,234.5", 1234.5)]
    [DataRow("$1234.5", 1234.5)]
    [DataRow("$.5", 0.5)]
    [DataRow("5", null)]
    [DataRow("$", null)]
    [DataRow("", null)]
    [DataRow("--$5", null)]
    [DataRow("-$-5", null)]
    [DataRow("$1,23", null)]
    [DataRow("$12,3456", null)]
    [DataRow("$1,234.567,8", null)]
    [DataRow("$0,123", null)]
    [DataRow("$,123", null)]
    [DataRow("$.5,9", null)]
    [DataRow("$ 5", null)]
    [DataRow("$NaN", null)]
    [DataRow("$1e999", null)]
    public void Money_IsRead(string cell, double? expected)
        => Assert.AreEqual(expected, Money.TryParse(cell, out double value) ? value : null);

    [TestMethod]
    [DataRow("1.234,5", 1234.5)]
    [DataRow("1234,5", 1234.5)]
    [DataRow("1.5", null)]
    [DataRow("1,2,3", null)]
    [DataRow("1,5e-3", 0.0015)]
    public void CommasAndPoints_ChangePlaces(string cell, double? expected)
    {
        DecimalFormat format = new() { Separator = ',', GroupSeparator = '.' };
        Assert.AreEqual(expected, format.TryParse(cell, out double value) ? value : null);
        Assert.AreEqual("1234,5", new DecimalFormat { Separator = ',' }.Print(1234.5));
        Assert.IsFalse(new DecimalFormat { Separator = ',' }.TryParse("1.5", out _));
    }

    /// <summary>Zeros at the end of an exponent are no decimals.</summary>
    [TestMethod]
    [DataRow(1.5e-10)]
    [DataRow(-2e+300)]
    [DataRow(double.Epsilon)]
    [DataRow(double.MaxValue)]
    [DataRow(0.1)]
    [DataRow(100)]
    public void NumbersThatAreNotRounded_AreReadBackToTheLastBit(double value)
    {
        DecimalFormat[] formats =
            [new(), new() { Separator = ',' }, new() { GroupSeparator = ',' }, new() { Prefix = "€ ", Suffix = "?" }];
        foreach (DecimalFormat format in formats)
        {
            Assert.IsTrue(format.TryParse(format.Print(value), out double read), format.Print(value));
            Assert.AreEqual(value, read);
        }
    }

    [TestMethod]
    public void NumbersThatAreRounded_AreReadBackToTheLastBit()
    {
        Random random = new(1);
        for (int i = 0; i < 10_000; i++)
        {
            int places = random.Next(DecimalFormat.MostDecimals + 1);
            double value = Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(15 - places)), places);
            foreach (bool isPadded in new[] { true, false })
            {
                DecimalFormat format = new() { Places = places, IsPadded = isPadded, GroupSeparator = i % 2 == 0 ? ' ' : null };
                Assert.IsTrue(format.TryParse(format.Print(value), out double read), format.Print(value));
                Assert.AreEqual(value, read);
                Assert.DoesNotContain("E", format.Print(value));
            }
        }
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(16)]
    public void DecimalsBeyondADouble_AreRefused(int places)
        => StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DecimalFormat { Places = places }).Message,
            $"The number of decimals must be between 0 and 15; was {places.ToString(CultureInfo.InvariantCulture)}.");

    [TestMethod]
    [DataRow("yyyy-MM-dd", TimeSpan.TicksPerDay)]
    [DataRow("yyyy-MM-dd HH", TimeSpan.TicksPerHour)]
    [DataRow("dd.MM.yyyy HH:mm", TimeSpan.TicksPerMinute)]
    [DataRow("M/d/yyyy h:mm:ss tt", TimeSpan.TicksPerSecond)]
    [DataRow("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", TimeSpan.TicksPerMillisecond)]
    [DataRow("yyyy-MM-dd HH:mm:ss.ffffff", TimeSpan.TicksPerMicrosecond)]
    [DataRow("HH:mm", TimeSpan.TicksPerMinute)]
    [DataRow("HH:mm:ss.ff", TimeSpan.TicksPerSecond / 100)]
    public void Times_AreReadBackToTheUnit(string pattern, long ticks)
    {
        TimeFormat format = new(pattern);
        Assert.AreEqual(ticks, format.TicksPerUnit);
        bool isTimeOfDay = !pattern.Contains('y', StringComparison.Ordinal);
        Random random = new(2);
        for (int i = 0; i < 1_000; i++)
        {
            long days = isTimeOfDay ? 1 : 40_000;
            double value = Math.Floor((random.NextDouble() - (isTimeOfDay ? 0 : 0.5)) * days * TimeSpan.TicksPerDay / ticks);
            Assert.IsTrue(format.TryParse(format.Print(value), out double read), format.Print(value));
            Assert.AreEqual(value, read, format.Print(value));
        }
    }

    [TestMethod]
    public void Times_AreCountedFrom1970_OrFromMidnight()
    {
        Assert.AreEqual("1970-01-02", new TimeFormat("yyyy-MM-dd").Print(1));
        Assert.AreEqual("1969-12-31", new TimeFormat("yyyy-MM-dd").Print(-1));
        Assert.AreEqual("00:01", new TimeFormat("HH:mm").Print(1));
        Assert.IsTrue(new TimeFormat("HH:mm").TryParse("23:59", out double last));
        Assert.AreEqual(1439, last);
    }

    /// <summary>What is beyond the calendar, or beyond the day, is as near as can be.</summary>
    [TestMethod]
    [DataRow("yyyy-MM-dd", -1e9, "0001-01-01")]
    [DataRow("yyyy-MM-dd", 1e300, "9999-12-31")]
    [DataRow("yyyy-MM-dd HH:mm:ss.ffffff", 1e300, "9999-12-31 23:59:59.999999")]
    [DataRow("HH:mm", -5, "00:00")]
    [DataRow("HH:mm", 1440, "23:59")]
    public void TimesBeyondTheCalendar_AreCut(string pattern, double value, string expected)
        => Assert.AreEqual(expected, new TimeFormat(pattern).Print(value));

    [TestMethod]
    [DataRow("MM/dd/yyyy", "3/4/2019")]
    [DataRow("M/d/yyyy", "03/04/2019")]
    [DataRow("MMM d, yyyy", "mar 5, 2019")]
    [DataRow("yyyy-MM-dd", "2019-02-29")]
    [DataRow("yyyy-MM-dd", " 2019-02-28")]
    [DataRow("yyyy-MM-dd", "")]
    [DataRow("HH:mm", "24:00")]
    [DataRow("yyyy-MM-dd HH:mm:ss.fffffff", "2019-03-23 20:21:09.1234567")]
    public void CellsThatWouldBePrintedOtherwise_HaveNotTheFormat(string pattern, string cell)
        => Assert.IsFalse(new TimeFormat(pattern).TryParse(cell, out _));

    [TestMethod]
    [DataRow("")]
    [DataRow("yyyy-MM-dd 'T")]
    [DataRow("ffffffffff")]
    [DataRow("%")]
    public void WhatIsNoPattern_IsRefused(string pattern)
        => StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => new TimeFormat(pattern)).Message,
            $"'{pattern}' is no pattern of dates or times.");
}
