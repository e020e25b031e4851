using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>Sizes a device for the VM of a request.</summary>
public static class DeviceSizing
{
    /// <summary>
    /// Computes the layout of a device for the VM of a request. If the request keeps a layout for the device, that layout is returned.
    /// Otherwise it is computed from the request's strategy and label size, the VM's architecture and RAM, and the page size of the file or
    /// the host. The policy, the previews and the writers of domain XML all call this method, so they agree.
    /// </summary>
    /// <returns>The layout, or the reasons why there is none; null if the request has no VM or the device's size is not known.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SizingResult? LayoutFor(PolicyRequest request, NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(device);
        if (request.Kept.FirstOrDefault(entry => string.Equals(entry.Name, device.Name, StringComparison.Ordinal)) is { } kept)
        {
            return SizingResult.Of(kept.Layout);
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
