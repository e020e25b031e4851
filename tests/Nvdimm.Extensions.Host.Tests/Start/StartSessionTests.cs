using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What a start claims, records and undoes, beyond what it decides about one device (<see cref="StartSessionTableTests"/>).</summary>
public sealed class StartSessionTests
{
    private static readonly StartVm Vm = new("db", "1");

    private TemporaryFolder folder = null!;
    private FixedTime time = null!;
    private StartEvidenceReader reader = null!;

    [SetUp]
    public void MakeHost()
    {
        folder = new TemporaryFolder();
        folder.WriteMounts();
        folder.Write("sys/bus/nd/devices/.keep", "");
        StateFolders.Made(folder.PathOf("state"));
        time = new FixedTime();
        reader = new StartEvidenceReader(folder.PathOf("state"), time, folder.Path);
    }

    [TearDown]
    public void RemoveHost() => folder.Dispose();

    [Test]
    public void Begin_ClaimsEveryDevice_AndRecordsNothingYet()
    {
        NvdimmDevice[] devices = [Device(0), Device(1)];
        var session = Begin(Request(devices));
        Assert.That(session.IsAllowed, Is.True, Said(session));
        Assert.That(session.Decisions.Select(decision => decision.Evidence.Device), Is.EqualTo(devices), "in the order of the domain");
        Assert.That(devices.Select(IsClaimed), Is.All.True);
        Assert.That(reader.Ledger.List().Records, Is.Empty);
        Assert.That(session.RollBack(), Is.Empty);
        Assert.That(devices.Select(IsClaimed), Is.All.False);
    }

    /// <summary>A folder that was lost would make every device look new: nothing is claimed, and the caller's own findings stay.</summary>
    [Test]
    public void Begin_OfAStateFolderThatIsMissing_SaysSoBesideTheCallersFindings()
    {
        Directory.Delete(folder.PathOf("state"), recursive: true);
        var session = Begin(Request([Device(0)]) with { Findings = [Hint] });
        Assert.That(Codes(session), Is.EqualTo(new[] { Hint.Code, NvdimmCodes.StateFolderMissing }));
        Assert.That((session.IsAllowed, session.Decisions.Count), Is.EqualTo((false, 0)));
        Assert.That(Directory.Exists(folder.PathOf("state")), Is.False);
    }

    [Test]
    public void Begin_OfADomainThatCannotBeRead_KeepsTheCallersFindings()
    {
        var session = Begin(Request([Device(0)]) with { DomainXml = "<domain>", Findings = [Hint] });
        Assert.That(Codes(session), Is.EqualTo(new[] { Hint.Code, NvdimmCodes.XmlMalformed }));
        Assert.That(IsClaimed(Device(0)), Is.False);
    }

    [Test]
    public void Simulation_DecidesTheSame_AndClaimsNothing()
    {
        var session = Begin(Request([Device(0)]) with { IsSimulation = true });
        Assert.That(IsClaimed(Device(0)), Is.False);
        var real = Begin(Request([Device(0)]));
        Assert.That(
            (session.DomainXml, session.Findings, session.Decisions.Single().Outcome),
            Is.EqualTo((real.DomainXml, real.Findings, real.Decisions.Single().Outcome)));
        Assert.That((session.IsAllowed, IsClaimed(Device(0))), Is.EqualTo((true, true)), Said(session));
        real.RollBack();
        var other = reader.Claims.TryClaim(DeviceIdentity.Of(Device(0)), "namespace0.0", Holder).Claim!;
        Begin(Request([Device(0)]) with { IsSimulation = true }).RollBack();
        Assert.That(reader.Claims.IsHeld(other), Is.True, "it releases nothing either");
    }

    /// <summary>The device of the refused one is released, and so is the other.</summary>
    [Test]
    public void Refused_ReleasesEveryClaim_AndKeepsTheDecisions()
    {
        var session = Begin(Request([Device(0), Device(1).With(Finding.Error(NvdimmCodes.Unusable, ("device", "namespace1.0"), ("mode", "sector")))]));
        Assert.That((session.IsAllowed, session.Domain, session.DomainXml), Is.EqualTo((false, (Domain?)null, (string?)null)));
        Assert.That(session.Decisions.Select(decision => decision.IsAllowed), Is.EqualTo(new[] { true, false }));
        Assert.That(Codes(session), Does.Contain(NvdimmCodes.Unusable));
        Assert.That((IsClaimed(Device(0)), IsClaimed(Device(1))), Is.EqualTo((false, false)));
        Assert.That(session.Record, Throws.InvalidOperationException.With.Message.EqualTo("A refused start records nothing"));
        Assert.That(reader.Ledger.List().Records, Is.Empty);
    }

