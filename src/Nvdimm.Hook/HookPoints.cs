using Nvdimm.Hook.Points;

namespace Nvdimm.Hook;

/// <summary>The hook points, by the names that VDSM gives them.</summary>
internal static class HookPoints
{
    private static readonly string[] All =
    [
        "after_hostdev_list_by_caps",
        "before_vm_start",
        "after_vm_start",
        "before_memory_hotplug",
        "before_vm_hibernate",
        "before_vm_dehibernate",
        "before_vm_migrate_source",
        "before_vm_migrate_destination",
        "after_vm_destroy",
    ];

    /// <summary>The names of all points, in the order in which a VM reaches them.</summary>
    public static IReadOnlyList<string> Names => All;

    public static bool IsKnown(string? name) => Array.Exists(All, point => point == name);

    public static IHookPoint Of(string name) => name switch
    {
        "after_hostdev_list_by_caps" => new AfterHostdevListByCaps(),
        "before_vm_start" => new BeforeVmStart(),
        "after_vm_start" => new AfterVmStart(),
        "before_memory_hotplug" => new BeforeMemoryHotplug(),
        "before_vm_hibernate" => new BeforeVmHibernate(),
        "before_vm_dehibernate" => new BeforeVmDehibernate(),
        "before_vm_migrate_source" => new BeforeVmMigrateSource(),
        "before_vm_migrate_destination" => new BeforeVmMigrateDestination(),
        "after_vm_destroy" => new AfterVmDestroy(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such hook point"),
    };
}
