using System.Globalization;
using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// The schema of each collection: the engine's search words for the data that this engine has (oVirt Engine 4.5, the
/// <c>…ConditionFieldAutoCompleter</c> and <c>…CrossRefAutoCompleter</c>). Data outside an entity's row is read when a search needs it,
/// once for all entities.
/// </summary>
/// <param name="session">The database session.</param>
/// <param name="time">The clock, for words such as <c>today</c>.</param>
internal sealed class SearchSchemas(EngineSession session, TimeProvider time)
{
    private const long MiB = 1 << 20;

    private readonly Lazy<Dictionary<string, ClusterRow>> clusters =
        new(() => session.Clusters(Slice.All).ToDictionary(cluster => cluster.Id, StringComparer.Ordinal));

    private readonly Lazy<Dictionary<string, HostRow>> hosts =
        new(() => session.Hosts(Slice.All).ToDictionary(host => host.Id, StringComparer.Ordinal));

    private readonly Lazy<Dictionary<string, VmRow>> vms =
        new(() => session.VmRows(Slice.All).ToDictionary(vm => vm.Id, StringComparer.Ordinal));

    private readonly Lazy<Dictionary<string, TemplateRow>> templates =
        new(() => session.Templates(Slice.All).ToDictionary(template => template.Id, StringComparer.Ordinal));

    private readonly Lazy<ILookup<string?, VmRow>> vmsByHost =
        new(() => session.VmRows(Slice.All).ToLookup(vm => vm.HostId, StringComparer.Ordinal));

    private readonly Lazy<ILookup<string, VmRow>> vmsByTemplate =
        new(() => session.VmRows(Slice.All).ToLookup(vm => vm.TemplateId, StringComparer.Ordinal));

    private readonly Lazy<ILookup<string, string>> vmTags = new(session.TagNames);
    private readonly Lazy<ILookup<string, string>> hostTags = new(session.HostTagNames);

    /// <summary>VMs. The related host is the one that a VM runs on.</summary>
    public SearchSchema<VmRow> Vms => OfVm().With("host", HostOf, OfHost()).With("template", TemplateOf, OfTemplate());

    /// <summary>Hosts. The related VMs are those that run there.</summary>
    public SearchSchema<HostRow> Hosts => OfHost().With("vm", VmsOn, OfVm());

    /// <summary>Clusters.</summary>
    public static SearchSchema<ClusterRow> Clusters => OfCluster().With("datacenter", _ => [DataCentersResource.Name], OfDataCenter());

    /// <summary>Data centers, by name: there is one.</summary>
    public SearchSchema<string> DataCenters => OfDataCenter().With("cluster", _ => clusters.Value.Values, OfCluster());

    /// <summary>Templates. The related VMs are those that were made of a template.</summary>
    public SearchSchema<TemplateRow> Templates => OfTemplate().With("vm", VmsOf, OfVm());

    /// <summary>Events.</summary>
    public SearchSchema<EventRow> Events => new SearchSchema<EventRow>("events")
        .With("severity", SearchField<EventRow>.Word(entry => entry.Severity, "normal", "warning", "error", "alert"))
        .With("type", SearchField<EventRow>.Number(entry => entry.Code))
        .With("message", SearchField<EventRow>.Text(entry => entry.Description))
        .With("time", SearchField<EventRow>.Moment(entry => entry.Time, time.GetUtcNow))
        .With("origin", SearchField<EventRow>.Text(entry => entry.Origin))
        .With("correlation_id", SearchField<EventRow>.Text(entry => entry.CorrelationId))
        .With("custom_event_id", SearchField<EventRow>.Texts(entry => [entry.CustomId.ToString(CultureInfo.InvariantCulture)]))
        .With("event_host", SearchField<EventRow>.Texts(entry => HostOf(entry).Select(host => host.Name)))
        .With("event_vm", SearchField<EventRow>.Texts(entry => VmOf(entry).Select(vm => vm.Name)))
        .With("_event_host_id", SearchField<EventRow>.Texts(entry => HostOf(entry).Select(host => host.Id)))
        .With("_event_vm_id", SearchField<EventRow>.Texts(entry => VmOf(entry).Select(vm => vm.Id)))
        .With("host", HostOf, OfHost())
        .With("vm", VmOf, OfVm());

    /// <summary>Jobs.</summary>
    public static SearchSchema<JobRow> Jobs =>
        new SearchSchema<JobRow>("jobs").With("correlation_id", SearchField<JobRow>.Text(job => job.CorrelationId));

    private static SearchSchema<string> OfDataCenter() => new SearchSchema<string>("data centers")
        .With("name", SearchField<string>.Text(name => name))
        .With("description", SearchField<string>.Text(_ => ""))
        .With("comment", SearchField<string>.Text(_ => ""))
        .With("local", SearchField<string>.Word(_ => "false", "true", "false"))
        .With("status", SearchField<string>.Word(
            _ => "up", "contend", "maintenance", "not_operational", "problematic", "uninitialized", "up"));

