using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>The sizer against the real libvirt and QEMU.</summary>
public sealed class ConformanceCheckTests
{
    private static readonly GuestArchitecture[] Architectures = [.. GuestFamily.All.SelectMany(family => family.Architectures)];

    private static readonly ValueList<RecordedLayout> Recorded =
    [
        RecordedOf("namespace0.0", GuestArchitecture.X86_64, uuid: null),
        RecordedOf("namespace1.0", GuestArchitecture.Ppc64Le, Guid.NewGuid()),
    ];

    private static RecordedLayout RecordedOf(string name, GuestArchitecture architecture, Guid? uuid) => new(
        name, "vm1", DeviceLayout.Of(NvdimmSizer.Size(new SizingRequest(architecture, ByteSize.FromMiB(1100)) { Align = Alignment.FromMiB(2) }).Layout!, uuid));

    /// <summary>Every fixed case, and 20 random ones for each architecture.</summary>
    [Test]
    public async Task Run_RealPrograms_Conforms()
    {
        var progress = new Counted();
        var options = new ConformanceOptions { Programs = new HypervisorPrograms { Connection = TestHypervisor.Connection() }, Samples = 10, Seed = 20260, Recorded = Recorded };
        var report = await ConformanceCheck.RunAsync(options, progress);

        Assert.That(report.Mismatches.Select(mismatch => $"{mismatch}"), Is.Empty);
        Assert.That(report.Conforms, Is.True);
        Assert.That(report.Scope, Is.EqualTo(ConformanceScope.LibvirtAndQemu));
        Assert.That(report.Programs.Select(program => program.Name), Is.EqualTo(new[] { "libvirt", "qemu x86_64", "qemu ppc64", "qemu aarch64" }));
        Assert.That(report.NotInstalled, Is.Empty);
        Assert.That(report.Programs.Select(program => program.Version), Is.All.Matches(@"^\d+\.\d+\.\d+$"));
        Assert.That(new[] { "virsh", "libvirt_driver_qemu.so" }, Is.SubsetOf(report.Binaries.Select(binary => Path.GetFileName(binary.Path))));
        Assert.That(report.Groups.Sum(group => group.NotProbed), Is.Zero);
        var alignOnly = report.Groups.Where(group => group.AlignOnly > 0).Select(group => group.Align?.Bytes >> 10);
        Assert.That(alignOnly.Distinct(), Is.EquivalentTo(new long?[] { 48, 3 << 10, 384 << 10 }));
        Assert.That(report.Groups.Where(group => group.Cases != group.Conforming + group.AlignOnly), Is.Empty);
        Assert.That(report.Groups.Select(group => group.Align).Distinct(), Has.Exactly(15).Items);
        Assert.That(report.HotPlugs.SelectMany(plug => plug.Mismatches).Select(mismatch => $"{mismatch}"), Is.Empty);
        Assert.That(report.HotPlugs.Select(plug => plug.Predicted.MemoryBlock.Bytes >> 20).Distinct(), Is.EquivalentTo(new[] { 128, 1024, 2048, 256 }));
        Assert.That(report.HotPlugs.Count(plug => plug.Predicted.ComesOnline), Is.GreaterThan(5));
        Assert.That(report.HotPlugs.Count(plug => !plug.Predicted.ComesOnline && plug.Predicted.Advised is not null), Is.GreaterThan(5));
        Assert.That(report.HotPlugs.Count(plug => plug.Seen is null), Is.GreaterThan(5));
        Assert.That(report.AddressLimits.Where(limit => !limit.IsAsPredicted).Select(limit => limit.Command), Is.Empty);
        Assert.That(report.AddressLimits.GroupBy(limit => limit.Refusal is null).Select(group => group.Count()), Is.EqualTo(new[] { 16, 16 }));
        Assert.That(report.Recorded.Select(device => (device.Recorded, device.IsKept, device.IsProbed)), Is.EqualTo(Recorded.Select(device => (device, true, true))));
        var all = report.Cases + report.Recorded.Count;
        Assert.That(progress.Last, Is.EqualTo(new ConformanceProgress(all, all, 0)));
    }

    [Test]
    public async Task Run_NoConnection_ChecksQemuAlone()
    {
        TestHypervisor.RequireQemu();
        using var scratch = new TemporaryFolder();
        var options = new ConformanceOptions
        {
            Programs = new HypervisorPrograms { ScratchFolder = scratch.Path },
            Architectures = [GuestArchitecture.Ppc64Le],
            Strategies = [SizingStrategy.Ovirt],
            Samples = 0,
            Recorded = [.. Recorded, Recorded[1] with { Layout = Recorded[1].Layout with { LabelOffset = ByteSize.FromMiB(512), BackendSize = ByteSize.FromMiB(640) } }],
        };
        var report = await ConformanceCheck.RunAsync(options);

        Assert.That(report.Recorded.Select(device => (device.IsKept, device.IsProbed)), Is.EqualTo(new[] { (true, false), (true, true), (false, true) }));
        Assert.That((report.Conforms, report.Shifted.Single()), Is.EqualTo((false, report.Recorded[2])));

        Assert.That(report.Mismatches.Select(mismatch => $"{mismatch}"), Is.Empty);
        Assert.That(report.Scope, Is.EqualTo(ConformanceScope.QemuAlone));
        Assert.That(report.Programs.Select(program => program.Program), Is.EqualTo(new[] { "qemu-system-ppc64" }));
        var refusedByLibvirt = ConformanceCases.Of(options).Select(request => NvdimmSizer.Size(request))
            .Concat(ConformanceCases.WithoutAlign(options).Select(given => NvdimmSizer.Keep(given.Request, given.TargetSize, alignSize: null)))
            .Count(sized => sized is { TargetSize: not null, BackendSize: null });
        Assert.That(report.Groups.Sum(group => group.NotProbed), Is.EqualTo(refusedByLibvirt).And.GreaterThan(0));
        Assert.That(Directory.EnumerateFileSystemEntries(scratch.Path), Is.Empty);
    }

