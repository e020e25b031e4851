using Nvdimm.Extensions.Ndctl.Ssh;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>How the category <c>nvdimm</c> works in an app.</summary>
public sealed class NvdimmHostDevicesOptions
{
    /// <summary>How target sizes are chosen. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; set; }

    /// <summary>
    /// Who tells what a host has, unless the app registers an <see cref="Engine.Inventories.INvdimmInventory"/> of its own. Default: the hosts over SSH.
    /// </summary>
    public InventorySource Inventory { get; set; }

    /// <summary>The folder with a file <c>HOST.json</c> for each host, for <see cref="InventorySource.Folder"/>.</summary>
    public string? InventoryFolder { get; set; }

    /// <summary>How hosts are reached, for <see cref="InventorySource.Ssh"/>.</summary>
    public SshNdctlOptions Ssh { get; set; } = new();

    /// <summary>The file in which attachments are noted; null, the default, where nobody notes them, or the app registers its own record.</summary>
    public string? RecordFile { get; set; }

    /// <summary>How many hosts are asked at once, from 1 to 1,000. Default: 8.</summary>
    public int Concurrency { get; set; } = 8;
}
