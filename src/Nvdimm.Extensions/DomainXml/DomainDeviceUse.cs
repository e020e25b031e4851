namespace Nvdimm.Extensions.DomainXml;

/// <summary>A use of a host file by a domain.</summary>
public sealed record DomainDeviceUse
{
    /// <summary>The kind of use.</summary>
    public required DomainUseKind Kind { get; init => field = EnumArgument.Checked(value, last: DomainUseKind.Other); }

    /// <summary>The path as written. Links are not resolved.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// A description for messages: <c>NVDIMM 2</c>, <c>disk vda</c>, <c>QEMU argument 'mem-path=/dev/pmem0'</c>. NVDIMMs are counted from
    /// 1.
    /// </summary>
    public required string Description { get; init; }

    /// <summary>Whether the guest gets the file as memory: an NVDIMM, a virtio-pmem device, or an argument with <c>mem-path</c>.</summary>
    public required bool IsMemory { get; init; }

    /// <summary>The size of a virtio-pmem device in the domain; null for other uses, and if it cannot be read.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>
    /// The path for text comparison, without repeated slashes and <c>.</c> parts. <c>..</c> stays, since the part before it may be a link.
    /// </summary>
    public string NormalPath => Normalize(Path);

    internal static string Normalize(string path)
    {
        if (path.StartsWith('/')
            && !path.EndsWith('/')
            && !path.Contains("//", StringComparison.Ordinal)
            && !path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
        return path.StartsWith('/') ? "/" + string.Join('/', parts) : string.Join('/', parts);
    }
}

/// <summary>The kind of use of a host file by a domain.</summary>
public enum DomainUseKind
{
    /// <summary>An NVDIMM: <c>&lt;memory model='nvdimm'&gt;</c>.</summary>
    Nvdimm,

    /// <summary>A virtio-pmem device: <c>&lt;memory model='virtio-pmem'&gt;</c>.</summary>
    VirtioPmem,

    /// <summary>A disk, one of its backing images, or the target of its mirror.</summary>
    Disk,

    /// <summary>An argument of <c>&lt;qemu:commandline&gt;</c>.</summary>
    Argument,

    /// <summary>Another device, such as a serial port.</summary>
    Other,
}
