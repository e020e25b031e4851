using System.Globalization;
using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The NUMA nodes of a VM. Their memory is in MiB, unlike the VM's own (oVirt Engine 4.5, <c>NumaMapper</c>).</summary>
internal static class VmNumaNodesResource
{
    private const long MiB = 1 << 20;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/vms/{vm}/numanodes");
        api.MapEntity("/vms/{vm}/numanodes/{node}");
        api.MapPost("/vms/{vm}/numanodes", AddAsync);
        api.MapPut("/vms/{vm}/numanodes/{node}", UpdateAsync);
        api.MapDelete("/vms/{vm}/numanodes/{node}", Remove);
    }

    public static ApiObject List(VmParts vm) =>
        ApiObject.Collection("vm_numa_nodes", "vm_numa_node", vm.NumaNodes.Select(node => View(vm, node)));

    public static ApiObject Find(VmParts vm, string id) =>
        View(vm, Node(vm, id));

    private static ApiObject View(VmParts vm, NumaNodeRow node)
    {
        var id = IdOf(vm, node);
        var pins = node.PinnedTo.Select(host => new ApiObject("numa_node_pin").Number("index", host).Flag("pinned", true));
        return ApiObject.Reference("vm_numa_node", ApiPaths.Of("vms", vm.Id, "numanodes", id), id)
            .Number("index", node.Node)
            .Number("memory", node.Memory / MiB)
            .Child(new ApiObject("cpu")
                .Child(ApiObject.Collection("cores", "core", node.CpuIds.Select(cpu => new ApiObject("core").Number("index", cpu)))))
            .Child(ApiObject.Collection("numa_node_pins", "numa_node_pin", pins))
            .Child(VmsResource.Reference(vm.Id));
    }

    private static ApiAnswer Remove(string vm, string node, VmEditor editor)
    {
        editor.RemoveNumaNode(vm, parts => Node(parts, node));
        return ApiAnswer.Done();
    }

    private static NumaNodeRow Node(VmParts vm, string id) =>
        vm.NumaNodes.FirstOrDefault(node => IdOf(vm, node) == id) ?? throw ApiFaultException.NotFound("NUMA node", id);

    /// <summary>
    /// The node's id: the VM's id with the last digits replaced by the node's number. It is unique, and the same at every reading.
    /// </summary>
    private static string IdOf(VmParts vm, NumaNodeRow node) => vm.Id[..^4] + node.Node.ToString("x4", CultureInfo.InvariantCulture);

    private static async Task<IResult> AddAsync(string vm, HttpRequest request, VmEditor editor, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.NumaNode, cancellationToken);
        var node = new NumaNodeRow
        {
            Node = input.Number("index") ?? throw ApiFaultException.Incomplete("VirtualNumaNode", "index", "add"),
            Memory = Memory(input) ?? throw ApiFaultException.Incomplete("VirtualNumaNode", "memory", "add"),
            HostNodes = Pins(input) ?? "",
            Cpus = Cpus(input) ?? "",
        };
        var changed = editor.AddNumaNode(vm, node);
        return ApiAnswer.Created(View(changed, changed.NumaNodes.First(added => added.Node == node.Node)), request);
    }

    /// <summary>Changes the fields that the body has; the number of a node cannot change.</summary>
    private static async Task<IResult> UpdateAsync(
        string vm, string node, HttpRequest request, VmEditor editor, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.NumaNode, cancellationToken);
        var changed = editor.UpdateNumaNode(vm, parts => Node(parts, node), existing => existing with
        {
            Memory = Memory(input) ?? existing.Memory,
            HostNodes = Pins(input) ?? existing.HostNodes,
            Cpus = Cpus(input) ?? existing.Cpus,
        });
        return new ApiAnswer(Find(changed, node));
    }

    private static long? Memory(ApiInput input) => input.Number("memory") switch
    {
        > long.MaxValue / MiB => throw ApiFaultException.BadValue($"A NUMA node has at most {long.MaxValue / MiB} MiB."),
        var memory => memory * MiB,
    };

    private static string? Pins(ApiInput input) =>
        input.Find("numa_node_pins") is null ? null : Indexes(input.All("numa_node_pins", "numa_node_pin"), "NumaNodePin");

    private static string? Cpus(ApiInput input) =>
        input.Find("cpu") is not { } cpu || cpu.Find("cores") is null ? null : Indexes(cpu.All("cores", "core"), "Core");

    private static string Indexes(IEnumerable<ApiInput> items, string entity) => string.Join(
        ',',
        items.Select(item => item.Number("index") switch
        {
            null => throw ApiFaultException.Incomplete(entity, "index", "add"),
            > int.MaxValue => throw ApiFaultException.BadValue($"The index of a {entity} is at most {int.MaxValue}."),
            var index => index,
        }));
}
