namespace Nvdimm.DevEngine;

/// <summary>How the engine runs.</summary>
internal sealed record DevEngineOptions
{
    /// <summary>Where it listens, with semicolons. Default: <c>http://127.0.0.1:8080</c>. With https it has an authority of its own.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The SQLite file.</summary>
    public required string Database { get; init; }

    /// <summary>Whether this machine's <c>ndctl</c> lists the devices of a host <c>this-machine</c>.</summary>
    public bool UsesNdctl { get; init; }

    /// <summary>Files that stand for NVDIMMs of <c>this-machine</c>.</summary>
    public IReadOnlyList<string> DeviceFiles { get; init; } = [];

    /// <summary>The libvirt in which VMs of <c>this-machine</c> run; null where none do.</summary>
    public string? Libvirt { get; init; }

    /// <summary>The virsh to ask. Default: <c>virsh</c>.</summary>
    public string Virsh { get; init; } = "virsh";

    /// <summary>The type of the domains, <c>qemu</c> or <c>kvm</c>. Default: <c>qemu</c>, which works everywhere.</summary>
    public string DomainType { get; init; } = "qemu";

    /// <summary>The administrator's password; null where one is made at the first start.</summary>
    public string? Password { get; init; }

    /// <summary>The password of <c>reader@internal</c>, who may only look; null where there is no such user.</summary>
    public string? ReaderPassword { get; init; }

    /// <summary>Whether there is a host <c>this-machine</c>.</summary>
    public bool HasMachine => UsesNdctl || DeviceFiles.Count > 0 || Libvirt is not null;

    /// <summary>The folder with the ledger of layouts and the claims on devices; null where it is beside the database.</summary>
    public string? Layouts { get; init; }

    /// <summary>The folder with the ledger of layouts and the claims on devices.</summary>
    public string LayoutFolder => Layouts ?? Database + ".layouts";

    /// <summary>Where the authority is kept: beside the database.</summary>
    public string AuthorityFile => Database + ".ca.pem";

    /// <summary>Where the memory of suspended VMs is kept: beside the database.</summary>
    public string MemoryFolder => Database + ".memory";
}
