using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// What can be done with a VM. An answer comes when it is done; the body of the request may be missing. The fault of a refused action is
/// inside an action (oVirt Engine 4.5, <c>AbstractBackendActionableResource.actionFailure</c>).
/// </summary>
internal static class VmActionsResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var actions = api.MapGroup("/vms/{vm}").AddEndpointFilter(AnswerFaults);
        actions.MapPost("/start", async (string vm, HttpRequest request, VmDesk desk, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, cancellationToken);
            return Done(await desk.StartAsync(vm, action.Flag("pause") ?? action.Flag("vm", "start_paused") ?? false, CancellationToken.None));
        });
        actions.MapPost("/stop", async (string vm, HttpContext context, VmDesk desk) =>
            Done(await desk.StopAsync(vm, Endpoints.NameOf(context.User), CancellationToken.None)));
        actions.MapPost("/shutdown", async (string vm, HttpContext context, VmDesk desk) =>
            Done(await desk.ShutdownAsync(vm, Endpoints.NameOf(context.User), CancellationToken.None)));
        actions.MapPost("/suspend", async (string vm, VmDesk desk) => Done(await desk.SuspendAsync(vm, CancellationToken.None)));
        actions.MapPost("/migrate", async (string vm, HttpRequest request, VmDesk desk, CancellationToken cancellationToken) =>
        {
            var action = await ApiBody.ReadAsync(request, cancellationToken);
            await desk.MigrateAsync(vm, action.Flag("force") ?? false, cancellationToken);
            return ApiAnswer.Done();
        });
    }

    private static async ValueTask<object?> AnswerFaults(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ApiFaultException refused)
        {
            return new ApiAnswer(new ApiObject("action").Child(ApiAnswer.Of(refused.Fault).Entity).Text("status", "failed"), refused.Fault.Status);
        }
    }

    private static ApiAnswer Done(JobRow job) => new(new ApiObject("action")
        .Child(ApiObject.Reference("job", ApiPaths.Of("jobs", job.Id), job.Id))
        .Text("status", "complete"));
}
