using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>An NVDIMM of the domain, the device behind it, and what the VM had before.</summary>
/// <param name="Subject">The NVDIMM and its device.</param>
/// <param name="Earlier">
/// The record of the device that the VM was last used with under this name or path; null where there is none. Not the record of the present
/// device where the name stands for another device now.
/// </param>
internal sealed record StartDevice(StartSubject Subject, LayoutRecord? Earlier)
{
    /// <summary>The device; null where there is none.</summary>
    public NvdimmDevice? Device => Subject.Device;

    /// <summary>As the domain has it.</summary>
    public NvdimmElement Element => Subject.Element;

    /// <summary>What findings call it.</summary>
    public string Name => Device?.Name ?? Element.Path;
}
