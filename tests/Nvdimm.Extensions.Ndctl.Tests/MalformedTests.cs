using System.Text;
using CsCheck;

namespace Nvdimm.Extensions.Ndctl.Tests;

public sealed class MalformedTests
{
    private const string First = """{"dev":"namespace0.0","mode":"raw","size":33554432,"uuid":"1e05bde0-c5d0-4f13-b183-e9dba9505e5c","sector_size":512,"blockdev":"pmem0","numa_node":0}""";

    private static readonly byte[][] Samples = [.. Captures.AsVdsmLists.Append("nonuma/list-NDRBi-vv.json").Select(Captures.Bytes).Where(bytes => bytes.Length > 0)];

    [TestCase("")]
    [TestCase(" \n")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("\uFEFF[]")]
    public void Parse_NothingListed_IsEmptyAndComplete(string text)
    {
        var listing = NdctlParser.Parse(Encoding.UTF8.GetBytes(text));
        Assert.That(listing.Devices, Is.Empty);
        Assert.That(listing.Findings.Select(finding => finding.Code), text == "{}" ? Is.EqualTo([NvdimmCodes.NdctlMissingKey]) : Is.Empty);
        Assert.That(listing.IsComplete, Is.True);
    }

    [TestCase("x")]
    [TestCase("7")]
    [TestCase("\"text\"")]
    [TestCase("null")]
    [TestCase("[")]
    [TestCase("[{")]
    [TestCase("[{\"dev\"")]
    [TestCase("[{\"dev\":")]
    [TestCase("[{\"dev\":\"namespace0.1\"")]
    [TestCase("[{\"dev\":\"namespace0.1")]
    [TestCase("[]]")]
    [TestCase("{}}")]
    [TestCase("{}]")]
    [TestCase("{}\r2")]
    [TestCase("[]\r\n\"\"")]
    [TestCase("[],[]")]
    [TestCase("{\"dev\":\"namespace0.1\"}}")]
    [TestCase("]")]
    [TestCase("[] {}")]
    [TestCase("[{]")]
    [TestCase("[{\"dev\" \"x\"}]")]
    [TestCase("[{\"dev\":}]")]
    [TestCase("[{\"dev\":,\"x\":1}]")]
    [TestCase("[{\"dev\":\"a\",}]")]
    [TestCase("[{\"dev\":\"a\"},]")]
    [TestCase("[,{\"dev\":\"a\"}]")]
    [TestCase("[{,\"dev\":\"a\"}]")]
    [TestCase("[{\"a\":1,,\"b\":2}]")]
    [TestCase("[{'dev':'a'}]")]
    [TestCase("[{true:1}]")]
    [TestCase("[{\"x\":{2:2}}]")]
    [TestCase("[{\"x\":{a:2}}]")]
    [TestCase("[{\"health\":{null:2}}]")]
    [TestCase("[{\"x\":{'a':2}}]")]
    [TestCase("[{\"size\":010}]")]
    [TestCase("[{\"size\":-010}]")]
    [TestCase("[{\"x\":true,\"size\":010}]")]
    [TestCase("[{\"size\":0x10}]")]
    [TestCase("[{\"x\":1.}]")]
    [TestCase("[{\"x\":1.,\"y\":1}]")]
    [TestCase("[{\"x\":1.e5}]")]
    [TestCase("[{\"x\":.5}]")]
    [TestCase("[{\"x\":-.5}]")]
    [TestCase("[{\"size\":00}]")]
    [TestCase("[{\"size\":NaN}]")]
    [TestCase("[{\"size\":Infinity}]")]
    [TestCase("[{\"size\":-Infinity}]")]
    [TestCase("[{\"size\":undefined}]")]
    [TestCase("[{\"size\":new Date(1)}]")]
    [TestCase("/* ndctl */ []")]
    [TestCase("[] // end")]
    [TestCase("[{\"name\":\"a\u0001\"}]")]
    [TestCase("[{\"name\":\"a\nb\"}]")]
    [TestCase("[{\"name\":\"\\x\"}]")]
    [TestCase("\0\0\0")]
    public void Parse_Malformed_IsAFindingWithItsPlace(string text)
    {
        var listing = NdctlParser.Parse(text);
        Assert.That(listing.IsComplete, Is.False);
        var fault = listing.Findings.Single(finding => finding.Code == NvdimmCodes.NdctlMalformed);
        Assert.That(fault.Severity, Is.EqualTo(Severity.Error));
        Assert.That(int.Parse(fault["line"]!), Is.Positive);
        Assert.That(int.Parse(fault["position"]!), Is.Not.Negative);
        Assert.That(fault.Message, Does.Not.Contain("${"));
    }

