using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Vdsm;

namespace Nvdimm.Extensions.Ndctl.Tests.Field;

/// <summary>Listings of the field get their right answers.</summary>
public sealed class FieldCaseTests
{
    private static IEnumerable<TestCaseData<FieldCase>> Cases =>
        FieldCases.All.Select(known => new TestCaseData<FieldCase>(known).SetArgDisplayNames(known.ToString()));

    [TestCaseSource(nameof(Cases))]
    public void Parse_FieldCase_IsTheRightAnswer(FieldCase field)
    {
        var listing = NdctlParser.Parse(field.Bytes);
        Assert.That(listing.Devices.Select(Describe), Is.EqualTo(field.Devices));
        Assert.That(listing.Findings.Select(finding => Short(finding.Code)), Is.EqualTo(field.Listing));
        Assert.That(listing.AllFindings.Select(finding => finding.Message), Has.None.Contains("${"));
        Assert.That(listing.IsComplete, Is.EqualTo(!field.Listing.Intersect(["NDCTL_MALFORMED", "NDCTL_OTHER_PROGRAM"]).Any()));
    }

    /// <summary>No key of a real ndctl is unknown, of whatever version, and none of what the other programs print is taken for one.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Parse_FieldCase_HasNoUnknownKey(FieldCase field) =>
        Assert.That(NdctlParser.Parse(field.Bytes).AllFindings.Select(finding => finding.Code), Has.None.EqualTo(NvdimmCodes.NdctlUnknownKey));

    /// <summary>An engine that is told of a size of 0 plans a VM with it.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Vdsm_FieldCase_HasNoDeviceOfNoBytes(FieldCase field) =>
        Assert.That(VdsmHostDevices.ToJson(NdctlParser.Parse(field.Bytes)), Does.Not.Contain("\"device_size\": 0"));

    [Test]
    public void Cases_AreAllTheFiles() => Assert.That(
        FieldCases.All.Select(field => field.File),
        Is.EquivalentTo(Directory.EnumerateFiles(FieldCases.Folder).Select(Path.GetFileNameWithoutExtension)));

    [TestCase("L36-regions-only-ndctl-list-R-full", "1 region")]
    [TestCase("L11b-two-regions-same-iset-no-namespaces", "2 regions")]
    [TestCase("V36d-dimms-only", "2 DIMMs")]
    [TestCase("V36e-bus-regions-dimms-no-namespaces", "2 buses, 1 region and 1 DIMM")]
    [TestCase("L18-run_qemu6-cxl-bus-dimms-only", "the bus ndbus0 (CXL) and 2 DIMMs")]
    public void NoNamespaces_SaysWhatIsListedAndWhatToUse(string file, string what)
    {
        var finding = FieldCases.Parse(file).Findings.First(finding => finding.Code == NvdimmCodes.NdctlNoNamespaces);
        Assert.That(finding.Message, Is.EqualTo($"The input lists {what}, but no namespaces. List the namespaces with 'ndctl list -N -v'."));
        Assert.That(finding.Severity, Is.EqualTo(Severity.Warning));
    }

    [TestCase("L19-ndctl246-daxctl-hmem", "daxctl list")]
    [TestCase("V19-daxctl-devices", "daxctl list")]
    [TestCase("V19b-daxctl-one-device-human-mappings", "daxctl list")]
    [TestCase("V19c-daxctl-region-without-devices", "daxctl list")]
    [TestCase("L20-ndctl272-cxl-list", "cxl list")]
    [TestCase("V20-cxl-regions-decoders-ports", "cxl list")]
    [TestCase("V20b-cxl-one-memdev-human-health", "cxl list")]
    [TestCase("V20c-cxl-regions", "cxl list")]
    [TestCase("linux72-cxl-list-vvv", "cxl list")]
    public void OtherProgram_IsNamedWithTheCommandToUse(string file, string program) => Assert.That(
        FieldCases.Parse(file).Findings.Single().Message, Is.EqualTo($"The input is the output of '{program}', which lists no namespaces. Use 'ndctl list -N -v'."));

