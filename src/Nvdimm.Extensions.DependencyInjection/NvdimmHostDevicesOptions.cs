using Nvdimm.Extensions.Ndctl.Ssh;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>The options of the category <c>nvdimm</c>. Mutable: do not change them after the program has started.</summary>
public sealed class NvdimmHostDevicesOptions
{
    /// <summary>How to choose target sizes. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; set; }

    /// <summary>
    /// The source of a host's NVDIMMs. Ignored if the program registers its own <see cref="Engine.Inventories.INvdimmInventory"/>. Default:
    /// the hosts over SSH.
    /// </summary>
    public InventorySource Inventory { get; set; }

    /// <summary>The folder with a file <c>HOST.json</c> for each host, for <see cref="InventorySource.Folder"/>.</summary>
    public string? InventoryFolder { get; set; }

    /// <summary>How to reach hosts, for <see cref="InventorySource.Ssh"/>.</summary>
    public SshNdctlOptions Ssh { get; set; } = new();

    /// <summary>
    /// The file of the attachment records. Default: null, no records; ignored if the program registers its own
    /// <see cref="Engine.Management.IAttachmentRecords"/>.
    /// </summary>
    public string? RecordFile { get; set; }

    /// <summary>The number of hosts to read at once, from 1 to 1,000. Default: 8.</summary>
    public int Concurrency { get; set; } = 8;
}