    /// <summary>That a wrong sizer is found out: every prediction is off by the hot-plug block.</summary>
    [Test]
    public async Task Run_WrongPredictions_AreMismatches()
    {
        TestHypervisor.RequireQemu();
        var options = new ConformanceOptions { Architectures = [GuestArchitecture.X86_64], Strategies = [SizingStrategy.Largest], Samples = 0 };
        var progress = new Counted();
        var report = await ConformanceCheck.RunAsync(options, Predictions.OfTheCore with { Layout = Wrong, IsBehindAddresses = _ => false }, progress, CancellationToken.None);

        var started = ConformanceCases.Of(options).Count(request => !NvdimmSizer.Size(request).IsRefused);
        Assert.That(report.Conforms, Is.False);
        Assert.That(report.Mismatches, Has.Count.EqualTo(started));
        Assert.That(report.Mismatches.Select(mismatch => mismatch.Step), Is.All.EqualTo(ConformanceStep.GuestSize));
        Assert.That(report.Mismatches.Where(mismatch => mismatch.Seen != NvdimmSizer.Size(mismatch.Sized.Request).Layout?.GuestSize), Is.Empty);
        Assert.That(report.Groups.Sum(group => group.Mismatches), Is.EqualTo(started));
        var unpredicted = report.AddressLimits.Where(limit => !limit.IsAsPredicted).ToArray();
        Assert.That(unpredicted.Select(limit => limit.Refusal), Is.All.Contains("phys-bits too low").And.Exactly(16).Items);
        Assert.That(progress.Last.Mismatches, Is.EqualTo(started + unpredicted.Length));
        Assert.That(report.MismatchedCases, Is.EqualTo(started + unpredicted.Length));
    }

    [TestCaseSource(nameof(Architectures))]
    public void Cases_OneSeed_AreAlwaysTheSame(GuestArchitecture architecture)
    {
        var options = new ConformanceOptions { Architectures = [architecture], Samples = 200, Seed = 3 };
        var cases = ConformanceCases.Of(options);
        Assert.That(ConformanceCases.Of(options), Is.EqualTo(cases));
        Assert.That(ConformanceCases.Of(options with { Seed = 4 }), Is.Not.EqualTo(cases));
        Assert.That(cases, Is.Unique.And.SupersetOf(ConformanceCases.Of(options with { Samples = 0 })));
        Assert.That(cases, Has.Count.EqualTo(ConformanceCases.Of(options with { Samples = 0 }).Count + (2 * 200)));
        Assert.That(cases.Select(request => request.DeviceSize.Bytes % 512), Is.All.Zero);
        Assert.That(cases.Select(request => request.DeviceSize.Bytes), Is.All.Positive);
        Assert.That(cases.Select(request => request.Strategy).Distinct().Count(), Is.EqualTo(2));
    }

    /// <summary>QEMU needs minutes for them on a busy machine: they are there, but once.</summary>
    [TestCaseSource(nameof(Architectures))]
    public void Cases_LargeDevicesOfPowerGuests_AreRare(GuestArchitecture architecture)
    {
        var cases = ConformanceCases.Of(new ConformanceOptions { Architectures = [architecture], Samples = 100 });
        var large = cases.Where(request => request.DeviceSize > ByteSize.FromGiB(16)).ToList();
        Assert.That(large.Select(request => request.DeviceSize.Bytes >> 30).Distinct(), Is.EqualTo(new[] { 126, 512 }));
        Assert.That(large, Has.Count.EqualTo(architecture.Family == GuestFamily.Power ? 2 : 4));
        Assert.That(cases.Where(request => ConformanceCases.IsSlow(request)), Is.EqualTo(architecture.Family == GuestFamily.Power ? large : []));
    }

    [Test]
    public void Run_OptionsOutOfRange_Throws()
    {
        Assert.That(() => ConformanceCheck.RunAsync(new ConformanceOptions { Samples = -1 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => ConformanceCheck.RunAsync(new ConformanceOptions { Parallelism = 0 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => ConformanceCheck.RunAsync(new ConformanceOptions { Strategies = [] }), Throws.InstanceOf<ArgumentException>());
        Assert.That(
            () => ConformanceCheck.RunAsync(new ConformanceOptions { Programs = new HypervisorPrograms { TimeLimit = TimeSpan.Zero } }),
            Throws.InstanceOf<ArgumentException>());
        Assert.That(
            () => ConformanceCheck.RunAsync(new ConformanceOptions { Architectures = [GuestArchitecture.FromName("s390x")] }),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("s390x"));
    }

    private static SizingResult Wrong(SizingRequest request)
    {
        var sized = NvdimmSizer.Size(request);
        return sized.Layout is { } layout ? sized.Tampered("Guest", layout.GuestSize + ByteSize.FromMiB(128)) : sized;
    }

    private sealed class Counted : IProgress<ConformanceProgress>
    {
        private readonly Lock access = new();

        public ConformanceProgress Last { get; private set; }

        public void Report(ConformanceProgress value)
        {
            lock (access)
            {
                Last = value.Done > Last.Done ? value : Last;
            }
        }
    }
}
