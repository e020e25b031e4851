using System.Globalization;
using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>VMs.</summary>
internal static class VmsResource
{
    /// <summary>
    /// The collections of a VM, and the field name of each when it is followed: the names in the model's schema (oVirt SDK 4.6, readers of
    /// Vm), including the odd one of the NUMA nodes.
    /// </summary>
    private static readonly (string Link, string Field)[] Parts =
    [
        ("hostdevices", "host_devices"),
        ("numanodes", "host_numa_nodes"),
        ("snapshots", "snapshots"),
        ("tags", "tags"),
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/vms");
        api.MapEntity("/vms/{vm}");
        api.MapPost("/vms", AddAsync);
        api.MapPut("/vms/{vm}", UpdateAsync);
        api.MapDelete("/vms/{vm}", Remove);
    }

    /// <summary>The VMs of a listing. Related data is read only for the VMs that are returned.</summary>
    public static ApiObject List(EngineSession session, IQueryCollection? query, TimeProvider time) => ApiObject.Collection(
        "vms",
        "vm",
        session.WithParts([.. Listing.Found(session.VmRows, "name", query, new SearchSchemas(session, time).Vms, session.VmRowsNamed)])
            .Select(View));

    public static ApiObject Reference(string id) => ApiObject.Reference("vm", ApiPaths.Of("vms", id), id);

    /// <summary>
    /// A VM. Its own name and status come before all others, because fence_rhevm takes the first that it sees; libgovirt does not accept a
    /// VM without a display.
    /// </summary>
    public static ApiObject View(VmParts vm)
    {
        var href = ApiPaths.Of("vms", vm.Id);
        var view = UnservedActions.OfAVm(Reference(vm.Id), href)
            .Text("name", vm.Name)
            .Text("description", vm.Row.Description)
            .Text("status", vm.Row.Status)
            .Number("memory", vm.Row.Memory)
            .Child(Placement(vm.Row.Affinity, vm.Pins.Select(host => host.Id)))
            .Moment("creation_time", DateTimeOffset.FromUnixTimeMilliseconds(vm.Row.Created))
            .Flag("next_run_configuration_exists", false)
            .Child(ClustersResource.Reference(vm.Row.ClusterId))
            .Child(TemplatesResource.Reference(vm.Row.TemplateId));
        VmFields.Write(
            view,
            vm.Settings,
            ("memory_policy.guaranteed", Number(vm.Settings.Kept.Number("memory_policy", "guaranteed") ?? vm.Row.Memory)),
            ("memory_policy.max", Number(vm.Row.MaxMemory)),
            ("cpu.architecture", vm.Cluster.Architecture));
        if (vm.Row.HostId is { } host)
        {
            view.Child(HostsResource.Reference(host));
        }

        foreach (var (part, field) in Parts)
        {
            view.Link(part, $"{href}/{part}", field);
        }

        return EmptyCollections.Link(view, "vms", href);
    }

    /// <summary>A number as a text of the API.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The placement policy of a VM or template: the migration policy, and the hosts that it is pinned to.</summary>
    public static ApiObject Placement(string affinity, IEnumerable<string> pins)
    {
        var policy = new ApiObject("placement_policy").Text("affinity", affinity);
        var hosts = pins.Select(HostsResource.Reference).ToList();
        return hosts.Count == 0 ? policy : policy.Child(ApiObject.Collection("hosts", "host", hosts));
    }

    private static async Task<IResult> AddAsync(
        HttpRequest request, VmCreation creation, ImportOperations import, HttpContext context, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, VmFields.Table, cancellationToken);
        var user = Endpoints.NameOf(context.User);
        var isIndependent = string.Equals(Listing.Parameter(request.Query, "clone"), "true", StringComparison.OrdinalIgnoreCase);
        var added = input.Find("initialization", "configuration") is null
            ? await creation.AddAsync(input, isIndependent, user, cancellationToken)
            : await import.AddAsync(input, cancellationToken);
        return ApiAnswer.Created(View(added), request);
    }

    private static async Task<IResult> UpdateAsync(
        string vm, HttpRequest request, VmEditor editor, HttpContext context, CancellationToken cancellationToken) =>
        new ApiAnswer(View(await editor.UpdateAsync(
            vm, await ApiBody.ReadAsync(request, VmFields.Table, cancellationToken), Endpoints.NameOf(context.User), cancellationToken)));

    private static ApiAnswer Remove(string vm, VmEditor editor, HttpContext context)
    {
        editor.Remove(vm, Endpoints.NameOf(context.User));
        return ApiAnswer.Done();
    }
}
