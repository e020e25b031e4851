using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>The smallest domain that can have an NVDIMM.</summary>
internal static class ProbeDomain
{
    private const string DevicePath = "/dev/nvdimm-probe";

    /// <summary>The namespace uuid from which the guest's uuid on POWER is derived; its value does not matter.</summary>
    private static readonly Guid Namespace = new("7f3a9c51-2b64-4e0d-9a18-5c0e6d2f4b77");

    private static readonly ByteSize Memory = ByteSize.FromMiB(256);

    /// <summary>The uuid of the NVDIMM on POWER.</summary>
    public static Guid Uuid { get; } = GuestUuid.For(Namespace);

    /// <summary>The domain without an NVDIMM.</summary>
    public static string Empty(GuestArchitecture architecture) => Text(architecture, "", "");

    /// <summary>
    /// The domain with an NVDIMM. If the layout starts, the element is the one that this library writes for everybody. If the layout is
    /// refused, the library writes none, so the same element is written here: libvirt itself must refuse it.
    /// </summary>
    public static string With(in SizingResult sized)
    {
        var architecture = sized.Request.Architecture;
        if (sized.Layout is not { } layout)
        {
            var (target, align) = (sized.TargetSize.GetValueOrDefault(), sized.AlignSize.GetValueOrDefault());
            var maxMemory = (Memory + target + ByteSize.FromGiB(1)).AlignUp(Alignment.FromMiB(1)).ToKiBExact();
            return Text(
                architecture,
                $"<maxMemory slots='16'>{maxMemory}</maxMemory>",
                Refused(sized.Request, target, sized.LeavesAlignToQemu ? null : align));
        }

        var device = new NvdimmDevice { Name = "probe", Uuid = Namespace, Path = DevicePath };
        var element = NvdimmElement.Create(device, layout, guestNode: 0).Element
            ?? throw new InvalidOperationException("A layout that starts has an element");
        return DomainXmlEditor.Add(Empty(architecture), element).Xml
            ?? throw new InvalidOperationException("The smallest domain takes an NVDIMM");
    }

    private static string Refused(in SizingRequest request, ByteSize target, Alignment? align) =>
        $"""
        <memory model='nvdimm' access='shared'>
          {(request.Architecture.Family!.HasUuid ? $"<uuid>{Uuid}</uuid>" : "")}
          <source><path>{DevicePath}</path>{AlignSize(align)}<pmem/></source>
          <target>
            <size unit='b'>{target.Bytes}</size>
            <node>0</node>
            <label><size unit='b'>{request.LabelSize.Bytes}</size></label>
          </target>
        </memory>
        """;

    private static string AlignSize(Alignment? align) =>
        align is { } alignment ? $"<alignsize unit='b'>{alignment.Bytes}</alignsize>" : "";

    private static string Text(GuestArchitecture architecture, string maxMemory, string device) =>
        $"""
        <domain type='qemu'>
          <name>nvdimm-probe</name>
          {maxMemory}
          <memory unit='KiB'>{Memory.ToKiBExact()}</memory>
          <vcpu>1</vcpu>
          <os><type arch='{architecture.Name}' machine='{architecture.Family!.Machine}'>hvm</type></os>
          {(architecture.Family!.Acpi == AcpiNeed.Refused ? "<features><acpi/></features>" : "")}
          <cpu><numa><cell id='0' cpus='0' memory='{Memory.ToKiBExact()}' unit='KiB'/></numa></cpu>
          <devices>
            {device}
          </devices>
        </domain>
        """;
}
