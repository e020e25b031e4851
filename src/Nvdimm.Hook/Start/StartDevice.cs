using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Start;

/// <summary>An NVDIMM of the domain, and what is behind it.</summary>
/// <param name="Element">As the domain has it.</param>
/// <param name="Device">The device; null where the host has none at its path.</param>
/// <param name="Record">The ledger's record of that device; null where there is none.</param>
/// <param name="Earlier">
/// The record of the device that the VM was last used with under this name or path; null where there is none. Another one than
/// <paramref name="Record"/> where the name stands for another device now.
/// </param>
internal sealed record StartDevice(NvdimmElement Element, NvdimmDevice? Device, LayoutRecord? Record, LayoutRecord? Earlier)
{
    /// <summary>What findings call it.</summary>
    public string Name => Device?.Name ?? Element.Path;
}
