using System.Text;
using Diffusion.Data.Tables;

namespace Diffusion.Tests.Files;

[TestClass]
public sealed class Windows1252Tests
{
    [TestMethod]
    public void EveryByte_IsDecodedAsByDotNet()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Encoding expected = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;
        Assert.AreEqual(expected.GetString(bytes), new Windows1252().GetString(bytes));
    }
}
