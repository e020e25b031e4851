using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>Which NVDIMMs a VM has to have, compared with those of its domain one to one.</summary>
public sealed class StartExpectationTests
{
    private const string Host = "1234567890abcdef1234567890abcdef";

    private static readonly StartVm Vm = new("db", "1");

    [Test]
    public void Nothing_IsExpectedOfAVmThatTheLedgerDoesNotKnow() => AssertJudged(new(), [], [Of(0) with { VmId = "2" }]);

    [Test]
    public void OwnDevices_ArePresent_UnderWhateverName() =>
        AssertJudged(new(), [Present(0) with { Device = Samples.Device() with { Name = "namespace5.0" } }, Present(1)], [Of(0), Of(1)]);

    [Test]
    public void OwnDeviceThatIsMissing_IsSaid() => AssertJudged(new(), [Present(0)], [Of(0), Of(1)], "NVDIMM_SILENTLY_DETACHED namespace1.0");

    [TestCase(StartReaction.Refuse, Severity.Error)]
    [TestCase(StartReaction.Warn, Severity.Warning)]
    public void Configuration_SaysWhatBecomesOfAStartWithoutADeviceThatTheLedgerExpects(StartReaction reaction, Severity severity)
    {
        Assert.That(Check(new StartExpectation { Missing = reaction }, [], [Of(0)]).Findings.Single().Severity, Is.EqualTo(severity));
        Assert.That(Check(new StartExpectation { Missing = reaction, Named = [$"{Samples.Uuid(0)}"] }, [], [Of(0)]).Findings.Single().Severity,
            Is.EqualTo(Severity.Error), "a named one");
    }

    /// <summary>What decides nothing here: never used, replaced, another host's, nobody's.</summary>
    [Test]
    public void RecordsThatExpectNothing() =>
        AssertJudged(new(), [], [Of(0) with { Layout = null }, Of(1) with { ReplacedBy = Samples.Identity(9) }, Of(2) with { Host = "other" },
            Of(3) with { VmId = null, VmName = null }]);

    /// <summary>One that cannot be read is there all the same: why it cannot be read is said elsewhere.</summary>
    [Test]
    public void UnreadableDevice_IsPresentByItsPath() => AssertJudged(new(), [new PresentNvdimm("/dev/pmem0", null)], [Of(0)]);

    [Test]
    public void OneDevice_IsNotTwoExpectedOnes() =>
        AssertJudged(new StartExpectation { Named = ["namespace0.0", "/dev/pmem0"] }, [Present(0)], [], "NVDIMM_SILENTLY_DETACHED /dev/pmem0");

    /// <summary>trials/guard.md 3</summary>
    [Test]
    public void OtherDeviceInThePlace_IsChanged_AndTheExpectedOneMissing() => AssertJudged(
        new(), [At(0, 7)], [Of(0)], "NVDIMM_IDENTITY_CHANGED namespace0.0", "NVDIMM_REPLACEMENT_TO_DECIDE namespace0.0",
        "NVDIMM_SILENTLY_DETACHED namespace0.0");

    [Test]
    public void NamesThatHaveSwapped_AreChanged() => AssertJudged(
        new(), [At(0, 1), At(1, 0)], [Of(0), Of(1)], "NVDIMM_IDENTITY_CHANGED namespace0.0", "NVDIMM_IDENTITY_CHANGED namespace1.0",
        "NVDIMM_NAMES_TO_ACCEPT ");

    [Test]
    public void AcceptedName_ReplacesWhatIsExpected()
    {
        var verdict = Check(Accepting(0, 7), [At(0, 7)], [Of(0)]);
        Assert.That(verdict.Findings, Is.Empty);
        Assert.That(verdict.Replaced, Is.EqualTo(new[] { new ReplacedNvdimm(Samples.Identity(0), Samples.Identity(7)) }));
    }

    /// <summary>A device that the VM has beside the accepted one is not replaced.</summary>
    [Test]
    public void AcceptedName_ReplacesNothingThatIsThere()
    {
        var verdict = Check(Accepting(0, 7), [At(0, 7), At(1, 0)], [Of(0)]);
        Assert.That((verdict.Findings, verdict.Replaced), Is.EqualTo((ValueList<Finding>.Empty, ValueList<ReplacedNvdimm>.Empty)));
    }

