namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>The source of a host's NVDIMMs.</summary>
public enum InventorySource
{
    /// <summary>The host's ndctl, over SSH.</summary>
    Ssh,

    /// <summary>The ndctl of this machine.</summary>
    Local,

    /// <summary>Files in a folder.</summary>
    Folder,
}
