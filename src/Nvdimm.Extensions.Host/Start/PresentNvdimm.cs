using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>An NVDIMM that a domain has.</summary>
/// <param name="Path">Its path in the domain.</param>
/// <param name="Device">The device behind it; null where there is none, or it could not be read.</param>
public sealed record PresentNvdimm(string Path, NvdimmDevice? Device)
{
    /// <summary>What findings call it.</summary>
    public string Name => Device?.Name ?? Path;
}
