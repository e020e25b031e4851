using Nvdimm.Extensions.Devices;

namespace Nvdimm.Hook.Listing;

/// <summary>
/// An NVDIMM as VDSM reports it (VDSM 4.5, <c>lib/vdsm/common/hostdev.py</c>, <c>list_nvdimms</c>). The engine reads no other keys.
/// </summary>
/// <param name="Name">The device name: the key of its entry.</param>
/// <param name="DevicePath">The path of the device file.</param>
/// <param name="NumaNode">The host's NUMA node; null if the report has none.</param>
/// <param name="Mode">The mode, in ndctl's spelling.</param>
/// <param name="DeviceSize">The size in bytes.</param>
/// <param name="AlignSize">The alignment in bytes; null if the report has none.</param>
internal sealed record ReportedNvdimm(string Name, string? DevicePath, long? NumaNode, string? Mode, long? DeviceSize, long? AlignSize)
{
    /// <summary>
    /// The entry that VDSM would report for a device. A device without a node gets node 0: the engine silently leaves a device without a
    /// node out of the VM.
    /// </summary>
    public static ReportedNvdimm Of(NvdimmDevice device) =>
        new(device.Name, device.Path, device.NumaNode ?? 0, device.ReportedMode, device.Size?.Bytes, device.Align?.Bytes);
}
