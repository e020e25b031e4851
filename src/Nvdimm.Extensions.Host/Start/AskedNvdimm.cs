using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>What a start asks for: the layout that libvirt and QEMU would make of the unchanged domain, or a planned layout.</summary>
/// <param name="Sizing">The layout, or why there is none.</param>
public sealed record AskedNvdimm(SizingResult Sizing)
{
    /// <summary>The NVDIMM in the domain; null if no domain has it yet.</summary>
    public NvdimmElement? Element { get; init; }

    /// <summary>
    /// The uuid that the domain gives a POWER guest; null on other architectures, and if the domain has none. libvirt would then generate a
    /// new one at each start, so the decision chooses it instead.
    /// </summary>
    public Guid? GuestUuid { get; init; }

    /// <summary>
    /// Whether the domain has the device as virtio-pmem. Then no other layout can be kept for it: the layout would have to be written into
    /// the domain, and a virtio-pmem device has no label to write.
    /// </summary>
    public bool IsVirtioPmem { get; init; }

    /// <summary>A planned NVDIMM that no domain has yet.</summary>
    public static AskedNvdimm Of(SizingResult planned) => new(planned);

    /// <summary>A virtio-pmem device of a domain. Its guest gets the device from the first byte, without a label area.</summary>
    /// <param name="use">The use in the domain.</param>
    /// <param name="device">The device behind its path.</param>
    /// <param name="architecture">The guest's architecture.</param>
    /// <returns>The request; null if the device's size is unknown.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static AskedNvdimm? Of(DomainDeviceUse use, NvdimmDevice device, GuestArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(device);
        if (SizingRequest.For(architecture, device) is not { } sizing)
        {
            return null;
        }

        var request = sizing with { LabelSize = ByteSize.Zero, HostPageSize = PageOf(device) };
        return new AskedNvdimm(NvdimmSizer.Keep(request, use.Size ?? sizing.DeviceSize, alignSize: null)) { IsVirtioPmem = true };
    }

    /// <summary>An NVDIMM exactly as the domain has it.</summary>
    /// <param name="element">The NVDIMM.</param>
    /// <param name="device">The device behind its path.</param>
    /// <param name="architecture">The guest's architecture.</param>
    /// <param name="guestRam">The RAM of the guest at boot; zero if unknown.</param>
    /// <param name="hidesHypervisor">Whether the guest's CPU hides the hypervisor (<see cref="GuestMemoryBlock"/>).</param>
    /// <returns>The request; null if the device's size is unknown.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static AskedNvdimm? Of(
        NvdimmElement element, NvdimmDevice device, GuestArchitecture architecture, ByteSize guestRam, bool hidesHypervisor = false)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(device);
        if (SizingRequest.For(architecture, device) is not { } sizing)
        {
            return null;
        }

        var request = sizing with
        {
            LabelSize = element.LabelSize ?? ByteSize.Zero,
            HostPageSize = PageOf(device),
            GuestRam = guestRam,
            HidesHypervisor = hidesHypervisor,
        };
        var align = element.AlignSize is { Bytes: > 0 } written ? Alignment.FromBytes(written.Bytes) : (Alignment?)null;
        return new AskedNvdimm(NvdimmSizer.Keep(request, element.TargetSize, align))
        {
            Element = element,
            GuestUuid = architecture.Family is { HasUuid: true } ? element.Uuid : null,
        };
    }

    /// <summary>This request sized with the profile of the host's libvirt and QEMU. A request with its own profile keeps it.</summary>
    /// <param name="profile">The profile of the pair; null if unknown.</param>
    internal AskedNvdimm On(HypervisorProfile? profile)
    {
        if (profile is null || Sizing.Request.Profile is not null)
        {
            return this;
        }

        var request = Sizing.Request with { Profile = profile };
        return this with
        {
            Sizing = Sizing is { IsKept: true, TargetSize: { } target }
                ? NvdimmSizer.Keep(request, target, Sizing.LeavesAlignToQemu ? null : Sizing.AlignSize)
                : NvdimmSizer.Size(request),
        };
    }

    private static Alignment PageOf(NvdimmDevice device) => device.File?.PageSize ?? Alignment.FromBytes(Environment.SystemPageSize);
}