    /// <summary>A namespace of ndctl beside what another program prints stays a device.</summary>
    [Test]
    public void OtherProgram_BesideANamespace_IsSaidAndTheNamespaceKept()
    {
        var listing = NdctlParser.Parse("""[{"chardev":"dax0.0","size":1,"mode":"devdax"},{"dev":"namespace0.0","mode":"raw","size":1,"blockdev":"pmem0"}]""");
        Assert.That(listing.Devices.Select(device => device.Name), Is.EqualTo(["namespace0.0"]));
        Assert.That(listing.Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlOtherProgram));
    }

    /// <summary>Without a name, what only ndctl prints of a namespace shows that it is one.</summary>
    [Test]
    public void NamelessDevdax_IsNoListingOfDaxctl() => Assert.That(
        NdctlParser.Parse("""[{"mode":"devdax","map":"dev","size":1,"chardev":"dax0.0"}]""").Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlMissingKey));

    /// <summary>What fell back to its raw area is intact, and stays so only while nobody makes it anew.</summary>
    [TestCase("L16-ppc2019-fallthrough-fsdax-rawuuid", NvdimmCodes.RawAreaOffered)]
    [TestCase("L15-ppc2023-zero-size-active-fsdax", NvdimmCodes.ZeroSize)]
    [TestCase("L41b-ndctl145-raw-after-power-reset", NvdimmCodes.NoLabels)]
    [TestCase("L08b-ndctl35-after-destroy-and-reboot-raw", NvdimmCodes.NoLabels)]
    public void FallenNamespace_NothingInvitesToMakeItAnew(string file, string code)
    {
        var device = FieldCases.Parse(file).Devices[0];
        Assert.That(device.FindingOf(code), Is.Not.Null);
        foreach (var message in device.Findings.Select(finding => finding.Message))
        {
            Assert.That(message, Does.Not.Match("init-labels|create-namespace|destroy-namespace|should be initialised|mkfs"));
        }
    }

    [Test]
    public void RawAreaOffered_NamesTheUuidOfTheArea() => Assert.That(
        FieldCases.Parse("L16-ppc2019-fallthrough-fsdax-rawuuid").Devices.Single().FindingOf(NvdimmCodes.RawAreaOffered)!.Message,
        Does.Contain("5a1e138b-77aa-4bcd-9e10-3c0f5d2a138b"));

    /// <summary>A seed, or a namespace that was disabled, may keep the name of one that was made anew.</summary>
    [Test]
    public void Selector_NameOfSeedDisabledAndLive_IsTheLiveOne()
    {
        var devices = FieldCases.Parse("V07-names-of-seed-disabled-and-live").Devices;
        Assert.That(devices.Select(device => device.Label), Is.All.EqualTo("prod_db1"));
        Assert.That(DeviceSelector.Matches(devices, "prod_db1").Select(device => device.Name), Is.EqualTo(["namespace0.2"]));
        Assert.That(DeviceSelector.Matches(devices, "namespace0.1").Select(device => device.Name), Is.EqualTo(["namespace0.1"]));
        Assert.That(DeviceSelector.Matches(FieldCases.Parse("L07-ndctl184-seed-keeps-name").Devices, "prod_db1"), Is.Empty);
    }

    [TestCase("L35-nova-doc-ndctl62-devdax-align-only-in-daxregion", 2L << 20)]
    [TestCase("V35b-ndctl59-dax-align-of-the-dax-region", 1L << 30)]
    public void Align_BeforeNdctl64_IsThatOfTheDaxRegion(string file, long align) =>
        Assert.That(FieldCases.Parse(file).Devices.Single().Align, Is.EqualTo(Alignment.FromBytes(align)));

    [Test]
    public void Align_OfTheNamespace_IsNotReplacedByThatOfTheDaxRegion() => Assert.That(
        NdctlParser.Parse("""[{"dev":"namespace0.0","mode":"devdax","align":2097152,"daxregion":{"align":4096}}]""").Devices[0].Align!.Value.Bytes,
        Is.EqualTo(2L << 20));

    [TestCase("V59-sector_size-minus-one", new[] { "", "", "" })]
    [TestCase("V59b-sector_size-as-text", new[] { "512", "4096", "" })]
    public void SectorSize_OfOldAndForeignListings_IsReadOrNotKnown(string file, string[] sizes) =>
        Assert.That(FieldCases.Parse(file).Devices.Select(device => $"{device.SectorSize?.Bytes}"), Is.EqualTo(sizes));

    [Test]
    public void DimmHealth_AtRisk_IsAnErrorAndOtherwiseAWarning() => Assert.That(
        FieldCases.Parse("V23-health-words").Devices.SelectMany(device => device.Findings).Select(finding => (finding["health"], finding.Severity)),
        Is.EqualTo(new[]
        {
            ("non-critical", Severity.Warning), ("critical", Severity.Error), ("fatal", Severity.Error),
            ("unknown", Severity.Warning), ("worn", Severity.Warning),
        }));

    [Test]
    public void DimmFindings_NameTheDimmAndWhatIsWrong()
    {
        var devices = FieldCases.Parse("V23d-failed-flags").Devices;
        Assert.That(devices[0].Findings.Single().Message, Does.StartWith("The DIMM nmem0 reports a failure: its content was not saved when power"));
        Assert.That(devices[5].Findings.Single().Message, Does.StartWith("The DIMM nmem5 raises an alarm: a health event is pending."));
        Assert.That(
            FieldCases.Parse("V23b-health-unknown-only-and-old-alarms").Devices[1].Findings.Single()["what"],
            Is.EqualTo("the temperature of its media; few spare blocks are left; its last shutdown was dirty, so what was written before may be missing"));
        Assert.That(
            FieldCases.Parse("V23e-security-words").Devices[2].Findings.Single().Message,
            Is.EqualTo("The security state of the DIMM nmem2 is 'locked': nothing on it can be read or written until it is unlocked."));
    }

    /// <summary>Findings of thousands of DIMMs are not multiplied by thousands of namespaces; the worst ones stay.</summary>
    [Test]
    public void DimmFindings_OfMoreDimmsThanARegionHas_KeepTheWorst()
    {
        const int Many = 5_000;
        var dimms = string.Join(',', Enumerable.Range(0, Many).Select(number => $$"""{"dev":"nmem{{number}}","flag_smart_event":true}"""));
        var mappings = string.Join(',', Enumerable.Range(0, Many + 1).Select(number => $$"""{"dimm":"nmem{{number}}"}"""));
        var namespaces = string.Join(',', Enumerable.Range(0, Many).Select(number => $$"""{"dev":"namespace0.{{number}}"}"""));
        var regions = $$"""[{"dev":"region0","mappings":[{{mappings}}],"namespaces":[{{namespaces}}]}]""";
        var listing = NdctlParser.Parse($$"""{"dimms":[{{dimms}},{"dev":"nmem{{Many}}","flag_failed_save":true}],"regions":{{regions}}}""");
        Assert.That(listing.Devices, Has.Count.EqualTo(Many));
        Assert.That(listing.Devices.Select(device => device.FindingOf(NvdimmCodes.DimmFailed)?["dimm"]), Is.All.EqualTo($"nmem{Many}"));
        Assert.That(listing.Devices.Select(device => device.Findings.Count), Is.All.LessThan(80));
    }

    private static string Describe(NvdimmDevice device) => string.Create(
        CultureInfo.InvariantCulture,
        $"{device.Name} {Mode(device.Mode)} {Use(device)}, {Or(device.Size?.Bytes, "no")} bytes, align {Or(device.Align?.Bytes)}, {Nodes(device)}");

    private static string Use(NvdimmDevice device) => device.IsUsable ? "usable" : "unusable";

    private static string Nodes(NvdimmDevice device) => $"nodes {Or(device.NumaNode)} {Or(device.TargetNode)}{Codes(device)}";

    private static string Mode(NamespaceMode mode) => mode == NamespaceMode.Unknown ? "none" : mode.ToString().ToLowerInvariant();

    private static string Or(long? value, string otherwise = "-") => value?.ToString(CultureInfo.InvariantCulture) ?? otherwise;

    private static string Codes(NvdimmDevice device) =>
        device.Findings.Count == 0 ? "" : $": {string.Join(' ', device.Findings.Select(finding => Short(finding.Code)))}";

    private static string Short(string code) => code.Replace("NVDIMM_", "", StringComparison.Ordinal);
}
