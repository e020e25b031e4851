using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>An NVDIMM of a domain.</summary>
/// <param name="Path">The path in the domain.</param>
/// <param name="Device">The device behind the path; null if there is none, or it could not be read.</param>
public sealed record PresentNvdimm(string Path, NvdimmDevice? Device)
{
    /// <summary>The name in findings.</summary>
    public string Name => Device?.Name ?? Path;
}
