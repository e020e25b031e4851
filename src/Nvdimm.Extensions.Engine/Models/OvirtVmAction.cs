namespace Nvdimm.Extensions.Engine.Models;

/// <summary>An action on a VM.</summary>
public enum OvirtVmAction
{
    /// <summary>Start the VM.</summary>
    Start,

    /// <summary>Cut the VM's power.</summary>
    Stop,

    /// <summary>Ask the guest to shut down.</summary>
    Shutdown,

    /// <summary>Save the VM's memory to disk.</summary>
    Suspend,

    /// <summary>Migrate the VM to another host.</summary>
    Migrate,
}
