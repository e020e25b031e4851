using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Tags.</summary>
internal static class TagsResource
{
    /// <summary>oVirt Engine 4.5, <c>BusinessEntitiesDefinitions.TAG_NAME_SIZE</c>.</summary>
    private const int LongestName = 50;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/tags");
        api.MapEntity("/tags/{tag}");
        api.MapPost("/tags", AddAsync);
        api.MapDelete("/tags/{tag}", (string tag, EngineDatabase database) =>
            database.Write(session => session.RemoveTag(tag)) > 0 ? ApiAnswer.Done() : throw ApiFaultException.NotFound("tag", tag));
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query) =>
        ApiObject.Collection("tags", "tag", session.Tags(Listing.Limit(query)).Select(View));

    public static ApiObject Find(EngineSession session, string id) =>
        View(session.Tag(id) ?? throw ApiFaultException.NotFound("tag", id));

    public static ApiObject View(TagRow tag) => ApiObject.Reference("tag", ApiPaths.Of("tags", tag.Id), tag.Id)
        .Text("name", tag.Name)
        .Text("description", tag.Description);

    private static async Task<IResult> AddAsync(HttpRequest request, EngineDatabase database, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, cancellationToken);
        var tag = new TagRow
        {
            Id = Ids.New(),
            Name = input.Limited(LongestName, "name") ?? throw ApiFaultException.Incomplete("Tag", "name", "add"),
            Description = input.Limited(ApiInput.LongestText, "description") ?? "",
        };
        return ApiAnswer.Created(
            database.Write(session =>
            {
                if (session.TagNamed(tag.Name) is not null)
                {
                    throw ApiFaultException.Conflict("Cannot add Tag. The given name already exists.");
                }

                session.Add(tag);
                return View(tag);
            }),
            request);
    }
}
