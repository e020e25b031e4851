using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Tags.</summary>
internal static class TagsResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/tags");
        api.MapEntity("/tags/{tag}");
        api.MapPost("/tags", AddAsync);
        api.MapDelete("/tags/{tag}", (string tag, EngineDatabase database) =>
            database.Write(session => session.RemoveTag(tag)) > 0 ? ApiAnswer.Done() : throw ApiFaultException.NotFound("tag", tag));
    }

    public static ApiObject List(EngineSession session) => ApiObject.Collection("tags", "tag", session.Tags().Select(View));

    public static ApiObject Find(EngineSession session, string id) =>
        View(session.Tags().FirstOrDefault(tag => tag.Id == id) ?? throw ApiFaultException.NotFound("tag", id));

    public static ApiObject View(TagRow tag) => ApiObject.Reference("tag", ApiPaths.Of("tags", tag.Id), tag.Id)
        .Text("name", tag.Name)
        .Text("description", tag.Description);

    private static async Task<IResult> AddAsync(HttpRequest request, EngineDatabase database, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, cancellationToken);
        var tag = new TagRow
        {
            Id = Ids.New(),
            Name = input.Text("name") ?? throw ApiFaultException.Incomplete("Tag", "name", "add"),
            Description = input.Text("description") ?? "",
        };
        return ApiAnswer.Created(
            database.Write(session =>
            {
                if (session.Tags().Any(known => known.Name == tag.Name))
                {
                    throw ApiFaultException.Conflict("Cannot add Tag. The given name already exists.");
                }

                session.Add(tag);
                return View(tag);
            }),
            request);
    }
}
