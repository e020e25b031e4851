namespace Nvdimm.Extensions.DomainXml;

/// <summary>A file of the host that a domain names, and what for.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Path">The path as written. Links are not resolved.</param>
/// <param name="Description">For people: <c>NVDIMM 2</c>, <c>disk vda</c>, <c>QEMU argument 'mem-path=/dev/pmem0'</c>. NVDIMMs are counted from 1.</param>
/// <param name="IsMemory">Whether the guest gets it as memory: an NVDIMM, a virtio-pmem device, or an argument with <c>mem-path</c>.</param>
public sealed record DomainDeviceUse(DomainUseKind Kind, string Path, string Description, bool IsMemory)
{
    /// <summary>What for.</summary>
    public DomainUseKind Kind { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Kind);

    /// <summary>The size that a virtio-pmem device has in the domain; null for other uses, and where it cannot be read.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The path for a comparison of texts: without repeated slashes and <c>.</c> parts. <c>..</c> stays, as a link may be before it.</summary>
    public string NormalPath => Normalize(Path);

    internal static string Normalize(string path)
    {
        if (path.StartsWith('/') && !path.EndsWith('/') && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
        return path.StartsWith('/') ? "/" + string.Join('/', parts) : string.Join('/', parts);
    }
}
