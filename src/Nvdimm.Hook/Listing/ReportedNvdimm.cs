using Nvdimm.Extensions.Devices;

namespace Nvdimm.Hook.Listing;

/// <summary>
/// An NVDIMM as VDSM reports it (VDSM 4.5, <c>lib/vdsm/common/hostdev.py</c>, <c>list_nvdimms</c>); the engine reads no other key.
/// </summary>
/// <param name="Name">The name: the key of its entry.</param>
/// <param name="DevicePath">The device file.</param>
/// <param name="NumaNode">The host's node; null where the report has none.</param>
/// <param name="Mode">The mode, as ndctl spells it.</param>
/// <param name="DeviceSize">The size in bytes.</param>
/// <param name="AlignSize">The alignment in bytes; null where the report has none.</param>
internal sealed record ReportedNvdimm(string Name, string? DevicePath, long? NumaNode, string? Mode, long? DeviceSize, long? AlignSize)
{
    /// <summary>
    /// What VDSM would report of a device. The engine leaves a device without node out of the VM in silence; the first node is as good as any.
    /// </summary>
    public static ReportedNvdimm Of(NvdimmDevice device) =>
        new(device.Name, device.Path, device.NumaNode ?? 0, device.ReportedMode, device.Size?.Bytes, device.Align?.Bytes);
}
