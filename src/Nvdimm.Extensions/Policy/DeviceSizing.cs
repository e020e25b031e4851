using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>Sizes a device for the VM of a request.</summary>
public static class DeviceSizing
{
    /// <summary>
    /// The layout that the VM of a request gets on a device: the kept one where the request names one for the device, otherwise the one of the
    /// request's strategy and label size, for the VM's architecture and RAM and the host's page size. Everything that shows, judges or
    /// writes a layout asks here, so that all say the same.
    /// </summary>
    /// <returns>The layout or why there is none; null where the request has no VM, or the device's size is not known.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SizingResult? LayoutFor(PolicyRequest request, NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(device);
        if (request.Kept.FirstOrDefault(kept => string.Equals(kept.Name, device.Name, StringComparison.Ordinal)) is { } known)
        {
            return SizingResult.Of(known.Layout);
        }

        return request.Vm is { } vm && SizingRequest.For(vm.Architecture, device) is { } sizing
            ? NvdimmSizer.Size(sizing with
            {
                Strategy = request.Strategy,
                LabelSize = request.LabelSize,
                HostPageSize = device.File?.PageSize ?? request.Host?.PageSize ?? sizing.HostPageSize,
                GuestRam = vm.Memory,
                HidesHypervisor = vm.HidesHypervisor,
            })
            : null;
    }
}
