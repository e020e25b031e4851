using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Tests;

public sealed class CaptureTests
{
    [TestCaseSource(typeof(Captures), nameof(Captures.All))]
    public void Parse_Capture_IsAsReviewed(string path) =>
        Golden.AssertMatches(Path.Combine(Captures.Folder, Path.ChangeExtension(path, ".expected.txt")), Describe(Captures.Parse(path)));

    [TestCaseSource(typeof(Captures), nameof(Captures.All))]
    public void Parse_TextBytesAndStream_SayTheSame(string path)
    {
        var bytes = Captures.Bytes(path);
        var listing = NdctlParser.Parse(bytes);
        using var stream = new MemoryStream(bytes);
        Assert.That(NdctlParser.Parse(Encoding.UTF8.GetString(bytes)), Is.EqualTo(listing));
        Assert.That(NdctlParser.Parse(stream), Is.EqualTo(listing));
        Assert.That(stream.CanRead, Is.True, "the stream was left open");
    }

    [TestCase("main-02-all-modes")]
    [TestCase("main-03-some-disabled")]
    [TestCase("single-fsdax")]
    [TestCase("single-devdax")]
    [TestCase("nonuma")]
    public void Parse_Sizes_AreTheKernels(string scenario)
    {
        var kernel = KernelSizes(File.ReadLines(Path.Combine(Captures.Folder, scenario, "sysfs.txt")));
        var listed = Captures.Parse($"{scenario}/list-N-v.json").Devices.ToDictionary(device => device.Path!, device => device.Size!.Value.Bytes);
        Assert.That(listed, Is.Not.Empty);
        Assert.That(listed.Keys, Is.SubsetOf(kernel.Keys));
        Assert.That(listed.Where(pair => kernel[pair.Key] != pair.Value), Is.Empty);
    }

    [Test]
    public void Parse_SameStateListedByThreeVersions_DiffersOnlyInTargetNodes()
    {
        var devices = Captures.Parse("main-02-all-modes/list-N-v.json").Devices;
        var newer = Captures.Parse("main-02-all-modes@81/list-N-v.json").Devices;
        var older = Captures.Parse("main-02-all-modes@67/list-N-v.json").Devices;
        Assert.That(newer.Select(device => device.Mode), Is.EqualTo(devices.Select(device => device.Mode)));
        Assert.That(older.Select(device => device.Mode), Is.EquivalentTo(devices.Select(device => device.Mode)));
        Assert.That(devices.Count(device => device.TargetNode is not null), Is.EqualTo(devices.Count));
        Assert.That(older.Count(device => device.TargetNode is not null), Is.Zero);
    }

    [Test]
    public void Parse_NestedListing_HasTheDevicesOfTheFlatOne()
    {
        var flat = Captures.Parse("main-02-all-modes/list-N-v.json");
        var nested = Captures.Parse("main-02-all-modes/list-N-vv.json");
        Assert.That(nested.Devices.Select(OfNoRegion), Is.EquivalentTo(flat.Devices));
        Assert.That(nested.Devices.Select(device => device.Bus).Distinct(), Is.EqualTo(["ndbus0"]));
        Assert.That(nested.Devices.Select(device => device.Region), Has.All.StartsWith("region"));
    }

    /// <summary>Only a nested listing says what bus and region promise.</summary>
    [TestCase("linux72-e820-01-converted", "e820", BackingPersistence.DaxUnproven)]
    [TestCase("linux72-ramdax", "ramdax", BackingPersistence.DaxUnproven)]
    [TestCase("linux72-cxl-pmem-all-modes", "CXL", BackingPersistence.Dax)]
    public void Parse_NestedListing_HasProviderAndPersistence(string scenario, string provider, BackingPersistence persistence)
    {
        var devdax = Captures.Parse($"{scenario}/list-NDRBi-vv.json").Devices.Where(device => device is { IsDevdax: true, Path: not null });
        Assert.That(devdax.Select(device => (device.BusProvider, device.Persistence)), Is.Not.Empty.And.All.EqualTo((provider, persistence)));
    }

    /// <summary>What a flat listing has of it: QEMU's DIMMs do not say how they keep their content, which stands with the region.</summary>
    private static NvdimmDevice OfNoRegion(NvdimmDevice device) => device with
    {
        Region = null,
        Bus = null,
        BusProvider = null,
        PersistenceDomain = null,
        Findings = device.Findings.Where(finding => finding.Code != NvdimmCodes.PersistenceUnknown).ToValueList(),
    };

    private static Dictionary<string, long> KernelSizes(IEnumerable<string> lines)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        var name = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                name = words[1] == "block" ? words[2] : Path.GetFileName(words[1]);
            }
            else if (line.StartsWith("bytes_sysfs=", StringComparison.Ordinal) || (name.StartsWith("dax", StringComparison.Ordinal) && line.StartsWith("size=", StringComparison.Ordinal)))
            {
                if (long.TryParse(line.Split('=')[1], CultureInfo.InvariantCulture, out var size))
                {
                    sizes[$"/dev/{name}"] = size;
                }
            }
        }

        return sizes;
    }

    private static string Describe(NdctlListing listing)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{listing.Shape}, {(listing.IsComplete ? "complete" : "incomplete")}\n");
        foreach (var finding in listing.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Severity} {finding}\n");
        }

        foreach (var device in listing.Devices)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{device.Name} {(device.IsUsable ? "usable" : "unusable")}\n{Describe(device)}");
            foreach (var finding in device.Findings)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {finding.Severity} {finding.Code} {finding.Arguments}\n");
            }
        }

        return text.ToString();
    }

    private static string Describe(NvdimmDevice device) => string.Create(CultureInfo.InvariantCulture, $"""
          {device.Path ?? "no path"} {device.Mode} ({device.ReportedMode}) map {device.Map}, {device.Size?.Bytes} bytes, align {device.Align?.Bytes}, sector {device.SectorSize?.Bytes}
          uuid {device.Uuid}, raw {device.RawUuid}, label '{device.Label}', node {device.NumaNode}, target node {device.TargetNode}, {device.Bus} {device.Region} {(device.IsDisabled ? "disabled" : "enabled")}
          dax {device.DaxDevices}, bad {device.BadBlockCount} {device.BadBlocks}

        """);
}
