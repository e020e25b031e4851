using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Predicts the result of attaching devices.</summary>
internal static class NvdimmPreview
{
    /// <summary>Predicts the result of attaching the devices of a request.</summary>
    public static AttachmentPreview Of(NvdimmRequest attach)
    {
        var wanted = attach.Policy.Devices
            .Select(name => DeviceSelector.Matches(attach.Policy.Host?.Devices ?? [], name))
            .Where(matches => matches.Count == 1)
            .Select(matches => matches[0])
            .DistinctBy(device => device.Name, StringComparer.Ordinal)
            .ToValueList();
        var start = attach with
        {
            Policy = attach.Policy with { Operation = HostDeviceOperation.Start, Vm = Afterwards(attach.Policy.Vm, wanted) },
        };
        var earlier = start with { Policy = start.Policy with { Vm = Afterwards(attach.Policy.Vm, []) } };
        return new AttachmentPreview(
            wanted.Select(device => Previewed(attach, device)).ToValueList(),
            attach.Check(),
            start.Check())
        {
            Earlier = earlier.Check().Findings.Where(finding => finding.Severity == Severity.Error).ToValueList(),
        };
    }

    private static VmDescription? Afterwards(VmDescription? vm, IEnumerable<NvdimmDevice> wanted) => vm is null ? null : vm with
    {
        Status = VmStatus.Down,
        Nvdimms =
        [
            .. vm.Nvdimms,
            .. wanted.Where(device => !vm.Nvdimms.Any(attached => string.Equals(attached.Name, device.Name, StringComparison.Ordinal)))
                .Select(device => new AttachedNvdimm(device.Name, device.Uuid)),
        ],
    };

    private static PreviewedDevice Previewed(NvdimmRequest request, NvdimmDevice device)
    {
        var node = GuestNumaNode.ForDevice(request.Policy.Vm?.NumaNodes ?? [], device.NumaNode)?.Index;
        var sized = DeviceSizing.LayoutFor(request.Policy, device);
        var layout = sized?.Layout;
        var result = sized is { } sizing && node is { } index ? NvdimmElement.Create(device, sizing, index) : null;
        var listedDevice = request.Listing!.Devices.First(listed => string.Equals(listed.Name, device.Name, StringComparison.Ordinal));
        return new PreviewedDevice(listedDevice)
        {
            GuestSize = layout?.GuestSize,
            LostSize = layout?.LostSize,
            GuestNode = node,
            Areas = layout is null ? [] : Areas(layout),
            Xml = result?.Element?.ToXml(),
            Findings = result?.Findings ?? sized?.Findings ?? [],
        };
    }

    private static ValueList<DeviceArea> Areas(NvdimmLayout layout)
    {
        var guest = layout.GuestSize;
        var label = layout.LabelOffset;
        var backend = layout.BackendSize;
        DeviceArea[] areas =
        [
            new("guest", default, guest),
            new("padding", guest, label - guest),
            new("label", label, backend - label),
            new("unused", backend, layout.Request.DeviceSize - backend),
        ];
        return areas.Where(area => area.Size.Bytes > 0).ToValueList();
    }
}
