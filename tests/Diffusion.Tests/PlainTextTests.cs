namespace Diffusion.Tests;

[TestClass]
public sealed class PlainTextTests
{
    [TestMethod]
    [DataRow("age, σ ≤ 3 – 東京", "age, σ ≤ 3 – 東京")]
    [DataRow("two\nlines\r\tand\u2028more", "two\uFFFDlines\uFFFD\uFFFDand\uFFFDmore")]
    [DataRow("\u001b[2J\u009b1m", "\uFFFD[2J\uFFFD1m")]
    [DataRow("exe.\u202Egnp", "exe.\uFFFDgnp")]
    public void WhatIsNotSeen_IsReplaced(string text, string shown) => Assert.AreEqual(shown, PlainText.Of(text, 100));

    [TestMethod]
    public void WhatIsTooLong_LosesItsMiddle()
    {
        Assert.AreEqual("abcdef", PlainText.Of("abcdef", 6));
        Assert.AreEqual("ab … fg", PlainText.Of("abcdefg", 4));
    }
}
