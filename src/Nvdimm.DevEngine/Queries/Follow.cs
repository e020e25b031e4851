using Nvdimm.DevEngine.Resources;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>Puts what links lead to in their place: <c>follow=host_devices.host,cluster</c>.</summary>
internal sealed class Follow(EntityReader reader)
{
    private const int MaximumDepth = 4;
    private const int MaximumLinks = 32;

    /// <summary>An entity or a collection with what the request asks to follow.</summary>
    /// <exception cref="ApiFaultException">There is no such link, or too many are asked for.</exception>
    public async Task<ApiObject> ApplyAsync(ApiObject entity, HttpRequest request, CancellationToken cancellationToken)
    {
        var links = Listing.Parameter(request.Query, "follow")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (links.Length > MaximumLinks)
        {
            throw ApiFaultException.BadValue($"More than {MaximumLinks} links to follow.");
        }

        foreach (var link in links)
        {
            var path = link.Split('.');
            if (path.Length > MaximumDepth)
            {
                throw ApiFaultException.BadValue($"'{link}' follows more than {MaximumDepth} links.");
            }

            await FollowAsync(entity, path, cancellationToken);
        }

        return entity;
    }

    private async Task FollowAsync(ApiObject entity, ReadOnlyMemory<string> path, CancellationToken cancellationToken)
    {
        if (path.IsEmpty)
        {
            return;
        }

        foreach (var item in entity.Items ?? [entity])
        {
            var rel = path.Span[0];
            if (item.Followed(rel) is { } already)
            {
                await FollowAsync(already, path[1..], cancellationToken);
            }
            else if (item.TargetOf(rel) is { } href && await reader.FindAsync(href, query: null, cancellationToken) is { } target)
            {
                item.Replace(rel, target);
                await FollowAsync(target, path[1..], cancellationToken);
            }
        }
    }
}
