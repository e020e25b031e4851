using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// Actions on a VM. The answer comes when the action is done; the request can have no body. The fault of a refused action is inside an
/// action (oVirt Engine 4.5, <c>AbstractBackendActionableResource.actionFailure</c>).
/// </summary>
internal static class VmActionsResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var actions = api.MapGroup("/vms/{vm}").AddEndpointFilter(AnswerFaults);
        actions.MapPost("/start", async (string vm, HttpRequest request, VmDesk desk, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, BodyFields.Start, cancellationToken);
            return Done(
                await desk.StartAsync(vm, action.Flag("pause") ?? action.Flag("vm", "start_paused") ?? false, CancellationToken.None));
        });
        MapSnapshots(actions);
        MapPlain(actions, "/stop", (desk, vm, user) => desk.StopAsync(vm, user, CancellationToken.None));
        MapPlain(actions, "/shutdown", (desk, vm, user) => desk.ShutdownAsync(vm, user, CancellationToken.None));
        MapPlain(actions, "/suspend", (desk, vm, _) => desk.SuspendAsync(vm, CancellationToken.None));
        actions.MapPost("/migrate", async (string vm, HttpRequest request, VmDesk desk, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, BodyFields.Migration, cancellationToken);
            await desk.MigrateAsync(vm, action.Flag("force") ?? false, cancellationToken);
            return ApiAnswer.Done();
        });
    }

    /// <summary>Adds clones, and the actions that return to a snapshot.</summary>
    private static void MapSnapshots(IEndpointRouteBuilder actions)
    {
        actions.MapPost(
            "/clone", async (string vm, HttpRequest request, HttpContext context, CopyDesk desk, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, BodyFields.Clone, cancellationToken);
            var name = action.Text("vm", "name") ?? throw ApiFaultException.Incomplete("Action", "vm.name", "clone");
            var copy = await desk.CloneAsync(vm, name, Endpoints.NameOf(context.User), cancellationToken);
            return new ApiAnswer(new ApiObject("action").Text("status", "complete").Child(VmsResource.Reference(copy.Id)));
        });
        actions.MapPost(
            "/previewsnapshot", async (string vm, HttpRequest request, SnapshotDesk desk, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, BodyFields.Preview, cancellationToken);
            var snapshot = action.Text("snapshot", "id") ?? throw ApiFaultException.Incomplete("Action", "snapshot.id", "previewSnapshot");
            return Done(await desk.PreviewAsync(vm, snapshot, cancellationToken));
        });
        actions.MapPost("/undosnapshot", async (string vm, HttpRequest request, SnapshotDesk desk, CancellationToken cancellationToken) =>
        {
            await ApiBody.ReadAsync(request, BodyFields.Action, cancellationToken);
            return Done(await desk.UndoAsync(vm, cancellationToken));
        });
        actions.MapPost("/commitsnapshot", async (string vm, HttpRequest request, SnapshotDesk desk, CancellationToken cancellationToken) =>
        {
            await ApiBody.ReadAsync(request, BodyFields.Action, cancellationToken);
            return Done(await desk.CommitAsync(vm, cancellationToken));
        });
        actions.MapPost(
            "/snapshots/{snapshot}/restore",
            async (string vm, string snapshot, HttpRequest request, SnapshotDesk desk, CancellationToken cancellationToken) =>
            {
                await ApiBody.ReadAsync(request, BodyFields.Restore, cancellationToken);
                return Done(await desk.RestoreAsync(vm, snapshot, cancellationToken));
            });
    }

    /// <summary>Adds an action without parameters of its own.</summary>
    private static void MapPlain(IEndpointRouteBuilder actions, string pattern, Func<VmDesk, string, string, Task<JobRow>> act) =>
        actions.MapPost(
        pattern,
        async (string vm, HttpRequest request, HttpContext context, VmDesk desk, CancellationToken cancellationToken) =>
        {
            await ApiBody.ReadAsync(request, BodyFields.Action, cancellationToken);
            return Done(await act(desk, vm, Endpoints.NameOf(context.User)));
        });

    private static async ValueTask<object?> AnswerFaults(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ApiFaultException refused)
        {
            return new ApiAnswer(
                new ApiObject("action").Child(ApiAnswer.Of(refused.Fault).Entity).Text("status", "failed"), refused.Fault.Status);
        }
    }

    private static ApiAnswer Done(JobRow job) => new(new ApiObject("action")
        .Child(ApiObject.Reference("job", ApiPaths.Of("jobs", job.Id), job.Id))
        .Text("status", "complete"));
}
