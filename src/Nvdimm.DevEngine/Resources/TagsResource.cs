using Nvdimm.DevEngine.Fields;
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

    private const string Root = "00000000-0000-0000-0000-000000000000";

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

    /// <summary>A reference to the root tag. It is not in the list, and every tag is below it.</summary>
    public static ApiObject RootReference(string field) => ApiObject.Reference(field, ApiPaths.Of("tags", Root), Root);

    public static ApiObject Find(EngineSession session, string id) =>
        id == Root
            ? RootReference("tag").Text("name", "root").Text("description", "root")
            : View(session.Tag(id) ?? throw ApiFaultException.NotFound("tag", id));

    public static ApiObject View(TagRow tag) => ApiObject.Reference("tag", ApiPaths.Of("tags", tag.Id), tag.Id)
        .Text("name", tag.Name)
        .Text("description", tag.Description)
        .Child(tag.ParentId is { } parent ? ApiObject.Reference("parent", ApiPaths.Of("tags", parent), parent) : RootReference("parent"));

    /// <summary>The id of a new tag's parent; null for the root.</summary>
    private static string? Parent(EngineSession session, ApiInput input) =>
        (input.Text("parent", "id"), input.Text("parent", "name")) switch
        {
            (null, null) or (Root, _) or (null, "root") => null,
            ({ } id, _) => (session.Tag(id) ?? throw ApiFaultException.NotFound("tag", id)).Id,
            (_, { } name) => (session.TagNamed(name) ?? throw ApiFaultException.NotFound("tag", name)).Id,
        };

    private static async Task<IResult> AddAsync(HttpRequest request, EngineDatabase database, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.Tag, cancellationToken);
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

                var placed = tag with { ParentId = Parent(session, input) };
                session.Add(placed);
                return View(placed);
            }),
            request);
    }
}