    [TestCase("0")]
    [TestCase("-0")]
    [TestCase("10")]
    [TestCase("1.05")]
    [TestCase("1e05")]
    [TestCase("1E-05")]
    [TestCase("[0,10,\"a\",0]")]
    public void Parse_NumberThatJsonAllows_IsRead(string number) =>
        Assert.That(NdctlParser.Parse($$"""[{"dev":"namespace0.0","health":{{number}}}]""").IsComplete, Is.True);

    [Test]
    public void Parse_Fault_NamesLineAndPosition()
    {
        var fault = NdctlParser.Parse("[\n  {\n    \"dev\":\"namespace0.0\",\n    \"size\":010\n  }\n]\n").Findings.Single();
        Assert.That((fault["line"], fault["position"]), Is.EqualTo(("4", "13")));
        Assert.That(fault["detail"], Does.Contain("leading zero"));
    }

    [Test]
    public void Parse_TruncatedFlatListing_KeepsWhatIsWhole()
    {
        var listing = NdctlParser.Parse($"[{First},{First[..^20]}");
        Assert.That(listing.Devices.Select(device => device.Name), Is.EqualTo(["namespace0.0"]));
        Assert.That(listing.IsComplete, Is.False);
    }

    [Test]
    public void Parse_TruncatedNestedListing_KeepsWhatIsWhole()
    {
        var listing = NdctlParser.Parse($$"""[{"dev":"ndbus0","regions":[{"dev":"region0","namespaces":[{{First}},{"dev":"name""");
        Assert.That(listing.Devices.Select(device => (device.Name, device.Region, device.Bus)), Is.EqualTo([("namespace0.0", "region0", "ndbus0")]));
        Assert.That(listing.Shape, Is.EqualTo(NdctlListingShape.Nested));
        Assert.That(listing.IsComplete, Is.False);
    }

    [TestCase(32, false)]
    [TestCase(100_000, false)]
    [TestCase(20, true)]
    public void Parse_Depth_IsLimited(int depth, bool isRead)
    {
        var listing = NdctlParser.Parse($"[{First},{{\"dev\":\"namespace0.1\",\"x\":{new string('[', depth)}{new string(']', depth)}}}]");
        Assert.That(listing.IsComplete, Is.EqualTo(isRead));
        Assert.That(listing.Devices[0].Name, Is.EqualTo("namespace0.0"));
    }