    /// <summary>Whatever fails while it decides: no claim is left over.</summary>
    [Test]
    public void Failure_ReleasesEveryClaim()
    {
        reader = new StartEvidenceReader(folder.PathOf("state"), time, folder.Path) { UseReader = new Failing() };
        Assert.That(() => Begin(Request([Device(0), Device(1)])), Throws.TypeOf<NotSupportedException>());
        Assert.That((IsClaimed(Device(0)), IsClaimed(Device(1))), Is.EqualTo((false, false)));
    }

    [Test]
    public void DeviceThatAnotherVmHasClaimed_IsNotLookedAt()
    {
        reader = new StartEvidenceReader(folder.PathOf("state"), time, folder.Path) { UseReader = new Failing() };
        reader.Claims.TryClaim(DeviceIdentity.Of(Device(0)), "namespace0.0", ClaimHolder.OfProcess("other", "2", Environment.ProcessId));
        var session = Begin(Request([Device(0)]));
        Assert.That(Codes(session), Is.EqualTo(new[] { NvdimmCodes.ClaimHeld }));
        Assert.That((session.Decisions.Count, IsClaimed(Device(0))), Is.EqualTo((0, true)));
    }

    [Test]
    public void ElementWithoutDevice_IsSaidByItsPath_OrAsTheCallerSays()
    {
        var request = Request([Device(0)]);
        var subject = request.Subjects.Single() with { Device = null };
        Assert.That(InFull(Begin(request with { Subjects = [subject] })), Is.EqualTo(new[] { $"NVDIMM_XML_UNMATCHED path={folder.PathOf("dev", "pmem0")}" }));
        var unreadable = Finding.Error(NvdimmCodes.HostUseUnknown, ("device", "pmem0"), ("reason", "no right"));
        Assert.That(
            Begin(request with { Subjects = [subject with { WhyMissing = unreadable }] }).Findings, Is.EqualTo(new[] { unreadable }));
        Assert.That(
            Codes(Begin(request with { Subjects = [subject with { Device = Device(0) with { Path = null } }] })),
            Is.EqualTo(new[] { NvdimmCodes.XmlUnmatched }), "a device without file");
        Assert.That(IsClaimed(Device(0)), Is.False);
    }

    /// <summary>A second path to a device of which no rule of the domain knows: its claim tells.</summary>
    [Test]
    public void DeviceTwice_IsRefused_InTheWordsOfTheDomainOrOfItsClaim()
    {
        var request = Request([Device(0), Device(1)]);
        var again = request.Subjects[1] with { Device = Device(0) };
        var session = Begin(request with { Subjects = [request.Subjects[0], again] });
        Assert.That((session.IsAllowed, Codes(session)), Is.EqualTo((false, (ValueList<string>)[NvdimmCodes.HypervisorNotVerified, NvdimmCodes.ClaimHeld])));
        Assert.That((session.Decisions.Count, IsClaimed(Device(0))), Is.EqualTo((1, false)));

        session = Begin(Request([Device(0), Device(0)]));
        Assert.That((session.IsAllowed, Codes(session)), Is.EqualTo((false, (ValueList<string>)[NvdimmCodes.HypervisorNotVerified, NvdimmCodes.XmlDeviceTwice])));
    }

    [Test]
    public void DeviceWithoutSize_IsRefused()
    {
        var session = Begin(Request([Device(0) with { Size = null }]));
        Assert.That(InFull(session), Is.EqualTo(new[] { "NVDIMM_NDCTL_MISSING_KEY key=size device=namespace0.0" }));
        Assert.That(IsClaimed(Device(0)), Is.False);
    }

    [Test]
    public void Record_WritesWhatIsNew_AndNoUseThatIsRecorded()
    {
        Start(Device(0));
        var first = reader.Ledger.List().Records.Single();
        Assert.That((first.VmName, first.VmId, first.Layout?.GuestSize.Bytes), Is.EqualTo(("db", "1", RowNames.EngineGuest)));
        time.Now = time.Now.AddDays(1);
        Start(Device(0));
        Assert.That(reader.Ledger.List().Records, Is.EqualTo(new[] { first }), "an unchanged use is recorded after the start");
        Start(Device(0), Device(1));
        Assert.That(reader.Ledger.List().Records.Select(record => record.LastUsed), Is.EquivalentTo(new[] { first.LastUsed, time.Now }));
    }

    [Test]
    public void RecordThatCannotBeWritten_ReleasesTheClaims()
    {
        var session = Begin(Request([Device(0)]));
        Directory.CreateDirectory(folder.PathOf("state", $"uuid-{Samples.Uuid(0)}.json"));
        Assert.That(session.Record, Throws.TypeOf<LayoutLedgerException>());
        Assert.That(IsClaimed(Device(0)), Is.False);
    }

