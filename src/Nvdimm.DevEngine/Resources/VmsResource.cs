using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>VMs.</summary>
internal static class VmsResource
{
    /// <summary>
    /// What belongs to a VM, and the names of the fields that stand for it where it is followed: those of the model's schema (oVirt SDK 4.6,
    /// readers of Vm), odd as the one of the NUMA nodes is.
    /// </summary>
    private static readonly (string Link, string Field)[] Parts =
    [
        ("hostdevices", "host_devices"),
        ("numanodes", "host_numa_nodes"),
        ("snapshots", "snapshots"),
        ("tags", "tags"),
        ("nics", "nics"),
        ("diskattachments", "disk_attachments"),
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/vms");
        api.MapEntity("/vms/{vm}");
        api.MapEntity("/vms/{vm}/nics");
        api.MapEntity("/vms/{vm}/diskattachments");
        api.MapPost("/vms", AddAsync);
        api.MapPut("/vms/{vm}", UpdateAsync);
        api.MapDelete("/vms/{vm}", Remove);
    }

    /// <summary>VMs. Only those that are shown are read with what belongs to them.</summary>
    public static ApiObject List(EngineSession session, IQueryCollection? query) => ApiObject.Collection(
        "vms",
        "vm",
        session.WithParts([.. Listing.Found(session.VmRows, "name", query, Fields(session), session.VmRowsNamed)]).Select(View));

    public static ApiObject Reference(string id) => ApiObject.Reference("vm", ApiPaths.Of("vms", id), id);

    /// <summary>A VM. Its own name and status come before any other, since fence_rhevm takes the first that it sees; libgovirt takes no VM without a display.</summary>
    public static ApiObject View(VmParts vm)
    {
        var href = ApiPaths.Of("vms", vm.Id);
        var view = Reference(vm.Id)
            .Actions(href, "start", "stop", "shutdown", "suspend", "migrate")
            .Text("name", vm.Name)
            .Text("description", vm.Row.Description)
            .Text("comment", "")
            .Text("status", vm.Row.Status)
            .Text("type", "server")
            .Text("origin", "ovirt")
            .Number("memory", vm.Row.Memory)
            .Child(new ApiObject("memory_policy").Number("guaranteed", vm.Row.Memory).Number("max", vm.Row.MaxMemory))
            .Child(new ApiObject("cpu")
                .Text("architecture", vm.Cluster.Architecture)
                .Child(new ApiObject("topology").Number("cores", 1).Number("sockets", Math.Max(1, vm.NumaNodes.Count)).Number("threads", 1)))
            .Child(new ApiObject("display").Text("type", "vnc").Number("monitors", 1).Flag("smartcard_enabled", false).Flag("allow_override", false))
            .Child(Placement(vm))
            .Flag("delete_protected", false)
            .Flag("stateless", false)
            .Moment("creation_time", DateTimeOffset.FromUnixTimeMilliseconds(vm.Row.Created))
            .Child(ClustersResource.Reference(vm.Row.ClusterId))
            .Child(TemplatesResource.Reference());
        if (vm.Row.HostId is { } host)
        {
            view.Child(HostsResource.Reference(host));
        }

        foreach (var (part, field) in Parts)
        {
            view.Link(part, $"{href}/{part}", field);
        }

        return view;
    }

    /// <summary>What can be searched for. What is not in the row itself is read when a search asks for it, once for all VMs.</summary>
    private static Dictionary<string, Func<VmRow, IEnumerable<string>>> Fields(EngineSession session)
    {
        var clusters = new Lazy<Dictionary<string, string>>(session.ClusterNames);
        var hosts = new Lazy<Dictionary<string, string>>(session.HostNames);
        var tags = new Lazy<ILookup<string, string>>(session.TagNames);
        return new Dictionary<string, Func<VmRow, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            ["name"] = vm => [vm.Name],
            ["id"] = vm => [vm.Id],
            ["status"] = vm => [vm.Status, vm.Status.Replace("_", "", StringComparison.Ordinal)],
            ["cluster"] = vm => [clusters.Value[vm.ClusterId]],
            ["host"] = vm => vm.HostId is null ? [] : [hosts.Value[vm.HostId]],
            ["tag"] = vm => tags.Value[vm.Id],
            ["description"] = vm => [vm.Description],
        };
    }

    private static ApiObject Placement(VmParts vm)
    {
        var policy = new ApiObject("placement_policy").Text("affinity", vm.Row.Affinity);
        return vm.Pins.Count == 0 ? policy : policy.Child(ApiObject.Collection("hosts", "host", vm.Pins.Select(host => HostsResource.Reference(host.Id))));
    }

    private static async Task<IResult> AddAsync(HttpRequest request, VmEditor editor, HttpContext context, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, cancellationToken);
        TemplatesResource.Require(input);
        var added = editor.Add(input, Endpoints.NameOf(context.User));
        return ApiAnswer.Created(View(added), request);
    }

    private static async Task<IResult> UpdateAsync(string vm, HttpRequest request, VmEditor editor, HttpContext context, CancellationToken cancellationToken) =>
        new ApiAnswer(View(await editor.UpdateAsync(vm, await ApiBody.ReadAsync(request, cancellationToken), Endpoints.NameOf(context.User), cancellationToken)));

    private static ApiAnswer Remove(string vm, VmEditor editor, HttpContext context)
    {
        editor.Remove(vm, Endpoints.NameOf(context.User));
        return ApiAnswer.Done();
    }
}
