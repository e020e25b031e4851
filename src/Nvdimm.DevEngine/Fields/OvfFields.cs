using System.Globalization;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// The elements of a VM in the oVirt Engine's OVF, and the field of the API that each one is (oVirt Engine 4.5, <c>OvfProperties</c>,
/// <c>OvfWriter.writeGeneralData</c>, <c>OvfVmWriter.writeGeneralData</c>).
/// </summary>
internal static class OvfFields
{
    private const long MostMiB = long.MaxValue >> 20;

    /// <summary>The boot sequences by number (<c>BootSequence</c>): C is a disk, D a CD-ROM, N the network.</summary>
    private static readonly string[] BootSequences =
        ["C", "DC", "N", "CDN", "CND", "DCN", "DNC", "NCD", "NDC", "CD", "D", "CN", "DN", "NC", "ND"];

    /// <summary>Elements that an import does not use, because they belong to the engine that wrote the OVF.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "CreationDate", "ExportDate", "Generation", "ClusterCompatibilityVersion", "ClusterName", "CreatedByUserId", "Origin",
        "TemplateId", "TemplateName", "OriginalTemplateId", "OriginalTemplateName", "UseLatestVersion", "IsInitilized", "app_list",
        "quota_id", "StopTime", "BootTime", "Downtime", "TrustedService", "IsAutoSuspend", "id", "type",
    };

    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["Name"] = Text("name"),
        ["Description"] = Text("description"),
        ["Comment"] = Text("comment"),
        ["Domain"] = Text("domain.name"),
        ["DeleteProtected"] = Text("delete_protected"),
        ["SsoMethod"] = new("sso", method => Tree("sso", Tree("methods", Tree("method", Leaf("id", method.ToLowerInvariant()))))),
        ["IsSmartcardEnabled"] = Text("display.smartcard_enabled"),
        ["NumOfIoThreads"] = Text("io.threads"),
        ["TimeZone"] = Text("time_zone.name"),
        ["default_boot_sequence"] = new("os.boot", Boot),
        ["initrd_url"] = Text("os.initrd"),
        ["kernel_url"] = Text("os.kernel"),
        ["kernel_params"] = Text("os.cmdline"),
        ["VmType"] = Word("type", "desktop", "server", "high_performance"),
        ["ResumeBehavior"] = new("storage_error_resume_behaviour", word => Leaf("storage_error_resume_behaviour", word.ToLowerInvariant())),
        ["TunnelMigration"] = Text("tunnel_migration"),
        ["VncKeyboardLayout"] = Text("display.keyboard_layout"),
        ["MinAllocatedMem"] = MiB("memory_policy.guaranteed"),
        ["MaxMemorySizeMb"] = MiB("memory_policy.max"),
        ["BalloonEnabled"] = Text("memory_policy.ballooning"),
        ["IsStateless"] = Text("stateless"),
        ["IsRunAndPause"] = Text("start_paused"),
        ["AutoStartup"] = Text("high_availability.enabled"),
        ["Priority"] = Text("high_availability.priority"),
        ["MigrationDowntime"] = Text("migration_downtime"),
        ["MigrationSupport"] = Word("placement_policy.affinity", "migratable", "user_migratable", "pinned"),
        ["SerialNumberPolicy"] = Word("serial_number.policy", "host", "vm", "custom"),
        ["CustomSerialNumber"] = Text("serial_number.value"),
        ["IsBootMenuEnabled"] = Text("bios.boot_menu.enabled"),
        ["BiosType"] = Word("bios.type", "i440fx_sea_bios", "q35_sea_bios", "q35_ovmf", "q35_secure_boot"),
        ["IsSpiceFileTransferEnabled"] = Text("display.file_transfer_enabled"),
        ["IsSpiceCopyPasteEnabled"] = Text("display.copy_paste_enabled"),
        ["AllowConsoleReconnect"] = Text("display.allow_override"),
        ["ConsoleDisconnectAction"] = Text("display.disconnect_action"),
        ["ConsoleDisconnectActionDelay"] = Text("display.disconnect_action_delay"),
        ["DefaultDisplayType"] = Word("display.video_type", "cirrus", "qxl", "vga", "bochs"),
        ["IsAutoConverge"] = Text("migration.auto_converge"),
        ["IsMigrateCompressed"] = Text("migration.compressed"),
        ["IsMigrateEncrypted"] = Text("migration.encrypted"),
        ["MigrationPolicyId"] = new("migration.policy", id => Tree("policy", Leaf("id", id))),
        ["CustomEmulatedMachine"] = Text("custom_emulated_machine"),
        ["CustomCpuName"] = Text("custom_cpu_model"),
        ["MultiQueuesEnabled"] = Text("multi_queues_enabled"),
        ["VirtioScsiMultiQueuesEnabled"] = Text("virtio_scsi_multi_queues_enabled"),
        ["CpuPinningPolicy"] = Word("cpu_pinning_policy", "none", "manual", "resize_and_pin_numa", "dedicated", "isolate_threads"),
    };

    /// <summary>The fields inside <c>initialization</c> by the attributes of <c>VmInit</c>.</summary>
    private static readonly Dictionary<string, string> Initialization = new(StringComparer.Ordinal)
    {
        ["hostname"] = "host_name",
        ["domain"] = "domain",
        ["timeZone"] = "timezone",
        ["authorizedKeys"] = "authorized_ssh_keys",
        ["regenerateKeys"] = "regenerate_ssh_keys",
        ["dnsServers"] = "dns_servers",
        ["dnsSearch"] = "dns_search",
        ["customScript"] = "custom_script",
        ["rootPassword"] = "root_password",
    };

    /// <summary>A VM with the field of an element; the VM itself if the element is empty or not used.</summary>
    /// <exception cref="ApiFaultException">The element is not known, or its value is wrong.</exception>
    public static ApiInput Add(ApiInput vm, ApiInput element)
    {
        if (element.Name == "VmInit")
        {
            return element.Parts.Where(part => part.Value is { Length: > 0 }).Aggregate(vm, AddInitialization);
        }

        if (Ignored.Contains(element.Name) || element is { Value: null or "", Parts.Count: 0 })
        {
            return vm;
        }

        return element switch
        {
            { Name: "UseHostCpu", Value: "true" } => vm.With("cpu.mode", Leaf("mode", "host_passthrough")),
            { Name: "UseHostCpu", Value: "false" } => vm,
            { Name: "CustomCompatibilityVersion", Value: { } version } when version.Split('.') is [var major, var minor] => vm
                .With("custom_compatibility_version.major", Leaf("major", major))
                .With("custom_compatibility_version.minor", Leaf("minor", minor)),
            { Name: "PredefinedProperties" or "UserDefinedProperties", Value: { } text } => AddProperties(vm, text),
            { Name: "DefaultDisplayType", Value: "4" } => throw OvfConfiguration.NotServed("DefaultDisplayType none"),
            { Parts: [var attribute, ..] } when Rows.ContainsKey(element.Name) =>
                throw OvfConfiguration.NotServed($"{element.Name}/{attribute.Name}"),
            { Value: { Length: > 0 } text } when Rows.TryGetValue(element.Name, out var row) =>
                vm.With(row.Path, row.Read(text) ?? throw OvfConfiguration.Unreadable($"{element.Name} is '{text}'")),
            { Value: "" } when Rows.ContainsKey(element.Name) => vm,
            _ => throw OvfConfiguration.NotServed(element.Name),
        };
    }

    /// <summary>A field with a value.</summary>
    public static ApiInput Leaf(string name, string value) => new(name, value, []);

    /// <summary>A memory size in MiB as bytes; null if it is no such size.</summary>
    public static string? Bytes(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= MostMiB
            ? (size << 20).ToString(CultureInfo.InvariantCulture)
            : null;

    private static ApiInput AddInitialization(ApiInput vm, ApiInput attribute) =>
        Initialization.TryGetValue(attribute.Name, out var field)
            ? vm.With($"initialization.{field}", Leaf(field, attribute.Value!.Replace(@"\n", "\n", StringComparison.Ordinal)))
            : throw OvfConfiguration.NotServed($"VmInit/{attribute.Name}");

    /// <summary>Adds custom properties, which are written as <c>name=value;name=value</c>.</summary>
    private static ApiInput AddProperties(ApiInput vm, string text)
    {
        var before = vm.Find("custom_properties") ?? Tree("custom_properties");
        if (text.Length > ApiInput.LongestText)
        {
            throw OvfConfiguration.Unreadable($"the custom properties have more than {ApiInput.LongestText} characters");
        }

        var added = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(property =>
            property.Split('=', 2) is [{ Length: > 0 } name, var value]
                ? Tree("custom_property", Leaf("name", name), Leaf("value", value))
                : throw OvfConfiguration.Unreadable($"the custom property '{property}' has no name and value"));
        return vm.With("custom_properties", before with { Parts = [.. before.Parts, .. added] });
    }

    private static ApiInput? Boot(string text) => At(BootSequences, text) is not { } sequence
        ? null
        : Tree("boot", Tree("devices", [.. sequence.Select(device => Leaf("device", device switch
        {
            'C' => "hd",
            'D' => "cdrom",
            _ => "network",
        }))]));

    private static string? At(string[] words, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < words.Length ? words[number] : null;

    private static ApiInput Tree(string name, params IReadOnlyList<ApiInput> parts) => new(name, null, parts);

    private static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static Row Text(string path) => new(path, text => Leaf(LastOf(path), text));

    private static Row MiB(string path) => new(path, text => Bytes(text) is { } bytes ? Leaf(LastOf(path), bytes) : null);

    /// <summary>A word that the OVF writes as its number.</summary>
    private static Row Word(string path, params string[] words) =>
        new(path, text => At(words, text) is { } word ? Leaf(LastOf(path), word) : null);

    /// <summary>A field of the API.</summary>
    /// <param name="Path">The path of the field.</param>
    /// <param name="Read">Converts the text of the element; null if it is wrong.</param>
    private sealed record Row(string Path, Func<string, ApiInput?> Read);
}
