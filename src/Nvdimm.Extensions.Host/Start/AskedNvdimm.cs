using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>What a start asks for: the layout that libvirt and QEMU would make of the domain as it stands, or a planned one.</summary>
/// <param name="Sizing">The layout, or why there is none.</param>
public sealed record AskedNvdimm(SizingResult Sizing)
{
    /// <summary>The NVDIMM in the domain; null where none is in a domain yet.</summary>
    public NvdimmElement? Element { get; init; }

    /// <summary>
    /// The uuid that the domain gives a POWER guest; null on other architectures, and where the domain has none. libvirt would make a new one at
    /// each start, so then the decision chooses it.
    /// </summary>
    public Guid? GuestUuid { get; init; }

    /// <summary>
    /// Whether a domain has the device as virtio-pmem. No other layout is kept for it then: it would have to be written into the domain, and a
    /// virtio-pmem device has no label to write.
    /// </summary>
    public bool IsVirtioPmem { get; init; }

    /// <summary>A planned NVDIMM, which no domain has yet.</summary>
    public static AskedNvdimm Of(SizingResult planned) => new(planned);

    /// <summary>A virtio-pmem device of a domain: its guest has the device from its first byte, without label area.</summary>
    /// <param name="use">The use in the domain.</param>
    /// <param name="device">The device behind its path.</param>
    /// <param name="architecture">The guest's architecture.</param>
    /// <returns>The request; null where the device's size is not known.</returns>
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

    /// <summary>The NVDIMM of a domain as it stands: nothing is added that the domain does not say.</summary>
    /// <param name="element">The NVDIMM.</param>
    /// <param name="device">The device behind its path.</param>
    /// <param name="architecture">The guest's architecture.</param>
    /// <param name="guestRam">The RAM that the guest boots with; zero where it is not known.</param>
    /// <param name="hidesHypervisor">Whether the guest's CPU hides that it is virtual (<see cref="GuestMemoryBlock"/>).</param>
    /// <returns>The request; null where the device's size is not known.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static AskedNvdimm? Of(NvdimmElement element, NvdimmDevice device, GuestArchitecture architecture, ByteSize guestRam, bool hidesHypervisor = false)
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

    /// <summary>The same with what the host's libvirt and QEMU make of it; a request that has a pair of its own keeps it.</summary>
    /// <param name="profile">The pair; null where it is not known.</param>
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
