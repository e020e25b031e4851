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
        Assert.That((status, Directory.EnumerateFileSystemEntries(host.State)), Is.EqualTo((0, Array.Empty<string>())), line);

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

    [Test]
    public void SimulationOfTheSameDeviceTwice_SaysSo()
    {
        host.AddFsdax(0);
        var domain = Regex.Replace(host.Domain("engine-one.xml"), "<memory model=.*</memory>", "$0$0", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.That(host.Run(Point, domain, "--simulate").Line, Does.Contain("simulation, would fail").And.Contain(NvdimmCodes.ClaimHeld));
    }

    [Test]
    public void WhatIsCorrected_IsSaid()
    {
        host.AddFsdax(0);
        var domain = host.Domain("engine-one.xml")
            .Replace(" access=\"shared\"", "", StringComparison.Ordinal)
            .Replace("<alignsize unit=\"KiB\">2048</alignsize><pmem></pmem>", "", StringComparison.Ordinal)
            .Replace("<node>0</node>", "", StringComparison.Ordinal)
            .Replace(">9308160<", ">2097152<", StringComparison.Ordinal);
        var (status, line, codes) = host.Run(Point, domain);
        Assert.That((status, codes.Contains(NvdimmCodes.HookDomainCorrected)), Is.EqualTo((0, true)), line);
        Assert.That(line, Does.Contain($"{host.Device(0)} gets alignsize 2097152, node 0, access shared, pmem yes; maxMemory becomes "));
        Assert.That(line, Does.Contain(" in place of 2147483648."));
        Assert.That(host.ReadPayload(), Does.Contain("access=\"shared\"").And.Contain("<pmem"));
    }

    [Test]
    public void PayloadThatCannotBeReplaced_RecordsAndClaimsNothing()
    {
        host.AddFsdax(0);
        var domain = host.Domain("engine-one.xml").Replace(" access=\"shared\"", "", StringComparison.Ordinal);
        var inTheWay = Directory.CreateDirectory($"{host.Payload}.nvdimm-{Environment.ProcessId}");
        var (status, line, _) = host.Run(Point, domain);
        Assert.That((status, File.ReadAllText(host.Payload)), Is.EqualTo((ExitStatus.Refused, domain)), line);
        Assert.That(Directory.EnumerateFiles(host.State, "uuid-*", SearchOption.AllDirectories), Is.Empty);

        inTheWay.Delete();
        Assert.That(host.Run(Point, domain).Status, Is.Zero);
    }

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
    public void DomainWithoutAcpi_IsWarnedOf()
    {
        host.AddFsdax(0);
        var (status, line, codes) = host.Run(Point, host.Domain("engine-one.xml").Replace("<acpi></acpi>", "", StringComparison.Ordinal));
        Assert.That((status, codes.Contains(NvdimmCodes.XmlNoAcpi)), Is.EqualTo((0, true)), line);
    }
}
