using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What an administrator is told of a device whose owner is not certain: every word, since it is followed to the letter.</summary>
public sealed class OwnershipWitnessTests
{
    private const string Give = $"'nvdimm layout give namespace0.0 --to {RowNames.VmId}'";
    private const string IsAnother = $"If it is another device, which the VM shall have: {Give}.";

    private static readonly RowLabels Labels = RowLabels.At(RowNames.EngineOffset);

    [Test]
    public void LabelsOfAnotherVm_AreSaidInFull() => Assert.That(
        Said(Labelled(RowNames.OtherVm, RowNames.OtherVmId)),
        Is.EqualTo(new[]
        {
            $"NVDIMM_IDENTITY_UNCERTAIN device=namespace0.0 recorded={Recorded} owner={RowNames.OtherVm} "
                + "agrees=the guest's labels and the size differs=the uuid and the name "
                + $"resolve={IsAnother} If it is that device: 'nvdimm layout give namespace0.0 --to {RowNames.OtherVmId}'.",
        }));

    [TestCase(RowNames.OtherVm, null, $"{IsAnother} If it is that device: 'nvdimm layout give namespace0.0 --to {RowNames.OtherVm}'.")]
    [TestCase(RowNames.Vm, RowNames.VmId, $"If the VM shall have it: {Give}.")]
    public void LabelsOfAnOwner_SayToWhomToGiveThem(string name, string? id, string resolve) =>
        Assert.That(Findings(Labelled(name, id)).Single()["resolve"], Is.EqualTo(resolve));

    [Test]
    public void LabelsOfNobody_CanBeForgotten()
    {
        var finding = Findings(Labelled(null, null)).Single();
        Assert.That(
            (finding["owner"], finding["resolve"]),
            Is.EqualTo((
                "nobody",
                $"{IsAnother} If it is that device, and nobody needs what is on it: 'nvdimm layout forget {Recorded} --yes'.")));
    }

    /// <summary>A plan knows no VM, or only its name.</summary>
    [TestCase(null, "VM")]
    [TestCase("planned", "planned")]
    public void VmWithoutId_IsNamedInTheCommand(string? name, string to)
    {
        var evidence = Labelled(RowNames.OtherVm, RowNames.OtherVmId) with { Vm = new StartVm(name, null) };
        Assert.That(Findings(evidence).Single()["resolve"], Does.StartWith($"If it is another device, which the VM shall have: 'nvdimm layout give namespace0.0 --to {to}'. "));
    }

    /// <summary>The data of before is at another place in it, so there is only one thing to do.</summary>
    [Test]
    public void NamespaceMadeOnTheRecordedDevice_CanOnlyBeGiven()
    {
        var record = Record(RowNames.OtherVm, RowNames.OtherVmId) with
        {
            Identity = DeviceIdentity.Of(new NvdimmDevice { Name = "namespace0.0" }),
            Name = "namespace0.0",
            Mode = NamespaceMode.Raw,
            LabelUuids = null,
        };
        var evidence = Row.Untouched() with { OtherRecords = [record] };
        Assert.That(
            Findings(evidence with { Device = evidence.Device with { RawUuid = null } }).Single()["resolve"],
            Is.EqualTo("It was recorded without uuid, and has one now: a namespace was made on it, and what was on it before is at another place in it. "
                + $"If nobody needs that any more: {Give}."));
    }

    /// <summary>
    /// A raw namespace has the name of a recorded device that the host shows elsewhere. The name alone proves nothing; the guest's labels do.
    /// </summary>
    [TestCase(true)]
    [TestCase(false)]
    public void RawNamespaceOfTheName_IsUncertain_WhereTheLabelsAreTheGuests(bool hasLabels)
    {
        var row = Row with { Device = Row.Device with { Mode = NamespaceMode.Raw, RawUuid = null } };
        var record = Record(RowNames.OtherVm, RowNames.OtherVmId) with { Name = "namespace0.0", Mode = NamespaceMode.Fsdax };
        var evidence = (hasLabels ? row with { Labels = [Labels] } : row).Untouched() with { OtherRecords = [record], OtherDevices = [record.Identity] };
        Assert.That(
            Findings(evidence).Select(finding => finding.Code),
            Is.EqualTo(hasLabels ? new[] { NvdimmCodes.IdentityUncertain } : []));
    }

    private static string Recorded => Record(null, null).Identity.Key;

    private static StartRow Row => new("a device of 1 GiB", "OwnershipWitnessTests");

    /// <summary>The device with labels that are recorded with another one.</summary>
    private static StartEvidence Labelled(string? vmName, string? vmId) =>
        (Row with { Labels = [Labels] }).Untouched() with { OtherRecords = [Record(vmName, vmId)] };

    private static LayoutRecord Record(string? vmName, string? vmId) => new RowRecord { VmName = vmName, VmId = vmId }.Of(Row) with
    {
        Identity = DeviceIdentity.Of(new NvdimmDevice { Name = "namespace3.0", Uuid = RowNames.OtherDevice }),
        Name = "namespace3.0",
        RawUuid = null,
        LabelUuids = [RowNames.Namespace(0)],
    };

    private static List<Finding> Findings(StartEvidence evidence) => OwnershipWitness.FindingsOf(evidence).ToList();

    private static IEnumerable<string> Said(StartEvidence evidence) => Findings(evidence).Select(finding => finding.InFull());
}