    private static SearchSchema<TemplateRow> OfTemplate() => new SearchSchema<TemplateRow>("templates")
        .With("name", SearchField<TemplateRow>.Text(template => template.Name))
        .With("description", SearchField<TemplateRow>.Text(template => template.Description))
        .With("comment", SearchField<TemplateRow>.Text(template => template.Settings().Kept.Text("comment")))
        .With("status", SearchField<TemplateRow>.Word(_ => "ok", "ok", "locked", "illegal"))
        .With("datacenter", SearchField<TemplateRow>.Text(_ => DataCentersResource.Name));

    private static SearchSchema<ClusterRow> OfCluster() => new SearchSchema<ClusterRow>("clusters")
        .With("name", SearchField<ClusterRow>.Text(cluster => cluster.Name))
        .With("description", SearchField<ClusterRow>.Text(_ => ""))
        .With("comment", SearchField<ClusterRow>.Text(_ => ""))
        .With("architecture", SearchField<ClusterRow>.Texts(cluster => [cluster.Architecture]));

    private SearchSchema<HostRow> OfHost() => new SearchSchema<HostRow>("hosts")
        .With("name", SearchField<HostRow>.Text(host => host.Name))
        .With("id", SearchField<HostRow>.Texts(host => [host.Id]))
        .With("comment", SearchField<HostRow>.Text(_ => ""))
        .With("address", SearchField<HostRow>.Text(host => host.Address))
        .With("status", SearchField<HostRow>.Word(
            host => host.Status,
            "connecting", "down", "error", "initializing", "install_failed", "installing", "installing_os", "kdumping", "maintenance",
            "non_operational", "non_responsive", "pending_approval", "preparing_for_maintenance", "reboot", "unassigned", "up"))
        .With("cluster", SearchField<HostRow>.Text(host => clusters.Value[host.ClusterId].Name))
        .With("datacenter", SearchField<HostRow>.Text(_ => DataCentersResource.Name))
        .With("architecture", SearchField<HostRow>.Texts(host => [clusters.Value[host.ClusterId].Architecture]))
        .With("type", SearchField<HostRow>.Word(_ => "rhel", "rhel", "ovirt_node", "rhev_h"))
        .With("tag", SearchField<HostRow>.Texts(host => hostTags.Value[host.Id]));

    private SearchSchema<VmRow> OfVm() => new SearchSchema<VmRow>("VMs")
        .With("name", SearchField<VmRow>.Text(vm => vm.Name))
        .With("id", SearchField<VmRow>.Texts(vm => [vm.Id]))
        .With("comment", SearchField<VmRow>.Text(vm => Kept(vm, "comment")))
        .With("description", SearchField<VmRow>.Text(vm => vm.Description))
        .With("status", SearchField<VmRow>.Word(vm => vm.Status, [.. StatusWords.Statuses]))
        .With("on_host", SearchField<VmRow>.Texts(vm => HostOf(vm).Select(host => host.Name)))
        .With("cluster", SearchField<VmRow>.Text(vm => clusters.Value[vm.ClusterId].Name))
        .With("datacenter", SearchField<VmRow>.Text(_ => DataCentersResource.Name))
        .With("architecture", SearchField<VmRow>.Texts(vm => [clusters.Value[vm.ClusterId].Architecture]))
        .With("tag", SearchField<VmRow>.Texts(vm => vmTags.Value[vm.Id]))
        .With("type", SearchField<VmRow>.Word(vm => Kept(vm, "type") ?? "server", "server", "desktop", "high_performance"))
        .With("os", SearchField<VmRow>.Texts(vm => [Kept(vm, "os", "type") ?? "other"]))
        .With("bios_type", SearchField<VmRow>.Texts(vm => [Kept(vm, "bios", "type") ?? "q35_sea_bios"]))
        .With("custom_emulated_machine", SearchField<VmRow>.Text(vm => Kept(vm, "custom_emulated_machine")))
        .With("custom_cpu_type", SearchField<VmRow>.Text(vm => Kept(vm, "custom_cpu_model")))
        .With("memory", SearchField<VmRow>.Number(vm => vm.Memory / MiB))
        .With("guaranteed_memory", SearchField<VmRow>.Number(
            vm => (Settings(vm).Kept.Number("memory_policy", "guaranteed") ?? vm.Memory) / MiB))
        .With("vcpus", SearchField<VmRow>.Number(vm => Settings(vm).Cpus))
        .With("creationdate", SearchField<VmRow>.Moment(vm => vm.Created, time.GetUtcNow));

    private static VmSettings Settings(VmRow vm) => VmSettings.Read(vm.Settings);

    private static string? Kept(VmRow vm, params ReadOnlySpan<string> path) => Settings(vm).Kept.Text(path);

    private TemplateRow[] TemplateOf(VmRow vm) => [templates.Value[vm.TemplateId]];

    private IEnumerable<VmRow> VmsOf(TemplateRow template) => vmsByTemplate.Value[template.Id];

    private HostRow[] HostOf(VmRow vm) => vm.HostId is { } host ? [hosts.Value[host]] : [];

    private HostRow[] HostOf(EventRow entry) => entry.HostId is { } id && hosts.Value.TryGetValue(id, out var host) ? [host] : [];

    private VmRow[] VmOf(EventRow entry) => entry.VmId is { } id && vms.Value.TryGetValue(id, out var vm) ? [vm] : [];

    private IEnumerable<VmRow> VmsOn(HostRow host) => vmsByHost.Value[host.Id];
}
