using System.Text.RegularExpressions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary><c>nvdimm doctor</c>.</summary>
public sealed class DoctorCommandTests
{
    private TestHost host = null!;

    [SetUp]
    public void MakeHost()
    {
        host = new TestHost();
        host.ShowInSysfs();
    }

    [TearDown]
    public void RemoveHost() => host.Dispose();

    [Test]
    public async Task HostWithoutDomains_IsFine()
    {
        var run = await Run(domains: []);
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Output, Does.StartWith("The data is safe.\n").And.Contain("namespace0.0"));
    }

    [Test]
    public async Task UnguardedDomain_IsAdvice_WithTheCommandThatMendsIt()
    {
        var run = await Run([new KnownDomain(Domain(395264))]);
        run.AssertStatus(ExitStatus.Advice);
        Assert.That(run.Output, Does.StartWith("No data is at risk, but something should be done.\n").And.Contain(NvdimmCodes.HookNotInstalled).And.Contain("  nvdimm host install --for libvirt\n")
            .And.Contain("  nvdimm verify --connect qemu:///system --record\n").And.Contain("database\tshut off\tnamespace0.0\tas asked\t"));
    }

    [Test]
    public async Task DomainThatMovesTheLayout_IsDataAtRisk_WhereNobodyGuardsIt()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(ExitStatus.Good);
        var run = await Run([new KnownDomain(Domain(264192))], "--json");
        run.AssertStatus(ExitStatus.Refused);
        var worst = run.Json["diagnoses"]![0]!;
        Assert.That(((string?)worst["level"], (string?)worst["code"]), Is.EqualTo(("data-at-risk", NvdimmCodes.DomainMovesLayout)), run.Output);
        Assert.That((string?)worst["remedy"], Is.EqualTo($"nvdimm memdev {host.Device.Uuid:D} --guest-node 0 --arch x86_64 --format xml"));
        Assert.That((string?)run.Json["domains"]![0]!["devices"]![0]!["nextStart"], Is.EqualTo("another layout"));
    }

    [Test]
    public async Task ManagedSave_IsDataAtRisk_AndASnapshotAdvice()
    {
        var run = await Run([new KnownDomain(Domain(395264)) { HasManagedSave = true, MemorySnapshots = ["before update"] }]);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.StartWith("Data is at risk.\n").And.Contain(NvdimmCodes.SaveOverwrites).And.Contain("  virsh managedsave-remove database\n")
            .And.Contain(NvdimmCodes.SnapshotOverwrites).And.Contain("  virsh snapshot-delete database 'before update'\n"));
    }

    /// <summary>A running domain has its own claim; another VM's is what destroys data.</summary>
    [TestCase("database", ExpectedResult = ExitStatus.Advice)]
    [TestCase("other", ExpectedResult = ExitStatus.Refused)]
    public async Task<int> RunningDomain_WhoseDeviceIsClaimed(string holder)
    {
        var claim = ClaimHolder.OfProcess(holder, "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10", Environment.ProcessId);
        Assert.That(host.Claims.TryClaim(DeviceIdentity.Of(host.Device), host.Device.Name, claim).Claim, Is.Not.Null);
        var run = await Run([new KnownDomain(Domain(395264)) { IsRunning = true }]);
        Assert.That(run.Output, holder == "other" ? Does.Contain(NvdimmCodes.ClaimHeld) : Does.Not.Contain(NvdimmCodes.ClaimHeld));
        return run.Status;
    }

    /// <summary>A running domain has its own QEMU; that of another VM is what destroys data.</summary>
    [TestCase("database", ExpectedResult = ExitStatus.Advice)]
    [TestCase("database, which is running", ExpectedResult = ExitStatus.Refused)]
    [TestCase("other", ExpectedResult = ExitStatus.Refused)]
    public async Task<int> RunningDomain_WhoseDeviceAQemuHas(string name)
    {
        using var qemu = new FakeQemu(host.PathOf(), name, "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10", host.Device.Path!);
        var run = await Run([new KnownDomain(Domain(395264)) { IsRunning = true }]);
        Assert.That(run.Output, name == "database" ? Does.Not.Contain(NvdimmCodes.UsedByOtherVm) : Does.Contain(NvdimmCodes.UsedByOtherVm));
        return run.Status;
    }

    [Test]
    public async Task DeviceThatWasPluggedIn_IsAdvice_AndAtRiskWhereItIsAnothersOrMoved()
    {
        var definition = Regex.Replace(Domain(395264), "<memory model=.*</memory>", "", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        KnownDomain Running(long targetKiB) => new(definition) { IsRunning = true, RunningXml = Domain(targetKiB) };
        var plugged = await Run([Running(395264)]);
        plugged.AssertStatus(ExitStatus.Advice);
        Assert.That(plugged.Output, Does.Contain("database: namespace0.0 was plugged into database while it ran").And.Contain(NvdimmCodes.PluggedIn));
        (await Run([new KnownDomain(Domain(395264)) { IsRunning = true, RunningXml = Domain(395264) }])).AssertStatus(ExitStatus.Advice);

        var claim = ClaimHolder.OfProcess("another", "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10", Environment.ProcessId);
        Assert.That(host.Claims.TryClaim(DeviceIdentity.Of(host.Device), host.Device.Name, claim).Claim, Is.Not.Null);
        var others = await Run([Running(395264)], "--json");
        others.AssertStatus(ExitStatus.Refused);
        Assert.That(
            others.Json["diagnoses"]!.Select(said => ((string?)said["level"], (string?)said["code"])),
            Does.Contain(("data-at-risk", NvdimmCodes.ClaimHeld)),
            others.Output);
    }

    [Test]
    public async Task TwoDomainsWithOneDevice_AreDataAtRisk()
    {
        var other = Domain(395264).Replace("database", "copy", StringComparison.Ordinal).Replace("5b0a7c1e", "6b0a7c1e", StringComparison.Ordinal);
        var run = await Run([new KnownDomain(Domain(395264)), new KnownDomain(other)]);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.Contain("database: namespace0.0 belongs to copy too").And.Contain("copy: namespace0.0 belongs to database too"));
    }

    /// <summary>What cannot be read is not safe.</summary>
    [Test]
    public async Task DomainThatCannotBeRead_IsDataAtRisk()
    {
        var run = await Run([new KnownDomain(Domain(395264).Replace("</domain>", "", StringComparison.Ordinal))]);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.Contain("a domain: ").And.Contain(NvdimmCodes.XmlMalformed));
    }

    [Test]
    public async Task DeviceThatADomainNamesTwice_IsDataAtRisk()
    {
        var domain = Regex.Replace(Domain(395264), "<memory model=.*</memory>", "$0$0", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        var run = await Run([new KnownDomain(domain)], "--json");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Json["diagnoses"]!.Where(said => (string?)said["code"] == NvdimmCodes.XmlDeviceTwice).Select(said => (string?)said["level"]).Distinct(), Is.EqualTo(new[] { "data-at-risk" }));
    }

    /// <summary>A folder that leads to itself stands for any that cannot be looked into.</summary>
    [Test]
    public async Task HooksThatCannotBeLookedAt_LeaveItOpen()
    {
        Directory.CreateDirectory(host.PathOf("etc", "libvirt", "hooks"));
        var folder = host.PathOf("etc", "libvirt", "hooks", "qemu.d");
        File.CreateSymbolicLink(folder, folder);
        var run = await Run([]);
        run.AssertStatus(ExitStatus.Failed);
        Assert.That(run.Output, Does.Contain("qemu.d").And.Contain("namespace0.0"), "the rest is examined");
    }

    [Test]
    public async Task FailingDimm_IsDataAtRisk()
    {
        var failed = Finding.Error(NvdimmCodes.DimmHealth, ("dimm", "nmem0"), ("health", "fatal"));
        host.Device = host.Device.With(failed);
        var run = await Run([]);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.Contain(NvdimmCodes.DimmHealth));
    }

    [Test]
    public async Task LibvirtThatCannotBeAsked_LeavesItOpen()
    {
        var run = await Run(_ => throw new InvalidOperationException(), isFailing: true);
        run.AssertStatus(ExitStatus.Failed);
        Assert.That(run.Output, Does.Contain("is not known").And.Contain("no-such-program"));
    }

    private string Domain(long targetKiB) => $"""
        <domain type="kvm"><name>database</name><uuid>5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10</uuid><memory>262144</memory>
        <maxMemory slots="16">4194304</maxMemory><vcpu>1</vcpu><os><type arch="x86_64" machine="q35">hvm</type></os><features><acpi/></features>
        <cpu><numa><cell id="0" cpus="0" memory="262144"/></numa></cpu><devices>
        <memory model="nvdimm" access="shared"><source><path>{host.Device.Path}</path><alignsize unit="KiB">2048</alignsize></source>
        <target><size unit="KiB">{targetKiB}</size><node>0</node><label><size unit="KiB">128</size></label></target></memory>
        </devices></domain>
        """;

    private Task<ToolRun> Run(ValueList<KnownDomain> domains, params string[] more) => Run(_ => domains, isFailing: false, more);

    private async Task<ToolRun> Run(Func<string, ValueList<KnownDomain>> domains, bool isFailing, params string[] more)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new ToolEnvironment(Stream.Null, output, error, () => NSubstitute.Substitute.For<INdctlRunner>())
        {
            Root = host.PathOf(),
            Architecture = GuestArchitecture.X86_64,
            ListWithHealth = _ => Task.FromResult(new NdctlListing
            {
                Devices = [host.Device],
                Findings = [],
                Shape = NdctlListingShape.Namespaces,
                IsComplete = true,
            }),
            Domains = isFailing
                ? (connection, cancellationToken) => new LibvirtDomains(connection, "no-such-program").ReadAsync(cancellationToken)
                : (connection, _) => Task.FromResult(domains(connection)),
        };
        var status = await new NvdimmTool(environment).RunAsync(["doctor", "--state-folder", host.State, .. more]);
        return new ToolRun(status, output.ToString(), error.ToString());
    }
}