    [Test]
    public void Parse_EndlessText_IsRefusedEarly()
    {
        using var endless = new RepeatingStream($"[{First},{{\"name\":\"", "aaaaaaaaaaaaaaaa");
        var listing = NdctlParser.Parse(endless);
        Assert.That(listing.Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlTooLarge));
        Assert.That(listing.Devices, Has.Count.EqualTo(1));
        Assert.That(endless.BytesRead, Is.LessThan(1 << 20));
    }

    [Test]
    public void Parse_EndlessNumber_IsRefusedEarly()
    {
        using var endless = new RepeatingStream("[{\"size\":", "1");
        Assert.That(NdctlParser.Parse(endless).IsComplete, Is.False);
        Assert.That(endless.BytesRead, Is.LessThan(1 << 20));
    }

    [Test]
    public void Parse_EndlessListing_StopsAtTheLimitOfEntries()
    {
        using var endless = new RepeatingStream("[", "{\"x\":0},");
        var listing = NdctlParser.Parse(endless);
        Assert.That(listing.Findings[^1].Code, Is.EqualTo(NvdimmCodes.NdctlTooLarge));
        Assert.That(endless.BytesRead, Is.LessThan(16 << 20));
    }

    [Test]
    public void Parse_EndlessWhiteSpace_StopsAtTheLimitOfCharacters()
    {
        using var endless = new RepeatingStream("[", new string(' ', 4096));
        Assert.That(NdctlParser.Parse(endless).Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlTooLarge));
        Assert.That(endless.BytesRead, Is.LessThan(NdctlParser.MaximumCharacters + (1 << 20)));
    }

    [Test]
    public void Parse_EndlessUnknownKeys_StopAtTheLimitOfFindings()
    {
        using var endless = new RepeatingStream("[", $"{{{string.Join(',', Enumerable.Range(0, 64).Select(number => $"\"k{number}\":0"))}}},");
        var listing = NdctlParser.Parse(endless);
        Assert.That(listing.Findings[^1].Code, Is.EqualTo(NvdimmCodes.NdctlTooLarge));
        Assert.That(listing.Findings, Has.Count.LessThan(NdctlParser.MaximumFindings + 1000));
        Assert.That(listing.IsComplete, Is.False);
    }

    [TestCase("null")]
    [TestCase("7")]
    [TestCase("[[{}]]")]
    [TestCase("\"text\"")]
    public void Parse_EntryThatIsNoObject_CostsNoOther(string entry)
    {
        var listing = NdctlParser.Parse($"[{entry},{First}]");
        Assert.That(listing.Devices.Single().Findings, Is.Empty);
        Assert.That((listing.Findings.Single().Code, listing.Findings.Single().Severity), Is.EqualTo((NvdimmCodes.NdctlBadValue, Severity.Error)));
        Assert.That(listing.Findings.Single().Message, Does.Contain("the listing").And.Contain("an object").And.Not.Contain("''"));
    }

    [TestCase("\"badblocks\":[5]")]
    [TestCase("\"daxregion\":{\"devices\":[5]}")]
    [TestCase("\"daxregion\":5")]
    public void Parse_NestedEntryThatIsNoObject_CostsItsNamespaceOnly(string member)
    {
        var listing = NdctlParser.Parse($"[{First},{First.Replace("0.0", "0.1", StringComparison.Ordinal).Replace("pmem0", "pmem1", StringComparison.Ordinal).Replace("1e05", "2e05", StringComparison.Ordinal)[..^1]},{member}}}]");
        Assert.That(listing.Devices.Select(device => device.IsUsable), Is.EqualTo([true, false]));
        Assert.That(listing.Devices[1].Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlBadValue));
    }

    [TestCase("[{0}] x")]
    [TestCase("[{0},]")]
    [TestCase("[{0},{{'dev':1}}]")]
    [TestCase("[{0}")]
    [TestCase("[{0},{{\"size\":010}}]")]
    public void Parse_FaultBehindAWholeNamespace_KeepsIt(string format)
    {
        var listing = NdctlParser.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, First));
        Assert.That(listing.Devices.Select(device => device.Name), Is.EqualTo(["namespace0.0"]));
        Assert.That(listing.IsComplete, Is.False);
    }

    [Test]
    public void Parse_NamespaceWithNamespacesInside_IsKept()
    {
        var device = NdctlParser.Parse($"[{First[..^1]},\"namespaces\":[]}}]").Devices.Single();
        Assert.That(device.Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlUnknownKey));
    }

    [Test]
    public void Parse_Null_IsTheCallersBug()
    {
        Assert.That(() => NdctlParser.Parse((string)null!), Throws.ArgumentNullException);
        Assert.That(() => NdctlParser.Parse((byte[])null!), Throws.ArgumentNullException);
        Assert.That(() => NdctlParser.Parse((Stream)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Parse_MutatedListing_NeverThrowsAndSaysWhatIsWrong() =>
        Gen.Select(Gen.Int[0, Samples.Length - 1], Gen.Int[0, 1 << 20], Gen.Int[0, 40], Gen.Byte.Array[0, 8]).Sample(
            (index, at, removed, inserted) =>
            {
                var sample = Samples[index];
                var start = at % sample.Length;
                var listing = NdctlParser.Parse([.. sample[..start], .. inserted, .. sample[Math.Min(start + removed, sample.Length)..]]);
                return listing.AllFindings.All(HasEveryArgument)
                    && (listing.IsComplete || listing.Findings.Any(finding => finding.Severity == Severity.Error));
            },
            iter: 20_000);

    [Test]
    public void Parse_TruncatedListing_IsIncompleteAtEveryPlace()
    {
        var sample = Samples.MinBy(bytes => bytes.Length)!;
        var end = Array.LastIndexOf(sample, (byte)']');
        for (var length = 1; length <= end; length++)
        {
            Assert.That(NdctlParser.Parse(sample[..length]).IsComplete, Is.False, $"{length} bytes");
        }
    }

    /// <summary>The message itself may hold <c>${</c>: it quotes what stands in the listing.</summary>
    private static bool HasEveryArgument(Finding finding) => System.Text.RegularExpressions.Regex
        .Matches(FindingTexts.Template(finding.Code)!, @"\$\{(?<name>\w+)\}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .All(placeholder => finding[placeholder.Groups["name"].Value] is not null);
}
