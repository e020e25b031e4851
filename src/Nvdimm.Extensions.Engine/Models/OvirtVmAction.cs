namespace Nvdimm.Extensions.Engine.Models;

/// <summary>What can be done to a VM.</summary>
public enum OvirtVmAction
{
    /// <summary>Start it.</summary>
    Start,

    /// <summary>Cut its power.</summary>
    Stop,

    /// <summary>Ask the guest to shut down.</summary>
    Shutdown,

    /// <summary>Save its memory to disk.</summary>
    Suspend,

    /// <summary>Move it to another host.</summary>
    Migrate,
}
