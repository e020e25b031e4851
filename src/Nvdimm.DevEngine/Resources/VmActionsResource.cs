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
        actions.MapPost("/start", async (string vm, HttpRequest request, VmOperations operations, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, BodyFields.Start, cancellationToken);
            var isPaused = action.Flag("pause") ?? action.Flag("vm", "start_paused") ?? false;
            return Done(await operations.StartAsync(vm, isPaused, CancellationToken.None));
        });
        MapSnapshots(actions);
        MapPlain(actions, "/stop", (operations, vm, user) => operations.StopAsync(vm, user, CancellationToken.None));
        MapPlain(actions, "/shutdown", (operations, vm, user) => operations.ShutdownAsync(vm, user, CancellationToken.None));
        MapPlain(actions, "/suspend", (operations, vm, _) => operations.SuspendAsync(vm, CancellationToken.None));
        actions.MapPost("/migrate", async (string vm, HttpRequest request, VmOperations operations, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, BodyFields.Migration, cancellationToken);
            await operations.MigrateAsync(vm, action.Flag("force") ?? false, cancellationToken);
            return ApiAnswer.Done();
        });
        actions.MapPost("/autopincpuandnumanodes", AutoPinAsync);
    }

    /// <summary>
    /// Sets the policy that resizes the VM to the host and pins its vCPUs and NUMA nodes at the start (oVirt Engine 4.5,
    /// <c>BackendVmResource.autoPinCpuAndNumaNodes</c>: an update of the VM). The engine serves no other policy by this action.
    /// </summary>
    private static async Task<ApiAnswer> AutoPinAsync(
        string vm, HttpRequest request, HttpContext context, EngineDatabase database, VmEditor editor, CancellationToken cancellationToken)
    {
        var action = await ApiBody.ReadAsync(request, BodyFields.AutoPinning, cancellationToken);
        database.Read(session => session.Vm(vm));
        if (action.Flag("optimize_cpu_settings") != true)
        {
            throw ApiFaultException.BadValue("The input is unsupported. `Pin` CPU Pinning policy is not supported.");
        }

        await editor.UpdateAsync(vm, VmSettings.ResizedAndPinned, Endpoints.NameOf(context.User), cancellationToken);
        return ApiAnswer.Done();
    }

    /// <summary>Adds clones, and the actions that return to a snapshot.</summary>
    private static void MapSnapshots(IEndpointRouteBuilder actions)
    {
        actions.MapPost(
            "/clone",
            async (string vm, HttpRequest request, HttpContext context, CloneOperations operations, CancellationToken cancellationToken) =>
            {
                var action = await ApiBody.ReadAsync(request, BodyFields.Clone, cancellationToken);
                var name = action.Text("vm", "name") ?? throw ApiFaultException.Incomplete("Action", "vm.name", "clone");
                var copy = await operations.CloneAsync(vm, name, Endpoints.NameOf(context.User), cancellationToken);
                return new ApiAnswer(new ApiObject("action").Text("status", "complete").Child(VmsResource.Reference(copy.Id)));
            });
        actions.MapPost(
            "/previewsnapshot",
            async (string vm, HttpRequest request, SnapshotOperations operations, CancellationToken cancellationToken) =>
            {
                var action = await ApiBody.ReadAsync(request, BodyFields.Preview, cancellationToken);
                var snapshot = action.Text("snapshot", "id")
                    ?? throw ApiFaultException.Incomplete("Action", "snapshot.id", "previewSnapshot");
                return Done(await operations.PreviewAsync(vm, snapshot, cancellationToken));
            });
        actions.MapPost(
            "/undosnapshot",
            async (string vm, HttpRequest request, SnapshotOperations operations, CancellationToken cancellationToken) =>
            {
                await ApiBody.ReadAsync(request, BodyFields.Action, cancellationToken);
                return Done(await operations.UndoAsync(vm, cancellationToken));
            });
        actions.MapPost(
            "/commitsnapshot",
            async (string vm, HttpRequest request, SnapshotOperations operations, CancellationToken cancellationToken) =>
            {
                await ApiBody.ReadAsync(request, BodyFields.Action, cancellationToken);
                return Done(await operations.CommitAsync(vm, cancellationToken));
            });
        actions.MapPost(
            "/snapshots/{snapshot}/restore",
            async (string vm, string snapshot, HttpRequest request, SnapshotOperations operations, CancellationToken cancellationToken) =>
            {
                await ApiBody.ReadAsync(request, BodyFields.Restore, cancellationToken);
                return Done(await operations.RestoreAsync(vm, snapshot, cancellationToken));
            });
    }

    /// <summary>Adds an action without parameters of its own.</summary>
    private static void MapPlain(IEndpointRouteBuilder actions, string pattern, Func<VmOperations, string, string, Task<JobRow>> act) =>
        actions.MapPost(
        pattern,
        async (string vm, HttpRequest request, HttpContext context, VmOperations operations, CancellationToken cancellationToken) =>
        {
            await ApiBody.ReadAsync(request, BodyFields.Action, cancellationToken);
            return Done(await act(operations, vm, Endpoints.NameOf(context.User)));
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
