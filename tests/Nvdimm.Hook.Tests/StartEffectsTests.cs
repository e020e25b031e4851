using System.Text.RegularExpressions;
using Nvdimm.Extensions;

namespace Nvdimm.Hook.Tests;

/// <summary>What a start changes and says, what one that fails leaves behind, and what an administrator's word allows.</summary>
public sealed class StartEffectsTests
{
    private const string Point = "before_vm_start";
    private HookHost host = null!;

    [SetUp]
    public void SetUp() => host = new HookHost();

    [TearDown]
    public void TearDown() => host.Dispose();

    [Test]
    public void Simulation_SaysAndChangesNothing()
    {
        host.AddFsdax(0);
        host.Configure("simulate = yes");
        var (status, line, codes) = host.Run(Point, host.Domain("engine-one.xml"));
        Assert.That((status, codes.Contains(NvdimmCodes.HypervisorNotVerified)), Is.EqualTo((0, true)));
        Assert.That(line, Does.Contain("simulation, would fail"));
        Assert.That(Directory.GetFiles(host.State, "uuid-*.json", SearchOption.AllDirectories), Is.Empty);
        host.Configure("unverified-hypervisor = warn");
        Assert.That(host.Run(Point, host.Domain("engine-one.xml"), "--simulate").Line, Does.Contain("simulation: "));
        Assert.That(Directory.GetFiles(host.State, "uuid-*.json", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Simulation_MakesNothing_AndLeavesClaimsAlone()
    {
        host.AddFsdax(0);
        var domain = host.Domain("engine-other-size.xml");
        var (status, line, _) = host.Run(Point, domain, "--simulate");
        Assert.That(
            (status, Directory.EnumerateFileSystemEntries(host.State).Count(entry => !Path.GetFileName(entry).StartsWith("host-", StringComparison.Ordinal))),
            Is.EqualTo((0, 0)),
            line);

        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        var before = Snapshot();
        (status, line, _) = host.Run(Point, domain, "--simulate");
        Assert.That((status, Snapshot(), File.ReadAllText(host.Payload)), Is.EqualTo((0, before, domain)), line);
        Assert.That(line, Does.Contain("simulation, would change the payload: ").And.Contain("size 941621248 in place of 807403520"));

        host.Environment["vmId"] = "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
        Assert.That(host.Run(Point, domain, "--simulate").Line, Does.Contain("simulation, would fail").And.Contain(NvdimmCodes.ClaimHeld));
        Assert.That(Snapshot(), Is.EqualTo(before));

        string Snapshot() => string.Join('\n', Directory.EnumerateFiles(host.State, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => new FileInfo(file)).Select(file => $"{file} {file.LastWriteTimeUtc:O} {file.LinkTarget ?? File.ReadAllText(file.FullName)}"));
    }

    /// <summary>The DIMM lost power while the VM ran: the next start says so, and the one after that does not.</summary>
    [Test]
    public void PowerLoss_SinceTheLastUse_IsSaidOnce()
    {
        host.AddFsdax(0);
        var bus = Path.Combine(host.Root, "sys", "devices", "ndbus0");
        File.WriteAllText(Path.Combine(bus, "region0", "mappings"), "1\n");
        File.WriteAllText(Path.Combine(bus, "region0", "mapping0"), "nmem0,0,1073741824,0\n");
        var counter = Path.Combine(Directory.CreateDirectory(Path.Combine(bus, "nmem0", "nfit")).FullName, "dirty_shutdown");
        File.WriteAllText(counter, "4\n");
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Codes, Does.Not.Contain(NvdimmCodes.DirtyShutdown));
        File.WriteAllText(counter, "5\n");
        var (status, line, codes) = host.Run(Point, host.Domain("engine-one.xml"));
        Assert.That((status, codes.Contains(NvdimmCodes.DirtyShutdown)), Is.EqualTo((0, true)), line);
        Assert.That(line, Does.Contain("dirty shutdowns: 4 then, 5 now"));
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Codes, Does.Not.Contain(NvdimmCodes.DirtyShutdown));
    }

    [Test]
    public void SimulationOfTheSameDeviceTwice_SaysSo()
    {
        host.AddFsdax(0);
        var domain = Regex.Replace(host.Domain("engine-one.xml"), "<memory model=.*</memory>", "$0$0", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.That(host.Run(Point, domain, "--simulate").Line, Does.Contain("simulation, would fail").And.Contain(NvdimmCodes.XmlDeviceTwice).And.Not.Contain(NvdimmCodes.ClaimHeld));
    }

    [Test]
    public void WhatIsCorrected_IsSaid()
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        var (status, line, codes) = host.Run(Point, Smaller());
        Assert.That((status, codes.Contains(NvdimmCodes.HookLayoutKept), codes.Contains(NvdimmCodes.HookDomainCorrected)), Is.EqualTo((0, true, true)), line);
        Assert.That(line, Does.Contain($"{host.Device(0)} gets size 941621248 in place of 807403520"));
        Assert.That(host.ReadPayload(), Does.Contain(">919552<"));
    }

    /// <summary>No file name has more than 255 bytes, so there is none for the new text.</summary>
    [Test]
    public void PayloadThatCannotBeReplaced_RecordsAndClaimsNothing()
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        var record = host.Ledger.List().Records.Single();
        host.Claims.Release(host.Claims.Find(record.Identity).Claim!);
        var domain = Smaller();
        host.PayloadName = new string('p', 250);
        var (status, line, _) = host.Run(Point, domain);
        Assert.That((status, File.ReadAllText(host.Payload)), Is.EqualTo((ExitStatus.Refused, domain)), line);
        Assert.That(host.Ledger.List().Records.Single(), Is.EqualTo(record));
        Assert.That(host.Claims.Find(record.Identity).Claim, Is.Null);

        host.PayloadName = "payload";
        Assert.That(host.Run(Point, domain).Status, Is.Zero);
    }

