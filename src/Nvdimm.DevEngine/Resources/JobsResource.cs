using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Jobs: what was asked for and took its time.</summary>
internal static class JobsResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/jobs");
        api.MapEntity("/jobs/{job}");
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query) =>
        ApiObject.Collection("jobs", "job", session.Jobs(Listing.Limit(query)).Select(View));

    public static ApiObject Find(EngineSession session, string id) =>
        View(session.Job(id) ?? throw ApiFaultException.NotFound("job", id));

    private static ApiObject View(JobRow job)
    {
        var view = ApiObject.Reference("job", ApiPaths.Of("jobs", job.Id), job.Id)
            .Text("description", job.Description)
            .Text("status", job.Status)
            .Flag("external", false)
            .Flag("auto_cleared", true)
            .Moment("start_time", DateTimeOffset.FromUnixTimeMilliseconds(job.Started));
        return job.Ended is { } ended ? view.Moment("end_time", DateTimeOffset.FromUnixTimeMilliseconds(ended)) : view;
    }
}
