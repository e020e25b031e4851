using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Snapshots of a VM. The VMs of this engine have no disks, so a snapshot only records the configuration.</summary>
internal static class SnapshotsResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/vms/{vm}/snapshots");
        api.MapEntity("/vms/{vm}/snapshots/{snapshot}");
        api.MapPost("/vms/{vm}/snapshots", AddAsync);
        api.MapDelete("/vms/{vm}/snapshots/{snapshot}", (string vm, string snapshot, SnapshotOperations operations) =>
        {
            operations.Remove(vm, snapshot);
            return ApiAnswer.Done();
        });
    }

    public static ApiObject List(VmParts vm, IEnumerable<SnapshotRow> snapshots) => ApiObject.Collection(
        "snapshots",
        "snapshot",
        snapshots.Select(snapshot => View(vm, snapshot)).Prepend(Active(vm)));

    public static ApiObject Find(VmParts vm, IEnumerable<SnapshotRow> snapshots, string id) => id == vm.Id
        ? Active(vm)
        : View(vm, snapshots.FirstOrDefault(snapshot => snapshot.Id == id) ?? throw ApiFaultException.NotFound("snapshot", id));

    private static ApiObject Active(VmParts vm) => View(
        vm, new SnapshotRow { Id = vm.Id, VmId = vm.Id, Description = "Active VM", Date = vm.Row.Created }, "active");

    private static ApiObject View(VmParts vm, SnapshotRow snapshot, string type = "regular") => ApiObject
        .Reference("snapshot", ApiPaths.Of("vms", vm.Id, "snapshots", snapshot.Id), snapshot.Id)
        .Text("description", snapshot.Description)
        .Flag("persist_memorystate", snapshot.HasMemory != 0)
        .Text("snapshot_status", "ok")
        .Text("snapshot_type", type)
        .Moment("date", DateTimeOffset.FromUnixTimeMilliseconds(snapshot.Date))
        .Child(VmsResource.Reference(vm.Id));

    private static async Task<IResult> AddAsync(
        string vm, HttpRequest request, SnapshotOperations operations, HttpContext context, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.Snapshot, cancellationToken);
        var description = input.Limited(ApiInput.LongestText, "description") ?? "";
        var (parts, added) = await operations.TakeAsync(
            vm, description, input.Flag("persist_memorystate") ?? true, Endpoints.NameOf(context.User), cancellationToken);
        return ApiAnswer.Created(View(parts, added), request);
    }
}