    /// <summary>It is no error: why the VM does not start matters more. The other claims are released all the same.</summary>
    [Test]
    public void ClaimThatCannotBeReleased_IsAWarningForEachOfThem()
    {
        var session = Begin(Request([Device(0), Device(1)]));
        Locking.Lock(folder.PathOf("state", "claims"));
        var kept = session.RollBack();
        Assert.That(kept.Select(finding => (finding.Severity, finding.Code)), Is.EqualTo(Enumerable.Repeat((Severity.Warning, NvdimmCodes.ClaimNotReleased), 2)));
        Assert.That(kept.Select(finding => finding["device"]), Is.EqualTo(new[] { Samples.Identity(0).Key, Samples.Identity(1).Key }));
        Assert.That(kept.Select(finding => finding["reason"]), Is.All.Contain(".lock"));
    }

    [Test]
    public void RefusedSession_SaysWhichClaimsStay()
    {
        reader = new StartEvidenceReader(folder.PathOf("state"), time, folder.Path) { UseReader = new Locking(folder.PathOf("state", "claims")) };
        var session = Begin(Request([Device(0)]));
        Assert.That(Codes(session), Is.EqualTo(new[] { NvdimmCodes.InUseByHost, NvdimmCodes.HypervisorNotVerified, NvdimmCodes.ClaimNotReleased }));
    }

    /// <summary>A virtio-pmem device is claimed, decided and recorded beside the NVDIMMs, without a label.</summary>
    [Test]
    public void VirtioPmem_IsStartedBesideTheNvdimms()
    {
        var request = Request([Device(0)]);
        var use = new DomainDeviceUse
        {
            Kind = DomainUseKind.VirtioPmem,
            Path = Device(1).Path!,
            Description = "virtio-pmem 1",
            IsMemory = true,
            Size = ByteSize.FromMiB(1024),
        };
        var session = Begin(request with { Pmems = [new StartPmem(use, Device(1))] });
        Assert.That(session.Decisions.Select(decision => decision.Evidence.Asked.IsVirtioPmem), Is.EqualTo(new[] { false, true }), Said(session));
        session.Record();
        var record = reader.Ledger.Find(Samples.Identity(1)).Record;
        Assert.That((record?.Layout?.LabelSize, record?.Layout?.GuestSize), Is.EqualTo(((ByteSize?)ByteSize.Zero, (ByteSize?)ByteSize.FromMiB(1024))));
        Assert.That(IsClaimed(Device(1)), Is.True);

        session.RollBack();
        session = Begin(request with { Pmems = [new StartPmem(use, Device(1))], Expectation = new StartExpectation() });
        Assert.That(session.IsAllowed, Is.True, "an expected device may be a virtio-pmem device: " + Said(session));
        session.RollBack();
        session = Begin(request with { Pmems = [new StartPmem(use, Device(1) with { Size = null })] });
        Assert.That(InFull(session), Is.EqualTo(new[] { "NVDIMM_NDCTL_MISSING_KEY key=size device=namespace1.0" }));
    }

    [Test]
    public void ExpectedDevice_ThatTheDomainLacks_IsRefused()
    {
        Start(Device(0), Device(1));
        var request = Request([Device(0)]) with { Expectation = new StartExpectation() };
        var session = Begin(request);
        Assert.That(InFull(session), Is.EqualTo(new[] { "NVDIMM_SILENTLY_DETACHED vm=db device=namespace1.0" }));
        Assert.That(IsClaimed(Device(0)), Is.False);
        Assert.That(Begin(request with { Expectation = null }).IsAllowed, Is.True, "the caller knows that the domain is complete");
    }

    /// <summary>What is accepted in place of an old device is recorded as its successor, in one step with the use.</summary>
    [Test]
    public void AcceptedDevice_IsRecordedInPlaceOfTheOldOne()
    {
        Start(Device(0));
        var other = Device(0) with { Uuid = Samples.Uuid(7) };
        var accepted = new Dictionary<string, Guid>(StringComparer.Ordinal) { ["namespace0.0"] = Samples.Uuid(7) };
        var session = Begin(Request([other]) with { Expectation = new StartExpectation { AcceptedNames = accepted } });
        Assert.That(session.IsAllowed, Is.True, Said(session));
        session.Record();
        Assert.That(reader.Ledger.Find(Samples.Identity(0)).Record?.ReplacedBy, Is.EqualTo(Samples.Identity(7)));
    }

