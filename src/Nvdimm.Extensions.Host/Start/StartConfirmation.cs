using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Compares a domain that libvirt has started with the record.</summary>
public static class StartConfirmation
{
    /// <summary>
    /// Compares what libvirt gave QEMU with the record. Any difference means that the labels are elsewhere, so the guest must not run.
    /// </summary>
    /// <param name="live">The NVDIMM as libvirt shows it in the running domain, where its size is the backend's.</param>
    /// <param name="record">The record of its device; null if there is none.</param>
    /// <returns>
    /// Empty if both agree; <see cref="NvdimmCodes.LayoutChanged"/> for each figure that differs;
    /// <see cref="NvdimmCodes.LayoutUuidChanged"/> for another uuid of a POWER guest; <see cref="NvdimmCodes.XmlUnmatched"/> without a
    /// record.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="live"/> is null.</exception>
    public static IEnumerable<Finding> Differences(NvdimmElement live, LayoutRecord? record)
    {
        ArgumentNullException.ThrowIfNull(live);
        return record?.Layout is not { } layout
            ? [Finding.Error(NvdimmCodes.XmlUnmatched, ("path", live.Path))]
            :
            [
                .. Difference("the size that libvirt gave QEMU", layout.BackendSize, live.TargetSize),
                .. Difference("the alignment", layout.AlignSize.Size, live.AlignSize ?? layout.AlignSize.Size),
                .. Difference("the label size", layout.LabelSize, live.LabelSize ?? ByteSize.Zero),
                .. Uuid(live, record.Name, layout.GuestUuid),
            ];

        IEnumerable<Finding> Difference(string what, ByteSize recorded, ByteSize now) => recorded == now
            ? []
            :
            [
                Finding.Error(
                    NvdimmCodes.LayoutChanged,
                    ("device", record.Name),
                    ("what", $"{what} was {LedgerWitness.Shown(recorded)}, is {LedgerWitness.Shown(now)}"),
                    ("recorded", $"{recorded.Bytes}"),
                    ("planned", $"{now.Bytes}")),
            ];
    }

    /// <summary>
    /// Compares the uuid. A script that runs after the hook may have written another one, with which the guest does not see its namespaces.
    /// </summary>
    private static IEnumerable<Finding> Uuid(NvdimmElement live, string device, Guid? recorded) => recorded is { } uuid && live.Uuid != uuid
        ? [Finding.Error(
            NvdimmCodes.LayoutUuidChanged,
            ("device", device),
            ("recorded", $"{uuid:D}"),
            ("planned", live.Uuid is { } now ? $"{now:D}" : "none"))]
        : [];
}
