using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>An NVDIMM of a domain, and the host's device behind its path.</summary>
/// <param name="Element">The NVDIMM as the domain has it.</param>
/// <param name="Device">The device; null if the host has none at that path, or if it could not be read.</param>
public sealed record StartSubject(NvdimmElement Element, NvdimmDevice? Device)
{
    /// <summary>Why there is no device. Default: the host has none at that path.</summary>
    public Finding WhyMissing { get; init; } = Finding.Error(NvdimmCodes.XmlUnmatched, ("path", Element.Path));
}
