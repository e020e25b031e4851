using Nvdimm.Extensions;

namespace Nvdimm.Cli.Installation;

/// <summary>The hook points at which the hooks' program runs.</summary>
internal static class HookPoints
{
    /// <summary>All of them.</summary>
    public static ValueList<string> All { get; } =
    [
        "after_hostdev_list_by_caps",
        "after_vm_destroy",
        "after_vm_start",
        "before_memory_hotplug",
        "before_vm_dehibernate",
        "before_vm_hibernate",
        "before_vm_migrate_destination",
        "before_vm_migrate_source",
        "before_vm_start",
    ];
}