    /// <summary>The engine's domain with a size that is 128 MiB smaller.</summary>
    private string Smaller() => host.Domain("engine-one.xml").Replace(">919552<", ">788480<", StringComparison.Ordinal);

    [Test]
    public void RecordThatCannotBeWritten_StopsTheStart_AndGivesTheClaimBack()
    {
        host.AddFsdax(0);
        var inTheWay = Directory.CreateDirectory(Path.Combine(host.State, "in-the-way.nvdimm-tmp"));
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.EqualTo(ExitStatus.Refused));
        Assert.That(Directory.EnumerateFiles(host.State, "uuid-*", SearchOption.AllDirectories), Is.Empty);

        inTheWay.Delete();
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void OtherDeviceUnderAKnownName_Starts_WhereAnAdministratorHasSaidSo(bool byProperty)
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        host.Write($"{host.Pfn(0)}/uuid", $"{HookHost.Uuid(7):D}\n");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.IdentityChanged);
        if (byProperty)
        {
            host.Environment["nvdimm"] = HookHost.Uuid(7).ToString("D");
        }
        else
        {
            host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{HookHost.Uuid(7):D}");
        }

        var (status, line, _) = host.Run(Point, host.Domain("engine-one.xml"));
        Assert.That(status, Is.Zero, line);
    }

    /// <summary>The report's advice is followed for the device that has the name now; the VM's own one is there, and only has another name.</summary>
    [Test]
    public void AcceptedName_ReplacesNoDeviceThatTheHostShows()
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        host.Claims.Release(host.Claims.Find(host.Ledger.List().Records.Single().Identity).Claim!);
        host.Write($"{host.Pfn(0)}/uuid", $"{HookHost.Uuid(7):D}\n");
        host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", "00000007-82b6-40ad-8962-6f0412bab47d\n");
        host.AddFsdax(1, uuid: HookHost.Uuid(0));
        host.Write("sys/devices/ndbus0/region1/namespace1.0/uuid", "00000000-82b6-40ad-8962-6f0412bab47d\n");
        host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{HookHost.Uuid(7):D}");
        var line = host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.SilentlyDetached, NvdimmCodes.DeviceRenamed);
        Assert.That(line, Does.Contain("detach namespace0.0 from pmem-vm and attach namespace1.0 to it"));
        Assert.That(host.Ledger.List().Records.Single().ReplacedBy, Is.Null);

        var (status, said, _) = host.Run(Point, host.Domain("engine-one.xml").Replace("/dev/pmem0", "/dev/pmem1", StringComparison.Ordinal));
        Assert.That(status, Is.Zero, said);
    }

    /// <summary>What cannot be read is never "nothing there": the VM starts, and a warning says what is not known (trials/attacks.md L4).</summary>
    [Test]
    public void LeftOut_WhereARecordCannotBeRead_StartsWithAWarning()
    {
        host.AddFsdax(0);
        host.Run(Point, host.Domain("engine-one.xml"));
        var record = Directory.GetFiles(host.State, "uuid-*.json").Single();
        File.Delete(record);
        Directory.CreateDirectory(record);
        var (status, line, codes) = host.Run(Point, host.Domain("engine-without.xml"));
        Assert.That((status, codes.Single()), Is.EqualTo((0, NvdimmCodes.ExpectedNvdimmsUnknown)));
        Assert.That(line, Does.Contain(record));
    }

    [TestCase(",")]
    [TestCase(" , ")]
    public void PropertyWithoutWords_SaysNothing_AndTheLedgerCounts(string property)
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        host.Environment["nvdimm"] = property;
        host.AssertRefused(Point, host.Domain("engine-without.xml"), NvdimmCodes.SilentlyDetached);
    }

    [Test]
    public void DomainWithoutAcpi_StopsTheStart_SinceQemuWouldNotStart()
    {
        host.AddFsdax(0);
        host.AssertRefused(Point, host.Domain("engine-one.xml").Replace("<acpi></acpi>", "", StringComparison.Ordinal), NvdimmCodes.XmlNoAcpi);
    }
}