    /// <summary>What has the uuid may be the VM's own, whatever area is under it: the lifecycles found a start without it.</summary>
    [Test]
    public void AcceptedName_DoesNotReplaceADevice_WhileTheHostShowsItsUuidOverAnotherArea()
    {
        var record = Of(0) with { RawUuid = Samples.Uuid(900) };
        var elsewhere = Samples.Device(5) with { Uuid = Samples.Uuid(0), RawUuid = Samples.Uuid(901) };
        var verdict = Accepting(0, 7).Check(new StartVm("db", "1"), [At(0, 7)], [record], Host, [elsewhere]);
        Assert.That(
            verdict.Findings.Select(finding => $"{finding.Code} {finding["device"]}"),
            Is.EqualTo(new[] { "NVDIMM_DEVICE_RENAMED namespace5.0", "NVDIMM_SILENTLY_DETACHED namespace5.0" }));
        Assert.That(verdict.Replaced, Is.Empty);
    }

    [Test]
    public void AcceptedName_CountsForItsUuidOnly() => AssertJudged(
        Accepting(0, 8), [At(0, 7)], [Of(0)], "NVDIMM_IDENTITY_CHANGED namespace0.0", "NVDIMM_REPLACEMENT_TO_DECIDE namespace0.0",
        "NVDIMM_SILENTLY_DETACHED namespace0.0");

    /// <summary>trials/guard.md 3a: it does not count for a VM for which another uuid is named.</summary>
    [Test]
    public void AcceptedName_DoesNotCountAgainstTheProperty() => AssertJudged(
        Accepting(0, 7) with { Named = [$"{Samples.Uuid(0)}"] },
        [At(0, 7)],
        [Of(0)],
        "NVDIMM_IDENTITY_CHANGED namespace0.0",
        "NVDIMM_REPLACEMENT_TO_DECIDE namespace0.0",
        $"NVDIMM_SILENTLY_DETACHED {Samples.Uuid(0)}");

    /// <summary>The property names the new device: no name has to be accepted for it.</summary>
    [Test]
    public void Property_AcceptsWhatItNames()
    {
        var verdict = Check(new StartExpectation { Named = [$"{Samples.Uuid(7)}"] }, [At(0, 7)], [Of(0)]);
        Assert.That((verdict.Findings.Count, verdict.Replaced.Single().By), Is.EqualTo((0, Samples.Identity(7))));
    }

