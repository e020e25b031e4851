using System.Globalization;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The NUMA nodes of a VM. Their memory is in MiB here, unlike the VM's own (oVirt Engine 4.5, <c>NumaMapper</c>).</summary>
internal static class VmNumaNodesResource
{
    private const long MiB = 1 << 20;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/vms/{vm}/numanodes");
        api.MapEntity("/vms/{vm}/numanodes/{node}");
        api.MapPost("/vms/{vm}/numanodes", AddAsync);
        api.MapDelete("/vms/{vm}/numanodes/{node}", Remove);
    }

    public static ApiObject List(VmParts vm) => ApiObject.Collection("vm_numa_nodes", "vm_numa_node", vm.NumaNodes.Select(node => View(vm, node)));

    public static ApiObject Find(VmParts vm, string id) =>
        View(vm, vm.NumaNodes.FirstOrDefault(node => IdOf(vm, node) == id) ?? throw ApiFaultException.NotFound("NUMA node", id));

    private static ApiObject View(VmParts vm, NumaNodeRow node)
    {
        var id = IdOf(vm, node);
        var pins = node.PinnedTo.Select(host => new ApiObject("numa_node_pin").Number("index", host).Flag("pinned", true));
        return ApiObject.Reference("vm_numa_node", ApiPaths.Of("vms", vm.Id, "numanodes", id), id)
            .Number("index", node.Node)
            .Number("memory", node.Memory / MiB)
            .Child(new ApiObject("cpu").Child(ApiObject.Collection("cores", "core", [new ApiObject("core").Number("index", node.Node)])))
            .Child(ApiObject.Collection("numa_node_pins", "numa_node_pin", pins))
            .Child(VmsResource.Reference(vm.Id));
    }

    private static ApiAnswer Remove(string vm, string node, VmEditor editor)
    {
        editor.RemoveNumaNode(vm, parts => parts.NumaNodes.FirstOrDefault(known => IdOf(parts, known) == node) ?? throw ApiFaultException.NotFound("NUMA node", node));
        return ApiAnswer.Done();
    }

    /// <summary>The VM's id with the last digits replaced by the node's number: as unique, and the same at every reading.</summary>
    private static string IdOf(VmParts vm, NumaNodeRow node) => vm.Id[..^4] + node.Node.ToString("x4", CultureInfo.InvariantCulture);

    private static async Task<IResult> AddAsync(string vm, HttpRequest request, VmEditor editor, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, cancellationToken);
        var node = input.Number("index") ?? throw ApiFaultException.Incomplete("VirtualNumaNode", "index", "add");
        var memory = input.Number("memory") ?? throw ApiFaultException.Incomplete("VirtualNumaNode", "memory", "add");
        if (memory > long.MaxValue / MiB)
        {
            throw ApiFaultException.BadValue($"A NUMA node has at most {long.MaxValue / MiB} MiB.");
        }

        var pins = input.All("numa_node_pins", "numa_node_pin").Select(pin => pin.Number("index") ?? throw ApiFaultException.Incomplete("NumaNodePin", "index", "add"));
        var changed = editor.AddNumaNode(vm, node, memory * MiB, [.. pins]);
        return ApiAnswer.Created(View(changed, changed.NumaNodes.First(added => added.Node == node)), request);
    }
}
