using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// Jobs of the engine, and jobs that external systems report, with their steps (oVirt Engine 4.5, <c>BackendJobsResource</c>,
/// <c>BackendStepsResource</c>).
/// </summary>
internal static class JobsResource
{
    private static readonly string[] StepTypes =
        ["executing", "finalizing", "rebalancing_volume", "removing_bricks", "unknown", "validating"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/jobs");
        api.MapEntity("/jobs/{job}");
        api.MapEntity("/jobs/{job}/steps");
        api.MapEntity("/jobs/{job}/steps/{step}");
        api.MapPost("/jobs", AddAsync);
        api.MapPost("/jobs/{job}/end", EndAsync);
        api.MapPost("/jobs/{job}/clear", Clear);
        api.MapPost("/jobs/{job}/steps", AddStepAsync);
        api.MapPost("/jobs/{job}/steps/{step}/end", EndStepAsync);
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query) => ApiObject.Collection(
        "jobs", "job", Listing.Found(session.Jobs, naturalOrder: null, query, SearchSchemas.Jobs).Select(View));

    public static ApiObject Find(EngineSession session, string id) => View(Job(session, id));

    public static ApiObject ListSteps(EngineSession session, string job) =>
        ApiObject.Collection("steps", "step", session.Steps(Job(session, job).Id).Select(View));

    public static ApiObject FindStep(EngineSession session, string job, string id) => View(Step(session, job, id));

    private static JobRow Job(EngineSession session, string id) => session.Job(id) ?? throw ApiFaultException.NotFound("job", id);

    private static StepRow Step(EngineSession session, string job, string id) =>
        session.Steps(job).FirstOrDefault(step => step.Id == id) ?? throw ApiFaultException.NotFound("step", id);

    /// <summary>An external job. A job that the engine runs itself cannot be changed by clients.</summary>
    private static JobRow External(EngineSession session, string id) => Job(session, id) is { External: 1 } job
        ? job
        : throw ApiFaultException.BadValue("Cannot end Job. The job is not an external job.");

    private static async Task<IResult> AddAsync(
        HttpRequest request, EngineDatabase database, Journal journal, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.Job, cancellationToken);
        var description = input.Limited(ApiInput.LongestText, "description")
            ?? throw ApiFaultException.Incomplete("Job", "description", "add");
        return ApiAnswer.Created(View(database.Write(session => journal.Begin(session, description, isExternal: true))), request);
    }

    private static async Task<IResult> EndAsync(
        string job, HttpRequest request, EngineDatabase database, Journal journal, CancellationToken cancellationToken)
    {
        var isGood = (await ApiBody.ReadAsync(request, BodyFields.End, cancellationToken)).Flag("succeeded") ?? true;
        database.Write(session => session.End(External(session, job).Id, isGood ? "finished" : "failed", journal.Now));
        return ApiAnswer.Done();
    }

    private static ApiAnswer Clear(string job, EngineDatabase database)
    {
        database.Write(session => session.Execute("DELETE FROM jobs WHERE id = @Id", External(session, job)));
        return ApiAnswer.Done();
    }

    private static async Task<IResult> AddStepAsync(
        string job, HttpRequest request, EngineDatabase database, Journal journal, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.Step, cancellationToken);
        var step = new StepRow
        {
            Id = Ids.New(),
            Description = input.Limited(ApiInput.LongestText, "description")
                ?? throw ApiFaultException.Incomplete("Step", "description", "add"),
            Type = input.Text("type")?.ToLowerInvariant() ?? throw ApiFaultException.Incomplete("Step", "type", "add"),
            Status = "started",
            Started = journal.Now,
        };
        return StepTypes.Contains(step.Type, StringComparer.Ordinal)
            ? ApiAnswer.Created(View(database.Write(session => session.Add(step with { JobId = External(session, job).Id }))), request)
            : throw ApiFaultException.BadValue($"'{step.Type}' is no type of a step: one of {string.Join(", ", StepTypes)}.");
    }

    private static async Task<IResult> EndStepAsync(
        string job, string step, HttpRequest request, EngineDatabase database, Journal journal, CancellationToken cancellationToken)
    {
        var isGood = (await ApiBody.ReadAsync(request, BodyFields.End, cancellationToken)).Flag("succeeded") ?? true;
        database.Write(
            session => session.EndStep(Step(session, External(session, job).Id, step).Id, isGood ? "finished" : "failed", journal.Now));
        return ApiAnswer.Done();
    }

    private static ApiObject View(JobRow job)
    {
        var href = ApiPaths.Of("jobs", job.Id);
        return Times(
            ApiObject.Reference("job", href, job.Id)
                .Actions(href, "clear", "end")
                .Text("description", job.Description)
                .Text("status", job.Status)
                .Flag("external", job.External == 1)
                .Flag("auto_cleared", job.External == 0)
                .Link("steps", $"{href}/steps"),
            job.Started,
            job.Ended);
    }

    private static ApiObject View(StepRow step)
    {
        var href = ApiPaths.Of("jobs", step.JobId, "steps", step.Id);
        return Times(
            ApiObject.Reference("step", href, step.Id)
                .Actions(href, "end")
                .Text("description", step.Description)
                .Text("type", step.Type)
                .Text("status", step.Status)
                .Flag("external", true)
                .Child(ApiObject.Reference("job", ApiPaths.Of("jobs", step.JobId), step.JobId)),
            step.Started,
            step.Ended);
    }

    private static ApiObject Times(ApiObject view, long started, long? ended)
    {
        view.Moment("start_time", DateTimeOffset.FromUnixTimeMilliseconds(started));
        return ended is { } end ? view.Moment("end_time", DateTimeOffset.FromUnixTimeMilliseconds(end)) : view;
    }
}
