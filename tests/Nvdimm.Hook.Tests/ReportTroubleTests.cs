using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Tests;

/// <summary>Reports where the state folder or a namespace cannot be read or written: the rest is repaired all the same.</summary>
public sealed class ReportTroubleTests : ReportFixture
{
    [Test]
    public void DamagedLastReport_IsSaid_AndWrittenAnew()
    {
        Host.AddFsdax(0);
        Host.Run(Point, "{}");
        var file = Path.Combine(Host.State, "report", LastGood);
        var good = File.ReadAllText(file);
        File.WriteAllText(file, "{");
        var (status, line, codes) = Host.Run(Point, "{}");
        Assert.That((status, codes), Is.EqualTo((0, new ValueList<string>[] { [NvdimmCodes.HookFailed, NvdimmCodes.HookReportRestored] }[0])), line);
        Assert.That((line.Contains(file, StringComparison.Ordinal), File.ReadAllText(file)), Is.EqualTo((true, good)), line);
    }

    /// <summary>What the state folder can come to: the repaired report is worth more than the next one.</summary>
    [TestCase("a file for a state folder")]
    [TestCase("a file for a report folder")]
    [TestCase("a folder for the last report")]
    [TestCase("a loop for a state folder")]
    public void StateThatCannotBeReadOrWritten_IsSaid_AndTheReportIsRepaired(string what)
    {
        Host.AddFsdax(0);
        Directory.Delete(Host.State, recursive: true);
        switch (what)
        {
            case "a file for a state folder":
                Host.Write("var/lib/nvdimm-extensions", "");
                break;
            case "a file for a report folder":
                StateFolder.Make(Host.State, MachineId.Of(Host.Root));
                Host.Write("var/lib/nvdimm-extensions/report", "");
                break;
            case "a folder for the last report":
                StateFolder.Make(Host.State, MachineId.Of(Host.Root));
                Directory.CreateDirectory(Path.Combine(Host.State, "report", LastGood));
                break;
            default:
                File.CreateSymbolicLink(Host.State, Host.State);
                break;
        }

        var (status, line, codes) = Host.Run(Point, "{}");
        Assert.That((status, codes.Contains(NvdimmCodes.HookReportRestored)), Is.EqualTo((0, true)), line);
        Assert.That(codes.Any(code => code is NvdimmCodes.HookFailed or NvdimmCodes.LedgerUnreadable), Is.True, line);
        Assert.That(line, Does.Contain("Keeping the report").Or.Contain(Host.State));
        Assert.That(JObject.Parse(Host.ReadPayload()).Properties().Single().Name, Is.EqualTo("namespace0.0"));
    }

    [Test]
    public void FullStateFolder_IsSaid_AndTheReportIsRepaired()
    {
        Host.AddFsdax(0);
        using var full = SmallDisk.Mount(Host);
        Host.Configure($"state-folder = /{Path.GetFileName(full.Path)}");
        StateFolder.Make(full.Path, MachineId.Of(Host.Root));
        full.Fill();
        var (status, line, codes) = Host.Run(Point, "{}");
        Assert.That((status, codes.Contains(NvdimmCodes.HookFailed)), Is.EqualTo((0, true)), line);
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"));
    }

    [TestCase("region1/namespace1.0/size")]
    [TestCase("region1/namespace1.0/numa_node")]
    [TestCase("region1/pfn1.0/uuid")]
    [TestCase("region1/pfn1.0/block/pmem1/size")]
    public void NamespaceThatCannotBeRead_CostsNoOther_AndIsReportedAsItLastWas(string attribute)
    {
        Host.AddFsdax(0);
        Host.AddFsdax(1);
        Host.Run(Point, "{}");
        var good = Host.ReadPayload();
        Host.Write($"sys/devices/ndbus0/{attribute}", "odd\n");
        var (status, line, codes) = Host.Run(Point, "{}");
        var (unread, restored) = (codes.Count(code => code == NvdimmCodes.HookFailed), codes.Count(code => code == NvdimmCodes.HookReportRestored));
        Assert.That((status, unread, restored), Is.EqualTo((0, 1, 2)), line);
        Assert.That(line, Does.Contain("Reading namespace1.0").And.Contain($"{attribute} has 'odd'"));
        Assert.That(Host.ReadPayload(), Is.EqualTo(good));
    }

    /// <summary>Figures that can be read, and that no device has.</summary>
    [TestCase("pfn1.0/align", "3")]
    [TestCase("pfn1.0/align", "9223372036854775807")]
    [TestCase("pfn1.0/block/pmem1/size", "18014398509481983")]
    [TestCase("pfn1.0/block/pmem1/size", "9007199254740992")]
    [TestCase("pfn1.0/block/pmem1/size", "0")]
    [TestCase("pfn1.0/block/pmem1/badblocks", "0 9223372036854775807\n1 1")]
    [TestCase("namespace1.0/size", "9223372036854775807")]
    [TestCase("namespace1.0/numa_node", "2147483647")]
    public void NamespaceWithOddFigures_CostsNoOther(string attribute, string value)
    {
        Host.AddFsdax(0);
        Host.AddFsdax(1);
        Host.Write($"sys/devices/ndbus0/region1/{attribute}", $"{value}\n");
        var (status, line, _) = Host.Run(Point, "{}");
        Assert.That(status, Is.Zero, line);
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"));
    }

    [Test]
    public void NamespaceThatCannotBeRead_IsReportedAsVdsmHasIt()
    {
        Host.AddFsdax(0);
        Host.AddFsdax(1);
        Host.Run(Point, "{}");
        Host.Write($"{Host.Pfn(1)}/align", "odd\n");
        const string Own = "{\"namespace1.0\":{\"params\":{\"capability\":\"nvdimm\",\"parent\":\"computer\","
            + "\"device_path\":\"/dev/pmem1\",\"numa_node\":1,\"mode\":\"fsdax\",\"device_size\":5,\"align_size\":6}}}";
        Assert.That(Host.Run(Point, Own).Status, Is.Zero);
        var report = JObject.Parse(Host.ReadPayload());
        Assert.That(report.Properties().Select(property => property.Name), Is.EquivalentTo(new[] { "namespace1.0", "namespace0.0" }));
        Assert.That(JToken.DeepEquals(report["namespace1.0"], JObject.Parse(Own)["namespace1.0"]), Is.True);
    }
}