    /// <summary>The namespaces are asked for names only: what hinders the start is said of each device.</summary>
    [Test]
    public void ExpectedDevice_OfAHostWhoseNamespacesCannotBeListed_IsMissingByItsOldName()
    {
        Start(Device(0));
        Directory.Delete(folder.PathOf("sys", "bus", "nd", "devices"), recursive: true);
        File.CreateSymbolicLink(folder.PathOf("sys", "bus", "nd", "devices"), "devices");
        var session = Begin(Request([]) with { Expectation = new StartExpectation() });
        Assert.That(InFull(session), Is.EqualTo(new[] { "NVDIMM_SILENTLY_DETACHED vm=db device=namespace0.0" }));
    }

    /// <summary>A finding of two devices is reported once. A missing record is not reported, because the start writes it.</summary>
    [Test]
    public void Findings_AreSaidOnce() => Assert.That(
        Codes(Begin(Request([Device(0), Device(1)]) with { Findings = [Hint, Hint] })),
        Is.EqualTo(new[] { Hint.Code, NvdimmCodes.HypervisorNotVerified }));

    private static Finding Hint => Finding.Warning(NvdimmCodes.NoNumaNode, ("device", "namespace9.0"));

    private static ClaimHolder Holder => ClaimHolder.OfProcess(Vm.Name!, Vm.Id, Environment.ProcessId);

    private void Start(params NvdimmDevice[] devices)
    {
        var session = Begin(Request(devices));
        Assert.That(session.IsAllowed, Is.True, Said(session));
        session.Record();
        Assert.That(session.RollBack(), Is.Empty);
    }

    private StartSession Begin(StartRequest request) =>
        StartSession.Begin(reader, reader.ReadHost(), request, new StartPolicy { UnverifiedHypervisor = UnverifiedReaction.Warn });

    private bool IsClaimed(NvdimmDevice device) => reader.Claims.Find(DeviceIdentity.Of(device)).Claim is not null;

    /// <summary>A device of 1 GiB at /dev/pmemN, with what sysfs says of it.</summary>
    private NvdimmDevice Device(int number)
    {
        var path = folder.PathOf("dev", $"pmem{number}");
        if (!File.Exists(path))
        {
            folder.Write($"dev/pmem{number}", "");
            using (var file = File.OpenWrite(path))
            {
                file.SetLength(RowNames.GiB);
            }

            folder.WriteBlockDevice(number);
        }

        return Samples.Device(number) with { Path = path, Size = ByteSize.FromBytes(RowNames.GiB) };
    }

    private StartRequest Request(NvdimmDevice[] devices)
    {
        var xml = Xml(devices.Select(device => device.Path!).ToArray());
        var elements = DomainNvdimms.Read(xml).Elements;
        return new StartRequest
        {
            Vm = Vm,
            DomainXml = xml,
            Architecture = GuestArchitecture.X86_64,
            GuestRam = ByteSize.FromBytes(RowNames.GiB),
            Subjects = elements.Zip(devices).Select(pair => new StartSubject(pair.First, pair.Second)).ToValueList(),
            Holder = Holder,
        };
    }

    /// <summary>The domain of a row, with as many NVDIMMs as there are paths.</summary>
    private static string Xml(string[] paths)
    {
        var one = new RowDomain().Xml("PATH", GuestArchitecture.X86_64);
        var (start, end) = (one.IndexOf("<memory model", StringComparison.Ordinal), one.IndexOf("</devices>", StringComparison.Ordinal));
        return one[..start] + string.Concat(paths.Select(path => one[start..end].Replace("PATH", path, StringComparison.Ordinal))) + one[end..];
    }

    private static ValueList<string> Codes(StartSession session) => session.Findings.Select(finding => finding.Code).ToValueList();

    private static IEnumerable<string> InFull(StartSession session) => session.Findings
        .Where(finding => finding.Severity == Severity.Error).Select(finding => finding.InFull());

    private static string Said(StartSession session) => string.Join('\n', session.Findings);

    private sealed class Failing : IDeviceUseReader
    {
        public DeviceUse Read(string devicePath) => throw new NotSupportedException();
    }

    /// <summary>Says that the device is in use, and leaves a link to itself in the place of the lock: nobody can release a claim then.</summary>
    private sealed class Locking(string claims) : IDeviceUseReader
    {
        public static void Lock(string claims)
        {
            var path = Directory.GetFiles(claims, ".lock", SearchOption.AllDirectories).Single();
            File.Delete(path);
            File.CreateSymbolicLink(path, ".lock");
        }

        public DeviceUse Read(string devicePath)
        {
            Lock(claims);
            return new DeviceUse(IsReadOnly: false, ["mounted at /data"]);
        }
    }
}
