namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// The fields that clients send for everything but VMs (ovirt-engine-api-model 4.6; ignored fields by the mappers of oVirt Engine 4.5).
/// </summary>
internal static class BodyFields
{
    private const string Shown = "id href link actions";

    /// <summary>An action without parameters of its own. <c>force</c> changes nothing here, because nothing can block a stop.</summary>
    public static FieldTable Action { get; } = Of("force");

    /// <summary>A start. Of the VM settings for a single run, only <c>start_paused</c> is served.</summary>
    public static FieldTable Start { get; } = Of(
        "pause vm.start_paused",
        """
        vm.os vm.display vm.initialization vm.cdroms vm.floppies vm.custom_properties vm.stateless vm.bios vm.domain vm.custom_cpu_model
        vm.custom_emulated_machine vm.cpu vm.io vm.memory_policy vm.payloads vm.console vm.high_availability vm.placement_policy
        """);

    /// <summary>A migration.</summary>
    public static FieldTable Migration { get; } = Of("force host cluster");

    /// <summary>A change of the pinning of vCPUs and NUMA nodes.</summary>
    public static FieldTable AutoPinning { get; } = Of("optimize_cpu_settings");

    /// <summary>A clone. The name of the copy is served; everything else is as in the original.</summary>
    public static FieldTable Clone { get; } = Of("vm.name", "storage_domain discard_snapshots");

    /// <summary>A preview of a snapshot.</summary>
    public static FieldTable Preview { get; } = Of("snapshot.id", "vm disks lease restore_memory");

    /// <summary>A return to a snapshot.</summary>
    public static FieldTable Restore { get; } = Of("", "restore_memory disks");

    /// <summary>A host device of a VM.</summary>
    public static FieldTable HostDevice { get; } = FieldTable.Of(
        "host_device",
        "a host device",
        "id name",
        "href link comment description capability product vendor iommu_group physical_function virtual_functions placeholder "
            + "driver m_dev_types host parent_device vm");

    /// <summary>A guest NUMA node.</summary>
    public static FieldTable NumaNode { get; } = FieldTable.Of(
        "vm_numa_node",
        "a NUMA node",
        "index memory cpu.cores numa_node_pins",
        $"{Shown} name comment description vm host statistics node_distance cpu.architecture "
            + "cpu.cpu_tune cpu.level cpu.mode cpu.name cpu.speed cpu.topology cpu.type",
        "numa_tune_mode");

    /// <summary>A snapshot.</summary>
    public static FieldTable Snapshot { get; } = FieldTable.Of(
        "snapshot",
        "a snapshot",
        "description persist_memorystate",
        $"{Shown} name comment date snapshot_status snapshot_type vm",
        "disks disk_attachments");

    /// <summary>A tag.</summary>
    public static FieldTable Tag { get; } = FieldTable.Of(
        "tag", "a tag", "name description parent", $"{Shown} comment host vm user group template");

    /// <summary>A tag that is assigned to a VM or a host.</summary>
    public static FieldTable AssignedTag { get; } = FieldTable.Of(
        "tag", "a tag", "id name", "href link actions comment description host vm user group template parent");

    /// <summary>An event.</summary>
    public static FieldTable Event { get; } = FieldTable.Of(
        "event",
        "an event",
        "origin severity custom_id description vm host",
        $"{Shown} name comment code index time log_on_host",
        "correlation_id flood_rate custom_data user storage_domain template cluster data_center");

    /// <summary>A job of an external system.</summary>
    public static FieldTable Job { get; } = FieldTable.Of(
        "job", "a job", "description", $"{Shown} name comment status start_time end_time last_updated external owner steps",
        "auto_cleared");

    /// <summary>A step of a job.</summary>
    public static FieldTable Step { get; } = FieldTable.Of(
        "step",
        "a step",
        "description type",
        $"{Shown} name comment number status start_time end_time external external_type job statistics progress execution_host",
        "parent_step");

    /// <summary>The end of a job or a step.</summary>
    public static FieldTable End { get; } = Of("succeeded force");

    /// <summary>The table for an action: its own fields, and those that every action has.</summary>
    private static FieldTable Of(string read, string refused = "") => FieldTable.Of(
        "action",
        "an action",
        read,
        $"{Shown} name comment description async status fault job grace_period reason filter use_cloud_init use_ignition use_sysprep "
            + "use_initialization volatile",
        refused);
}
