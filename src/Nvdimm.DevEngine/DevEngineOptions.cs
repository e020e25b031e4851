namespace Nvdimm.DevEngine;

/// <summary>The options of the engine.</summary>
internal sealed record DevEngineOptions
{
    /// <summary>
    /// The URLs to listen on, separated by semicolons. Default: <c>http://127.0.0.1:8080</c>. With https the engine has its own certificate
    /// authority.
    /// </summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The path of the SQLite file.</summary>
    public required string Database { get; init; }

    /// <summary>Whether this machine's <c>ndctl</c> lists the devices of a host <c>this-machine</c>.</summary>
    public bool UsesNdctl { get; init; }

    /// <summary>Files that stand for NVDIMMs of <c>this-machine</c>.</summary>
    public IReadOnlyList<string> DeviceFiles { get; init; } = [];

    /// <summary>The libvirt connection in which VMs of <c>this-machine</c> run; null if none can run.</summary>
    public string? Libvirt { get; init; }

    /// <summary>The virsh program. Default: <c>virsh</c>.</summary>
    public string Virsh { get; init; } = "virsh";

    /// <summary>The domain type, <c>qemu</c> or <c>kvm</c>. Default: <c>qemu</c>, which works everywhere.</summary>
    public string DomainType { get; init; } = "qemu";

    /// <summary>The administrator's password; null to generate one at the first start.</summary>
    public string? Password { get; init; }

    /// <summary>The password of the read-only user <c>reader@internal</c>; null for no such user.</summary>
    public string? ReaderPassword { get; init; }

    /// <summary>Whether there is a host <c>this-machine</c>.</summary>
    public bool HasMachine => UsesNdctl || DeviceFiles.Count > 0 || Libvirt is not null;

    /// <summary>The folder with the ledger of layouts and the claims on devices; null for the default beside the database.</summary>
    public string? Layouts { get; init; }

    /// <summary>The folder with the ledger of layouts and the claims on devices, default included.</summary>
    public string LayoutFolder => Layouts ?? Database + ".layouts";

    /// <summary>The file of the certificate authority, beside the database.</summary>
    public string AuthorityFile => Database + ".ca.pem";

    /// <summary>The folder for the memory of suspended VMs, beside the database.</summary>
    public string MemoryFolder => Database + ".memory";
}