    /// <summary>trials/guard.md 4: nobody can accept the raw area of the device itself.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void RawAreaOfTheDevice_IsNeverAccepted(bool byProperty)
    {
        var expectation = byProperty ? new StartExpectation { Named = [$"{Samples.Uuid(900)}"] } : Accepting(0, 900);
        var raw = new PresentNvdimm("/dev/pmem0", Samples.Device() with { Uuid = Samples.Uuid(900), Mode = NamespaceMode.Raw });
        var verdict = Check(expectation, [raw], [Of(0) with { RawUuid = Samples.Uuid(900) }]);
        Assert.That(verdict.Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.IdentityChanged));
        Assert.That(verdict.Replaced, Is.Empty);
    }

    [TestCase("1", "2", false)]
    [TestCase("ab", "AB", true, Description = "trials/guard.md 12: ids without regard to case")]
    [TestCase(null, "1", true, Description = "a record of a VM by name")]
    public void OwnerOfTheRecord_IsTheVm(string? recorded, string vm, bool isExpected) => Assert.That(
        new StartExpectation().Check(new StartVm("db", vm), [], [Of(0) with { VmId = recorded }], Host, []).Findings, Has.Count.EqualTo(isExpected ? 1 : 0));

    /// <summary>Nobody expects devices of a VM that shall have none.</summary>
    [Test]
    public void PropertyNone_ExpectsNothing() => AssertJudged(new StartExpectation { Named = [] }, [], [Of(0)]);

    [Test]
    public void Property_NamesByUuidInAnyCase_NameOrPath_AndTwiceIsOnce() => AssertJudged(
        new StartExpectation { Named = [$"{Samples.Uuid(0)}".ToUpperInvariant(), $"{Samples.Uuid(0)}", "namespace1.0", "/dev/pmem2"] },
            [Present(0), Present(1), Present(2)], []);

    /// <summary>Without a uuid only the name tells it, and that has to be the very one.</summary>
    [TestCase(0, true)]
    [TestCase(1, false)]
    public void DeviceWithoutUuid_IsPresentByItsName(int number, bool isPresent)
    {
        var nameless = new PresentNvdimm($"/dev/pmem{number}", Samples.Device(number) with { Uuid = null });
        var record = Of(0) with { Identity = DeviceIdentity.Of(Samples.Device() with { Uuid = null }) };
        Assert.That(Check(new(), [nameless], [record]).Findings, Has.Count.EqualTo(isPresent ? 0 : 1));
    }

    /// <summary>Every argument: an administrator follows these texts to the letter.</summary>
    [Test]
    public void OtherDeviceInThePlace_IsSaidInFull() => AssertSaid(
        Check(new(), [At(0, 7)], [Of(0)]),
        $"NVDIMM_IDENTITY_CHANGED device=namespace0.0 attachedUuid={Samples.Uuid(0)} uuid={Samples.Uuid(7)}",
        $"NVDIMM_REPLACEMENT_TO_DECIDE vm=db recorded={Samples.Identity(0).Key} device=namespace0.0 "
            + "resolve=If it shall have namespace0.0 in its place: 'nvdimm layout give namespace0.0 --to 1'",
        "NVDIMM_SILENTLY_DETACHED vm=db device=namespace0.0");

    [TestCase(null, "1", "VM 1", "1")]
    [TestCase("db", null, "db", "db")]
    public void Vm_IsNamedByItsName_AndGivenToByItsId(string? name, string? id, string text, string to)
    {
        var record = Of(0) with { VmName = name, VmId = id };
        var said = new StartExpectation().Check(new StartVm(name, id), [At(0, 7)], [record], Host, []).Findings[1];
        Assert.That((said["vm"], said["resolve"]), Is.EqualTo((text, $"If it shall have namespace0.0 in its place: 'nvdimm layout give namespace0.0 --to {to}'")));
    }

    /// <summary>A device without uuid cannot be named by the property's uuid, so it is given as well.</summary>
    [TestCase(true, "write 00000007-82b6-40ad-8962-6f0412bab47d there")]
    [TestCase(false, "write namespace0.0 there, and 'nvdimm layout give namespace0.0 --to 1'")]
    public void OtherDeviceInThePlace_AgainstTheProperty_SaysWhatToWriteThere(bool hasUuid, string resolve)
    {
        var other = At(0, 7) with { Device = Samples.Device() with { Uuid = hasUuid ? Samples.Uuid(7) : null, Mode = NamespaceMode.Fsdax } };
        var said = Check(new StartExpectation { Named = [$"{Samples.Uuid(0)}"] }, [other], [Of(0)]).Findings;
        Assert.That(said[0]["uuid"], Is.EqualTo(hasUuid ? $"{Samples.Uuid(7)}" : "none"));
        Assert.That(
            said.Single(finding => finding.Code == NvdimmCodes.ReplacementToDecide)["resolve"],
            Is.EqualTo($"Its property 'nvdimm' names what it shall have. If that is namespace0.0, {resolve}"));
    }

    /// <summary>Nobody is told to take a device that is another VM's, or that shows the raw area of the VM's own.</summary>
    [Test]
    public void OtherDeviceInThePlace_OfAnotherVmOrTheRawArea_IsNotForTheTaking()
    {
        var others = Check(new(), [At(0, 7)], [Of(0), Of(7) with { VmName = "other", VmId = "2" }]);
        var raw = new PresentNvdimm("/dev/pmem0", Samples.Device() with { Uuid = Samples.Uuid(900), Mode = NamespaceMode.Raw });
        var area = Check(new(), [raw], [Of(0) with { RawUuid = Samples.Uuid(900) }]);
        Assert.That(Codes(others), Is.EqualTo(new[] { NvdimmCodes.IdentityChanged, NvdimmCodes.SilentlyDetached }));
        Assert.That(Codes(area), Is.EqualTo(new[] { NvdimmCodes.IdentityChanged, NvdimmCodes.SilentlyDetached }));
        Assert.That(
            Codes(Check(new(), [At(0, 7)], [Of(0), Of(8) with { VmName = "other", VmId = "2" }])),
            Does.Contain(NvdimmCodes.ReplacementToDecide),
            "another VM has another device");
    }

    [Test]
    public void NamesToAccept_AreOneSortedLineWithTheAcceptedOnes()
    {
        var expectation = new StartExpectation
        {
            AcceptedNames = new Dictionary<string, Guid>(StringComparer.Ordinal)
            {
                ["namespace9.0"] = Samples.Uuid(9),
                ["namespace0.0"] = Samples.Uuid(5),
                ["namespace0.5"] = Samples.Uuid(6),
            },
        };
        var said = Check(expectation, [At(1, 0), At(0, 1)], [Of(0), Of(1)]).Findings.Single(finding => finding.Code == NvdimmCodes.NamesToAccept);
        Assert.That(said["names"], Is.EqualTo("namespace0.0, namespace1.0"));
        Assert.That(
            said["line"],
            Is.EqualTo($"accept-names = namespace0.0:{Samples.Uuid(1)} namespace0.5:{Samples.Uuid(6)} namespace1.0:{Samples.Uuid(0)} namespace9.0:{Samples.Uuid(9)}"));
    }

    /// <summary>Only a missing device is looked for under another name, and of a property's only one that it names.</summary>
    [Test]
    public void DeviceUnderAnotherName_IsSaidIfItIsMissed()
    {
        NvdimmDevice[] shown = [Samples.Device(5) with { Uuid = Samples.Uuid(0) }, Samples.Device(6) with { Uuid = Samples.Uuid(6) }];
        ExpectationResult Of0(StartExpectation expectation, params PresentNvdimm[] present) =>
            expectation.Check(Vm, present.ToValueList(), [Of(0)], Host, shown.ToValueList());

        AssertSaid(
            Of0(new()),
            $"NVDIMM_DEVICE_RENAMED vm=db identity={Samples.Identity(0).Key} was=namespace0.0 device=namespace5.0",
            "NVDIMM_SILENTLY_DETACHED vm=db device=namespace5.0");
        AssertSaid(Of0(new(), Present(0), Present(6)));
        AssertSaid(Of0(new StartExpectation { Named = [$"{Samples.Uuid(6)}"] }, Present(6)));
    }

    /// <summary>One device counts for one record only; the other record's device is missing.</summary>
    [Test]
    public void OneDevice_OfTwoRecords_IsOneOfThem()
    {
        var again = Of(1) with { Identity = DeviceIdentity.Of(new NvdimmDevice { Name = "x", Uuid = Samples.Uuid(1) }), RawUuid = Samples.Uuid(900) };
        var both = Present(0) with { Device = Samples.Device() with { RawUuid = Samples.Uuid(900) } };
        AssertSaid(Check(new(), [both], [Of(0), again]), "NVDIMM_SILENTLY_DETACHED vm=db device=namespace1.0");
    }

    /// <summary>The very device comes first, whatever else the host shows with its uuid.</summary>
    [Test]
    public void DeviceUnderAnotherName_IsTheSame_BeforeOneThatOnlyHasItsUuid()
    {
        var record = Of(0) with { RawUuid = Samples.Uuid(900) };
        var same = Samples.Device(5) with { Uuid = Samples.Uuid(0), RawUuid = Samples.Uuid(900) };
        var copy = Samples.Device(6) with { Uuid = Samples.Uuid(0), RawUuid = Samples.Uuid(901) };
        var said = new StartExpectation().Check(Vm, [], [record], Host, [copy, same]).Findings;
        Assert.That(
            said.Select(finding => $"{finding.Code} {finding["device"]}"),
            Is.EqualTo(new[] { "NVDIMM_DEVICE_RENAMED namespace5.0", "NVDIMM_SILENTLY_DETACHED namespace5.0" }));
    }

    private static StartExpectation Accepting(int name, int uuid) =>
        new() { AcceptedNames = new Dictionary<string, Guid>(StringComparer.Ordinal) { [$"namespace{name}.0"] = Samples.Uuid(uuid) } };

    private static PresentNvdimm Present(int number) => At(number, number);

    /// <summary>The device with one number under the name and path of another.</summary>
    private static PresentNvdimm At(int name, int uuid) => new($"/dev/pmem{name}", Samples.Device(name) with { Uuid = Samples.Uuid(uuid) });

    private static LayoutRecord Of(int number) => new()
    {
        Identity = Samples.Identity(number),
        Name = $"namespace{number}.0",
        Path = $"/dev/pmem{number}",
        FirstRecorded = DateTimeOffset.UnixEpoch,
        Layout = Samples.Layout(),
        Host = Host,
        VmName = "db",
        VmId = "1",
    };

    private static ExpectationResult Check(StartExpectation expectation, ValueList<PresentNvdimm> present, ValueList<LayoutRecord> records) =>
        expectation.Check(Vm, present, records, Host, []);

    private static IEnumerable<string> Codes(ExpectationResult verdict) => verdict.Findings.Select(finding => finding.Code);

    private static void AssertSaid(ExpectationResult verdict, params string[] expected) =>
        Assert.That(verdict.Findings.Select(finding => finding.InFull()), Is.EqualTo(expected));

    private static void AssertJudged(StartExpectation expectation, ValueList<PresentNvdimm> present, ValueList<LayoutRecord> records, params string[] expected)
    {
        var verdict = Check(expectation, present, records);
        Assert.That(verdict.Findings.Select(finding => $"{finding.Code} {finding["device"]}"), Is.EquivalentTo(expected));
        Assert.That(verdict.Replaced, Is.Empty);
    }
}
