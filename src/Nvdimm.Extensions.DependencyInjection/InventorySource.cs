namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Who tells what a host has.</summary>
public enum InventorySource
{
    /// <summary>The host's ndctl, over SSH.</summary>
    Ssh,

    /// <summary>The ndctl of this machine.</summary>
    Local,

    /// <summary>Files of a folder.</summary>
    Folder,
}
