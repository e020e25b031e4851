namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// The fields of a template (ovirt-engine-api-model 4.6, <c>types.Template</c> and <c>types.VmBase</c>): those that it shares with a VM,
/// and the VM that it is made of.
/// </summary>
internal static class TemplateFields
{
    /// <summary>Fields that only a VM has.</summary>
    private static readonly string[] OfVm = ["numa_tune_mode", "use_latest_template_version"];

    /// <summary>Fields that the engine only shows, and no field of <see cref="VmFields"/> contains.</summary>
    private static readonly string[] Shown =
    [
        "id", "href", "link", "actions", "status", "creation_time", "nics", "disk_attachments", "tags", "permissions",
    ];

    /// <summary>The table of all fields.</summary>
    public static FieldTable Table { get; } = new(
        "template",
        "a template",
        [
            .. FieldTable.Rows("name description memory memory_policy.max placement_policy cluster vm.id vm.name", FieldUse.Read),
            .. VmFields.Table.Rules.Where(rule => rule.Use == FieldUse.Kept && !OfVm.Contains(rule.Path, StringComparer.Ordinal)),
            .. VmFields.Table.Rules.Where(rule => rule.Use == FieldUse.Ignored
                && (rule.Path.Contains('.', StringComparison.Ordinal) || Shown.Contains(rule.Path, StringComparer.Ordinal))),
            .. VmFields.Table.Rules.Where(rule => rule.Use == FieldUse.Refused),
            .. FieldTable.Rows("vm.href", FieldUse.Ignored),
            .. FieldTable.Rows("version vm.snapshots vm.disk_attachments", FieldUse.Refused),
        ]);
}
