using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>The namespaces that look usable and are not, and the other way round.</summary>
public sealed class LooksUsableTests
{
    private const string Devdax = """{"dev":"namespace0.0","mode":"devdax","map":"dev","size":262144000,"uuid":"8038b897-b884-467c-90c0-072da71ba517","daxregion":{"id":0,"size":262144000,"align":2097152,"devices":[{"chardev":"dax0.0","size":262144000,"target_node":1,"align":2097152,"mode":"devdax"}]},"align":2097152,"numa_node":1,"target_node":1}""";
    private const string Fsdax = """{"dev":"namespace1.0","mode":"fsdax","map":"dev","size":262144000,"uuid":"41818e51-c3c6-4a5c-8bfc-042ea975b54d","sector_size":512,"align":2097152,"blockdev":"pmem1","numa_node":0,"target_node":0}""";

    public static IEnumerable<TestCaseData<string, string>> UnusableCases()
    {
        yield return new("""{"dev":"namespace2.0","mode":"raw","size":134217728,"uuid":"9f395c64-412a-4362-9569-5b07dd96acd1","sector_size":512,"state":"disabled","numa_node":0}""", NvdimmCodes.NamespaceDisabled);
        yield return new("""{"dev":"namespace1.0","mode":"fsdax","map":"dev","uuid":"41818e51-c3c6-4a5c-8bfc-042ea975b54d","sector_size":512,"align":2097152,"numa_node":0}""", NvdimmCodes.DriverNotBound);
        yield return new("""{"dev":"namespace0.0","mode":"devdax","map":"dev","uuid":"8038b897-b884-467c-90c0-072da71ba517","daxregion":{"id":0},"align":2097152,"numa_node":0}""", NvdimmCodes.DriverNotBound);
        yield return new("""{"dev":"namespace1.2","mode":"sector","uuid":"6488a981-d869-4882-87ea-2807ba57e82f","sector_size":512,"numa_node":0}""", NvdimmCodes.DriverNotBound);
        yield return new("""{"dev":"namespace1.4","mode":"raw","size":67108864,"uuid":"2b611e2e-9cfe-4f33-af14-bce20dbd0216","sector_size":512,"numa_node":0}""", NvdimmCodes.NoDevicePath);
        yield return new(Devdax.Replace(""" "mode":"devdax"}]""".Trim(), """ "mode":"system-ram"}]""".Trim(), StringComparison.Ordinal), NvdimmCodes.DaxSystemRam);
        yield return new(Devdax.Replace(""" "mode":"devdax"}]""".Trim(), """ "mode":"devdax","state":"disabled"}]""".Trim(), StringComparison.Ordinal), NvdimmCodes.DaxDisabled);
        yield return new(Devdax.Replace(""" "mode":"devdax"}]""".Trim(), """ "mode":"famfs"}]""".Trim(), StringComparison.Ordinal), NvdimmCodes.DaxNotDevdax);
        yield return new(Devdax.Replace(""" "mode":"devdax"}]""".Trim(), """ "mode":"devdax","state":"idle"}]""".Trim(), StringComparison.Ordinal), NvdimmCodes.NdctlUnknownValue);
        yield return new(Devdax.Replace("""{"chardev":"dax0.0","size":262144000""", """{"chardev":"dax0.0","size":131072000""", StringComparison.Ordinal), NvdimmCodes.DaxSizeMismatch);
        yield return new(Devdax.Replace("}]}", "},{\"chardev\":\"dax0.1\",\"size\":1}]}", StringComparison.Ordinal), NvdimmCodes.DaxSizeMismatch);
        yield return new(Devdax.Replace("\"align\":2097152,\"mode\"", "\"align\":1073741824,\"mode\"", StringComparison.Ordinal), NvdimmCodes.DaxAlignMismatch);
        yield return new(Devdax.Replace("\"align\":2097152,", "", StringComparison.Ordinal), NvdimmCodes.NdctlMissingKey);
        yield return new("""{"dev":"namespace1.6","mode":"raw","size":0,"uuid":"00000000-0000-0000-0000-000000000000","sector_size":512,"state":"disabled","numa_node":0}""", NvdimmCodes.SeedNamespace);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":0", StringComparison.Ordinal), NvdimmCodes.ZeroSize);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":\"250.00 MiB (262.14 MB)\"", StringComparison.Ordinal), NvdimmCodes.NdctlHumanSize);
        yield return new(Fsdax.Replace("\"size\":262144000,", "", StringComparison.Ordinal), NvdimmCodes.NdctlMissingKey);
        yield return new(Fsdax.Replace("\"mode\":\"fsdax\",", "", StringComparison.Ordinal), NvdimmCodes.NdctlMissingKey);
        yield return new(Fsdax.Replace("fsdax", "fsdax2", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownMode);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":\"4996.00 KiB (5.12 MB)\"", StringComparison.Ordinal), NvdimmCodes.NdctlHumanSize);
        yield return new(Fsdax.Replace("\"align\":2097152", "\"align\":\"2.00 MiB (2.10 MB)\"", StringComparison.Ordinal), NvdimmCodes.NdctlHumanSize);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":\"much\"", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"numa_node\":0", "\"numa_node\":\"2.00 MiB (2.10 MB)\"", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"align\"", "\"flag_failed_arm\":7,\"align\"", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Devdax.Replace("{\"id\":0", "[17],\"x\":{\"id\":0", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":-1", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":18446744073709551615", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":1.5", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":null", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"size\":262144000", "\"size\":{\"a\":[1]}", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"align\":2097152", "\"align\":0", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"numa_node\":0", "\"numa_node\":2147483648", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"uuid\":\"4", "\"uuid\":\"x", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("pmem1", "../../etc/passwd", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Fsdax.Replace("\"align\"", "\"size\":1,\"align\"", StringComparison.Ordinal), NvdimmCodes.NdctlDuplicateKey);
        yield return new(Fsdax.Replace("\"align\"", "\"state\":\"frozen\",\"align\"", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownValue);
        yield return new(Fsdax.Replace("\"align\"", "\"badblocks\":7,\"align\"", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
        yield return new(Devdax.Replace("{\"id\":0", "17,\"x\":{\"id\":0", StringComparison.Ordinal), NvdimmCodes.NdctlBadValue);
    }

    [TestCaseSource(nameof(UnusableCases))]
    public void Parse_NotUsable_SaysWhyAndKeepsTheOthers(string entry, string code)
    {
        var listing = NdctlParser.Parse($"[{entry},{Fsdax.Replace("namespace1.0", "namespace9.0", StringComparison.Ordinal).Replace("41818e51", "51818e51", StringComparison.Ordinal).Replace("pmem1", "pmem9", StringComparison.Ordinal)}]");
        var device = listing.Devices[0];
        Assert.That(device.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code), Does.Contain(code));
        Assert.That(device.Findings.Select(finding => finding.Message), Has.None.Contains("${"));
        Assert.That(device.IsUsable, Is.False);
        Assert.That(listing.Devices[1].IsUsable, Is.True);
        Assert.That(listing.Devices[1].Findings, Is.Empty);
        Assert.That(listing.IsComplete, Is.True);
    }

    public static IEnumerable<TestCaseData<string, string>> UsableCases()
    {
        yield return new("""{"dev":"namespace5.0","mode":"raw","size":536870912,"sector_size":512,"blockdev":"pmem5","numa_node":1,"target_node":1}""", NvdimmCodes.NoLabels);
        yield return new(Fsdax.Replace(",\"numa_node\":0", "", StringComparison.Ordinal), NvdimmCodes.NoNumaNode);
        yield return new(Fsdax.Replace("\"align\"", "\"badblock_count\":4,\"badblocks\":[{\"offset\":8,\"length\":4,\"dimms\":[\"nmem0\"]}],\"align\"", StringComparison.Ordinal), NvdimmCodes.BadBlocks);
        yield return new(Fsdax.Replace("\"align\"", "\"colour\":{\"a\":[1,{}]},\"align\"", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownKey);
        yield return new(Fsdax.Replace("\"align\"", "\"provider\":\"x\",\"align\"", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownKey);
        yield return new(Fsdax.Replace("\"align\"", "\"badblocks\":[{\"offset\":8,\"colour\":1,\"length\":4}],\"badblock_count\":0,\"align\"", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownKey);
        yield return new(Fsdax.Replace("\"map\":\"dev\"", "\"map\":\"moon\"", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownValue);
        yield return new(Devdax.Replace("\"id\":0", "\"id\":0,\"colour\":1", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownKey);
        yield return new(Devdax.Replace("\"chardev\"", "\"colour\":1,\"chardev\"", StringComparison.Ordinal), NvdimmCodes.NdctlUnknownKey);
        yield return new(Devdax.Replace("\"uuid\":\"8038b897-b884-467c-90c0-072da71ba517\",", "", StringComparison.Ordinal), NvdimmCodes.NdctlMissingKey);
    }

    [TestCaseSource(nameof(UsableCases))]
    public void Parse_OddButUsable_IsReported(string entry, string code)
    {
        var device = NdctlParser.Parse($"[{entry}]").Devices.Single();
        Assert.That(device.Findings.Single().Code, Is.EqualTo(code));
        Assert.That(device.Findings.Single().Severity, Is.EqualTo(Severity.Warning));
        Assert.That(device.Findings.Single().Message, Does.Not.Contain("${"));
        Assert.That(device.IsUsable, Is.True);
    }

    [TestCase("memory", NamespaceMode.Fsdax)]
    [TestCase("dax", NamespaceMode.Devdax)]
    public void Parse_OlderSpelling_IsTheSameMode(string word, NamespaceMode mode)
    {
        var entry = (mode == NamespaceMode.Fsdax ? Fsdax : Devdax).Replace($"\"mode\":\"{(mode == NamespaceMode.Fsdax ? "fsdax" : "devdax")}\",\"map\"", $"\"mode\":\"{word}\",\"map\"", StringComparison.Ordinal);
        var device = NdctlParser.Parse($"[{entry}]").Devices.Single();
        Assert.That(device.Mode, Is.EqualTo(mode));
        Assert.That(device.ReportedMode, Is.EqualTo(word));
        Assert.That(device.IsUsable, Is.True);
        Assert.That(device.Findings, Is.Empty);
    }

    [TestCase("none", NamespaceMap.None)]
    [TestCase("mem", NamespaceMap.Memory)]
    [TestCase("dev", NamespaceMap.Device)]
    public void Parse_Map_IsKnown(string word, NamespaceMap map)
    {
        var device = NdctlParser.Parse($"[{Fsdax.Replace("\"map\":\"dev\"", $"\"map\":\"{word}\"", StringComparison.Ordinal)}]").Devices.Single();
        Assert.That(device.Map, Is.EqualTo(map));
        Assert.That(device.Findings, Is.Empty);
    }

    [TestCase("[{\"offset\":8,\"length\":4},{\"offset\":64,\"length\":2}]", 6)]
    [TestCase("[{\"offset\":0,\"length\":9223372036854775807},{\"offset\":1,\"length\":1}]", long.MaxValue)]
    [TestCase("[{\"offset\":8,\"length\":4}],\"badblock_count\":9", 9)]
    [TestCase("[]", 0)]
    public void Parse_BadBlocks_AreCountedNotTheirRanges(string ranges, long count)
    {
        var entry = Fsdax.Replace("\"align\"", $"\"badblocks\":{ranges},\"align\"", StringComparison.Ordinal);
        Assert.That(NdctlParser.Parse($"[{entry}]").Devices.Single().BadBlockCount, Is.EqualTo(count));
    }

    [Test]
    public void Parse_DaxDeviceAsRam_KeepsItsMemoryBlocksOutOfTheFindings()
    {
        var entry = Devdax.Replace(""" "mode":"devdax"}]""".Trim(), """ "mode":"system-ram","online_memblocks":0,"total_memblocks":1,"movable":true}]""".Trim(), StringComparison.Ordinal);
        Assert.That(NdctlParser.Parse($"[{entry}]").Devices.Single().Findings.Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.DaxSystemRam]));
    }

    [Test]
    public void Parse_ReadOnlyDimm_MarksTheNamespacesOfItsRegionOnly()
    {
        var devices = Captures.Parse("nonuma/list-NDRBi-vv.json").Devices.ToDictionary(device => device.Name);
        Assert.That(devices["namespace1.0"].Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.ReadOnly));
        Assert.That(devices.Values.Count(device => device.FindingOf(NvdimmCodes.ReadOnly) is not null), Is.EqualTo(1));
    }

    [Test]
    public void Parse_ReadOnlyDimmBehindItsRegion_IsFoundToo()
    {
        var listing = NdctlParser.Parse($$"""[{"dev":"ndbus0","regions":[{"dev":"region1","mappings":[{"dimm":"nmem0","offset":0,"length":1,"position":0}],"namespaces":[{{Fsdax}}]}],"dimms":[{"dev":"nmem0","flag_failed_arm":true}]}]""");
        Assert.That(listing.Devices.Single().Findings.Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.ReadOnly]));
    }

    /// <summary>A search in all DIMMs for each namespace took minutes for a listing within the limits.</summary>
    [Test]
    public void Parse_ManyNamespacesOfManyDimms_OnlyThoseOfTheReadOnlyOneAreReadOnly()
    {
        const int Many = 30_000;
        var dimms = string.Join(',', Enumerable.Range(1, Many).Select(number => $$"""{"dimm":"nmem{{number}}"}"""));
        var namespaces = string.Join(',', Enumerable.Range(0, Many).Select(number => $$"""{"dev":"namespace1.{{number}}"}"""));
        var listing = NdctlParser.Parse(
            $$"""{"regions":[{"dev":"region0","mappings":[{"dimm":"nmem0"}],"namespaces":[{{Fsdax}}]},{"dev":"region1","mappings":[{{dimms}}],"namespaces":[{{namespaces}}]}],"dimms":[{"dev":"nmem0","flag_failed_arm":true}]}""");
        Assert.That(listing.Devices, Has.Count.EqualTo(Many + 1));
        Assert.That(listing.Devices.Select(device => device.FindingOf(NvdimmCodes.ReadOnly) is not null), Is.EqualTo(Enumerable.Range(0, Many + 1).Select(number => number == 0)));
    }

    [Test]
    public void Parse_SameDimmNameOnAnotherBus_IsAnotherDimm()
    {
        var listing = NdctlParser.Parse($$"""[{"dev":"ndbus0","regions":[{"dev":"region1","mappings":[{"dimm":"nmem0","offset":0,"length":1,"position":0}],"namespaces":[{{Fsdax}}]}]},{"dev":"ndbus1","dimms":[{"dev":"nmem0","flag_failed_arm":true}]}]""");
        Assert.That(listing.Devices.Single().IsUsable, Is.True);
    }

    [Test]
    public void Parse_SameNameTwice_MarksBoth()
    {
        var listing = NdctlParser.Parse($"[{Fsdax},{Fsdax.Replace("41818e51", "51818e51", StringComparison.Ordinal).Replace("pmem1", "pmem9", StringComparison.Ordinal)},{Devdax}]");
        Assert.That(listing.Devices.Select(device => device.Findings.SingleOrDefault()?.Code), Is.EqualTo([NvdimmCodes.NdctlDuplicateDevice, NvdimmCodes.NdctlDuplicateDevice, null]));
    }

    [Test]
    public void Parse_SameUuidTwice_MarksBothAndNamesTheOther()
    {
        var listing = NdctlParser.Parse($"[{Fsdax},{Fsdax.Replace("namespace1.0", "namespace1.1", StringComparison.Ordinal).Replace("pmem1", "pmem9", StringComparison.Ordinal)}]");
        Assert.That(listing.Devices[0].Findings.Single().Code, Is.EqualTo(NvdimmCodes.DuplicateUuid));
        Assert.That(listing.Devices[0].Findings.Single()["others"], Is.EqualTo("namespace1.1"));
        Assert.That(listing.Devices[1].Findings.Single()["others"], Is.EqualTo("namespace1.0"));
    }

    [Test]
    public void Parse_SameDeviceFileTwice_MarksBoth()
    {
        var listing = NdctlParser.Parse($"[{Fsdax},{Fsdax.Replace("namespace1.0", "namespace1.1", StringComparison.Ordinal).Replace("41818e51", "51818e51", StringComparison.Ordinal)}]");
        Assert.That(listing.Devices.Select(device => device.Findings.Single().Code), Is.All.EqualTo(NvdimmCodes.DuplicatePath));
        Assert.That(listing.Devices[0].Findings.Single().Message, Is.EqualTo("namespace1.0 has the same path /dev/pmem1 as others of this listing: namespace1.1."));
    }

    [Test]
    public void Parse_EntryWithoutName_IsReportedAndTheOthersKept()
    {
        var listing = NdctlParser.Parse($$"""[{"mode":"raw","size":1},{{Fsdax}}]""");
        Assert.That(listing.Devices.Select(device => device.Name), Is.EqualTo(["namespace1.0"]));
        Assert.That(listing.Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlMissingKey));
        Assert.That(listing.Findings.Single()["key"], Is.EqualTo("dev"));
    }

    [Test]
    public void Parse_InvalidUtf8InAName_IsReportedAndTheOthersKept()
    {
        var text = $"[{Fsdax.Replace("\"align\"", "\"name\":\"a#b\",\"align\"", StringComparison.Ordinal)},{Devdax}]";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xff;
        var listing = NdctlParser.Parse(bytes);
        Assert.That(listing.Devices[0].Label, Is.EqualTo("a\uFFFDb"));
        Assert.That(listing.Devices[0].Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlInvalidText));
        Assert.That(listing.Devices[1].Findings, Is.Empty);
    }

    [Test]
    public void Parse_AnyBytesInAName_AreKept()
    {
        var device = NdctlParser.Parse($"[{Fsdax.Replace("\"align\"", """ "name":"q\"\\\/\n\u00e9é","align" """.Trim(), StringComparison.Ordinal)}]").Devices.Single();
        Assert.That(device.Label, Is.EqualTo("q\"\\/\néé"));
        Assert.That(device.IsUsable, Is.True);
    }
}
