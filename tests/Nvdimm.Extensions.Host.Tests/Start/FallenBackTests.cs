using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>
/// A namespace that shows its raw area (pmem/ndctl issues 35 and 145; issue 12, P6 and P10): whoever starts with it overwrites what the VM of
/// the record has there.
/// </summary>
public sealed class FallenBackTests
{
    private static readonly Guid Raw = Samples.Uuid(900);
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    [TestCase(true, true, true, TestName = "the raw uuid is shown and noted")]
    [TestCase(false, true, true, TestName = "no uuid is shown, the name is the noted one")]
    [TestCase(true, false, true, TestName = "a record of version 2 has noted no raw uuid, the name is the noted one")]
    [TestCase(false, false, true, TestName = "no uuid at all, the name is the noted one")]
    [TestCase(true, true, false, TestName = "the raw uuid is shown and noted, the name is another one")]
    public void RawArea_IsRefused(bool isShown, bool isNoted, bool isSameName) =>
        Assert.That(Codes(Fallen(isShown, isSameName ? 0 : 7), [Of(Samples.Identity()) with { RawUuid = isNoted ? Raw : null }]), Is.EqualTo([NvdimmCodes.FellBackToRaw]));

    [TestCase(true, true)]
    [TestCase(false, false)]
    public void OtherDevice_IsNot(bool isShown, bool isNoted) =>
        Assert.That(Codes(Fallen(isShown, 7), [Of(Samples.Identity()) with { RawUuid = isNoted ? Samples.Uuid(8) : null }]), Is.Empty);

    /// <summary>The recorded namespace is there, whole, under another name: a name alone makes nothing its raw area, but the raw uuid does.</summary>
    [TestCase(true, true, true)]
    [TestCase(false, true, false)]
    [TestCase(true, false, false)]
    [TestCase(false, false, false)]
    public void NamespaceThatIsThereWhole_HasARawAreaByItsUuidOnly(bool isShown, bool isNoted, bool isRefused) => Assert.That(
        Codes(Fallen(isShown, 0), [Of(Samples.Identity()) with { RawUuid = isNoted ? Raw : null }], own: null, Samples.Identity()),
        isRefused ? Is.EqualTo([NvdimmCodes.FellBackToRaw]) : Is.Empty);

    /// <summary>A namespace without a uuid of its own is recorded by that of its raw area; once that is all it shows, it is its uuid.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void RecordByTheRawUuid_IsFoundAgain(bool isNoted)
    {
        var identity = DeviceIdentity.Of(Samples.Device() with { Uuid = null, RawUuid = Raw });
        Assert.That(Codes(Fallen(isShown: true, 7), [Of(identity) with { RawUuid = isNoted ? Raw : null }]), Is.EqualTo([NvdimmCodes.FellBackToRaw]));
    }

    /// <summary>The raw area has been a device of its own before the namespace was made on it: the later use counts.</summary>
    [TestCase(true, 1, true)]
    [TestCase(false, 1, true)]
    [TestCase(true, 0, true)]
    [TestCase(true, -1, false)]
    [TestCase(false, -1, false)]
    public void OwnRecord_OfAnEarlierUse_DoesNotSpeakForIt(bool isShown, int hoursLater, bool isRefused)
    {
        var device = Fallen(isShown, 0);
        var own = Of(DeviceIdentity.Of(device)) with { VmId = "2", LastUsed = Now };
        var later = Of(Samples.Identity()) with { RawUuid = Raw, LastUsed = Now.AddHours(hoursLater) };
        Assert.That(Codes(device, [later], own), isRefused ? Is.EqualTo([NvdimmCodes.FellBackToRaw]) : Is.Empty);
    }

    private static NvdimmDevice Fallen(bool isShown, int number) => new()
    {
        Name = $"namespace{number}.0",
        Uuid = isShown ? Raw : null,
        Mode = NamespaceMode.Raw,
        Path = $"/dev/pmem{number}",
    };

    private static LayoutRecord Of(DeviceIdentity identity) => new()
    {
        Identity = identity,
        Name = "namespace0.0",
        Path = "/dev/pmem0",
        FirstRecorded = Now,
        Layout = Samples.Layout(),
        VmName = "db",
        VmId = "1",
        LastUsed = Now,
    };

    private static IEnumerable<string> Codes(
        NvdimmDevice device, ValueList<LayoutRecord> others, LayoutRecord? own = null, params ReadOnlySpan<DeviceIdentity> shown) =>
        Decide(device, others, own, [.. shown]).Refusals.Select(finding => finding.Code);

    private static StartDecision Decide(
        NvdimmDevice device, ValueList<LayoutRecord> others, LayoutRecord? own, ValueList<DeviceIdentity> shown) => StartDecision.Decide(
        new StartEvidence
        {
            Vm = new StartVm("web", "2"),
            Device = device,
            Asked = Starting.Asked(Samples.Layout()),
            Recorded = new LayoutRecordResult(own, []),
            OtherRecords = others,
            OtherDevices = shown,
            Labels = new LabelSurvey
            {
                Path = device.Path!,
                DeviceSize = Samples.Layout().DeviceSize,
                Found = [],
                UnreadableReason = null,
            },
        },
        new StartPolicy());
}
