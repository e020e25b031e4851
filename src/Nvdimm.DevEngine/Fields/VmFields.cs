using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// The fields of a VM (ovirt-engine-api-model 4.6, <c>types.Vm</c> and <c>types.VmBase</c>; the defaults are those that oVirt Engine 4.5,
/// <c>VmBaseMapper</c>, shows of the template Blank).
/// </summary>
internal static class VmFields
{
    /// <summary>The table of all fields.</summary>
    public static FieldTable Table { get; } = new(
        "vm",
        "a VM",
        [
            .. FieldTable.Rows("name description memory memory_policy.max placement_policy cluster template snapshots", FieldUse.Read),
            FieldRule.Text("comment", ""),
            FieldRule.Word("type", hasDefault: true, "server", "desktop", "high_performance"),
            FieldRule.Text("origin", "ovirt"),
            FieldRule.Number("memory_policy.guaranteed", least: 1 << 20, most: long.MaxValue),
            FieldRule.Flag("memory_policy.ballooning", "true"),
            FieldRule.Number("cpu.topology.sockets", "1", least: 1),
            FieldRule.Number("cpu.topology.cores", "1", least: 1),
            FieldRule.Number("cpu.topology.threads", "1", least: 1),
            FieldRule.Word("cpu.mode", hasDefault: false, "custom", "host_model", "host_passthrough"),
            FieldRule.Tree("cpu.cpu_tune"),
            FieldRule.Number("cpu_shares", "0"),
            FieldRule.Word("cpu_pinning_policy", hasDefault: true, "none", "manual", "resize_and_pin_numa", "dedicated", "isolate_threads"),
            FieldRule.Word("auto_pinning_policy", hasDefault: false, "disabled", "existing", "adjust"),
            FieldRule.Flag("bios.boot_menu.enabled", "false"),
            FieldRule.Word(
                "bios.type", hasDefault: true, "q35_sea_bios", "cluster_default", "i440fx_sea_bios", "q35_ovmf", "q35_secure_boot"),
            FieldRule.Text("os.type", "other"),
            FieldRule.Tree("os.boot"),
            FieldRule.Text("os.kernel"),
            FieldRule.Text("os.initrd"),
            FieldRule.Text("os.cmdline"),
            FieldRule.Text("os.custom_kernel_cmdline"),
            FieldRule.Flag("high_availability.enabled", "false"),
            FieldRule.Number("high_availability.priority", "1"),
            FieldRule.Word("display.type", hasDefault: true, "vnc", "spice"),
            FieldRule.Word("display.video_type", hasDefault: false, "bochs", "cirrus", "qxl", "vga", "virtio"),
            FieldRule.Number("display.monitors", "1", least: 1),
            FieldRule.Flag("display.single_qxl_pci"),
            FieldRule.Flag("display.smartcard_enabled", "false"),
            FieldRule.Flag("display.allow_override", "false"),
            FieldRule.Text("display.keyboard_layout"),
            FieldRule.Flag("display.file_transfer_enabled", "true"),
            FieldRule.Flag("display.copy_paste_enabled", "true"),
            FieldRule.Text("display.disconnect_action", "LOCK_SCREEN"),
            FieldRule.Number("display.disconnect_action_delay"),
            FieldRule.Flag("console.enabled", "false"),
            FieldRule.Tree("sso"),
            FieldRule.Tree("rng_device"),
            FieldRule.Text("domain.name"),
            FieldRule.Flag("usb.enabled", "false"),
            FieldRule.Word("usb.type", hasDefault: false, "legacy", "native"),
            FieldRule.Flag("soundcard_enabled"),
            FieldRule.Flag("tunnel_migration"),
            FieldRule.Number("migration_downtime", "-1", least: -1),
            FieldRule.Word("migration.auto_converge", hasDefault: true, "inherit", "true", "false"),
            FieldRule.Word("migration.compressed", hasDefault: true, "inherit", "true", "false"),
            FieldRule.Word("migration.encrypted", hasDefault: true, "inherit", "true", "false"),
            FieldRule.Tree("migration.bandwidth"),
            FieldRule.Tree("migration.policy"),
            FieldRule.Word(
                "migration.parallel_migrations_policy", hasDefault: false, "inherit", "auto", "auto_parallel", "custom", "disabled"),
            FieldRule.Number("migration.custom_parallel_migrations"),
            FieldRule.Flag("virtio_scsi.enabled"),
            FieldRule.Word("serial_number.policy", hasDefault: false, "host", "vm", "custom", "none"),
            FieldRule.Text("serial_number.value"),
            FieldRule.Flag("start_paused", "false"),
            FieldRule.Number("io.threads", "0"),
            FieldRule.Tree("custom_properties"),
            FieldRule.Text("custom_emulated_machine"),
            FieldRule.Text("custom_cpu_model"),
            FieldRule.Text("time_zone.name", "Etc/GMT"),
            FieldRule.Text("time_zone.utc_offset"),
            FieldRule.Tree("initialization"),
            FieldRule.Number("custom_compatibility_version.major"),
            FieldRule.Number("custom_compatibility_version.minor"),
            FieldRule.Word("storage_error_resume_behaviour", hasDefault: true, "auto_resume", "leave_paused", "kill"),
            FieldRule.Flag("multi_queues_enabled", "true"),
            FieldRule.Flag("virtio_scsi_multi_queues_enabled", "false"),
            FieldRule.Number("virtio_scsi_multi_queues"),
            FieldRule.Flag("tpm_enabled", "false"),
            FieldRule.Flag("stateless", "false"),
            FieldRule.Flag("delete_protected", "false"),
            FieldRule.Word("numa_tune_mode", hasDefault: false, "interleave", "preferred", "strict"),
            FieldRule.Flag("use_latest_template_version", "false"),

            // Fields that the engine only shows.
            .. FieldTable.Rows(
                """
                id href link actions status status_detail stop_reason start_time stop_time run_once fqdn next_run_configuration_exists
                guest_time_zone guest_operating_system has_illegal_images host original_template creation_time statistics sessions
                reported_devices applications graphics_consoles katello_errata dynamic_cpu numa_nodes host_numa_nodes host_devices
                tags nics disk_attachments
                affinity_labels permissions cpu.architecture cpu.cores cpu.level cpu.name cpu.speed cpu.type display.address display.port
                display.secure_port display.certificate display.proxy memory_policy.over_commit memory_policy.transparent_huge_pages
                os.reported_kernel_cmdline os.description os.version custom_compatibility_version.build
                custom_compatibility_version.revision custom_compatibility_version.full_version domain.user domain.users
                domain.groups
                """,
                FieldUse.Ignored),

            // Fields that need storage, pools, quotas, providers and the like, which this engine does not have.
            .. FieldTable.Rows(
                """
                payloads instance_type vm_pool cdroms floppies watchdogs external_host_provider mediated_devices small_icon
                large_icon storage_domain cpu_profile quota lease
                """,
                FieldUse.Refused),
        ]);

    /// <summary>Writes every field that is stored or has a default, and the columns that belong into the same entities.</summary>
    /// <param name="view">The VM or template as written so far.</param>
    /// <param name="settings">The stored fields.</param>
    /// <param name="columns">The values from other columns, by path.</param>
    public static ApiObject Write(ApiObject view, VmSettings settings, params ReadOnlySpan<(string Path, string Value)> columns)
    {
        var tree = new FieldTree();
        foreach (var (path, value) in columns)
        {
            tree.Add(path, value);
        }

        foreach (var rule in Table.Rules.Where(rule => rule.Use == FieldUse.Kept))
        {
            var sent = settings.Kept.Find(rule.Path.Split('.'));
            _ = rule.Check is null ? tree.Add(rule.Path, sent) : tree.Add(rule.Path, sent?.Value ?? rule.Default);
        }

        if (settings.Kept.Find("os", "boot") is null)
        {
            tree.Add("os.boot.devices", new ApiObject("devices").Texts("device", ["hd"]));
        }

        return tree.Into(view);
    }
}
